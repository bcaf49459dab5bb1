#pragma once

#include "mix/ride_question.hpp"

#include <optional>

namespace kedge::mix {

/// What rides must leave the bus: it may peak at `highest`, and stands above the power sum of the tracks as
/// far as the tape shows it in the song's loud places. nullopt where the tape has no master, or nothing on it
/// that sounds.
[[nodiscard]] std::optional<BusLimit> bus_limit(const RideQuestion& question, Decibels highest);

}  // namespace kedge::mix
