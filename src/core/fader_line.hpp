#pragma once

#include "core/decibels.hpp"
#include "core/strip.hpp"
#include "core/time.hpp"

#include <string>
#include <string_view>
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
    /// The line to the last bit in words of the DAW's own, where it keeps more than mode, rest and points:
    /// written back as it is with the line that it was read with. Begins with `plain_line` where what is more
    /// is not heard; empty for a line that was not read.
    std::string native{};
    bool operator==(const FaderLine&) const = default;
};

/// How the native words of a line begin of which mode, rest and points say all that is heard.
inline constexpr std::string_view plain_line = "plain";

/// Whether two lines are the same to whoever plays the song: mode and points; `rest` only where it is heard,
/// as the playhead moves a fader that plays its automation; of what is not plain the native words too.
/// Numbers and times may differ by what a DAW's own file rounds off.
[[nodiscard]] bool same_line(const FaderLine& a, const FaderLine& b);

}  // namespace kedge
