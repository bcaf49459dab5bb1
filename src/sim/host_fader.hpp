#pragma once

#include "core/decibels.hpp"
#include "core/fader_position.hpp"

namespace kedge::sim {

/// Which level a fader of 14 bits stands for.
enum class FaderTravel {
    ardour,   ///< +6 dB at the top
    reaper,   ///< +12 dB at the top
    console,  ///< +10 dB at the top, straight between the marks of a Yamaha DM2000
};

/// A surface's fader as a DAW reads and writes it.
struct HostFader {
    FaderTravel travel = FaderTravel::ardour;
    int bits_read = 14;     ///< 10: the lower four are dropped
    bool cuts_off = false;  ///< what is written is not rounded, in single precision, as Ardour does

    [[nodiscard]] Decibels level_at(FaderPosition position) const;
    [[nodiscard]] FaderPosition position_of(Decibels level) const;
    /// What is said back of a position that came in.
    [[nodiscard]] FaderPosition echo_of(FaderPosition position) const;
};

}  // namespace kedge::sim
