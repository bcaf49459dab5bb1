#pragma once

#include "core/decibels.hpp"
#include "core/strip.hpp"
#include "core/time.hpp"

#include <vector>

namespace kedge {

/// A point of a fader's automation, as the DAW keeps it.
struct LinePoint {
    SongTime at;
    Gain gain;
    constexpr bool operator==(const LinePoint&) const = default;
};

/// All that a DAW keeps of one fader: where it stands, the automation that it has, and what it does with it.
/// Exact: read and written back it is what it was; but a jump that a DAW keeps as two points of one time has
/// its second point a sample later.
struct FaderLine {
    AutomationMode mode = AutomationMode::manual;
    Gain rest{1.0};                 ///< where the fader stands while no automation moves it
    std::vector<LinePoint> points;  ///< strictly increasing in time; empty: no automation
    bool operator==(const FaderLine&) const = default;
};

/// Whether two lines are the same to whoever plays the song: mode and points; `rest` only where it is heard,
/// as the playhead moves a fader that plays its automation.
[[nodiscard]] bool same_line(const FaderLine& a, const FaderLine& b);

}  // namespace kedge
