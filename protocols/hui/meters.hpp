#pragma once

#include "core/decibels.hpp"
#include "hui/unit_words.hpp"

#include <cstdint>

namespace kedge::hui {

enum class Side : std::uint8_t { left, right };

/// How many segments of a meter are lit: 0 none, 12 all, the red one too. A HUI's meter does not fall by
/// itself: the host tells the fall.
using MeterStep = Place<struct MeterStepKind, 13>;

inline constexpr MeterStep meter_clip{12};

/// The lowest level at which the step is shown; silence for none. The level is below the next step's.
[[nodiscard]] Decibels lowest_at(MeterStep step);

/// The step that shows this level.
[[nodiscard]] MeterStep step_at(Decibels level);

}  // namespace kedge::hui
