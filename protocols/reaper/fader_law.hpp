#pragma once

#include "core/fader_curve.hpp"

/// REAPER's track fader with its default range, as it is normalised on the wire: 0 is silence, 1 is +12 dB,
/// unity lies at 0.7162178503126. A user who changed the fader's range in the preferences has another one,
/// which is why dB patterns are preferred. Safe from any thread.
namespace kedge::reaper {

/// The highest a fader goes by default.
inline constexpr double fader_top_db = 12.0;
/// REAPER's floor: an amplitude of 0 reads as this, and so does everything below it.
inline constexpr double fader_floor_db = -150.0;

/// Levels above the top stand at 1, silence at 0.
[[nodiscard]] inline FaderShare share_of(Decibels level) {
    return kedge::share_of(FaderCurve::reaper, level);
}
/// Shares outside of 0 to 1 count as the nearer end; 0 is silence.
[[nodiscard]] inline Decibels level_at(FaderShare share) {
    return kedge::level_at(FaderCurve::reaper, share);
}

}  // namespace kedge::reaper
