#pragma once

#include "core/decibels.hpp"

namespace kedge::sim {

/// The highest a fader of Ardour's goes: a gain of 2.
inline constexpr double top_fader_db = 6.0205999132796239;

/// Ardour's fader law: the position, 0 .. 1, of a level: ((6 log2(g) + 192) / 198)^8 for a gain g up to 2.
[[nodiscard]] double fader_position(Decibels level);
/// The level at a position; 0 is silence, positions outside of 0 .. 1 are clamped.
[[nodiscard]] Decibels fader_level(double position);

}  // namespace kedge::sim
