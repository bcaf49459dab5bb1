#pragma once

#include "core/strip.hpp"
#include "core/time.hpp"
#include "sim/sim_strip.hpp"

namespace kedge::sim {

/// A value of a strip's control that came over the wire, also one that changed nothing.
struct WireWrite {
    RouteId strip;
    Control control = Control::fader;
    ControlValue value;
    Instant at{};
    bool operator==(const WireWrite&) const = default;
};

}  // namespace kedge::sim
