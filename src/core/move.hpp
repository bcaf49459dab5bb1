#pragma once

#include "core/strip.hpp"

#include <string>

namespace kedge {

/// One control of one strip, from a value to a value, with the rule that asks for it and the number behind
/// it.
struct Move {
    StripId strip;
    Control control = Control::fader;
    ControlValue from;
    ControlValue to;
    std::string rule;  ///< "gain-staging", "balance", "panning", "headroom", "refine" …
    std::string
        reason;  ///< a sentence with the number: "bass sits 3 to 6 dB below the kick; it was 0.4 below"
};

}  // namespace kedge
