#pragma once

#include "core/plan.hpp"
#include "mix/ride_question.hpp"
#include "mix/ride_sections.hpp"

#include <span>
#include <string>
#include <vector>

namespace kedge::mix {

/// What the ride rules suggest. Nothing is sent.
struct RidePlan {
    std::vector<Ride> rides;            ///< in mixer order
    std::vector<SongSection> sections;  ///< as heard by the rules; guessed ones say so
    std::vector<LeftAlone> left_alone;  ///< candidates without a ride, and why; in mixer order
    std::vector<std::string> notes;
};

/// What can be said before anything is heard: a usage error when a wished strip is not there or cannot be
/// ridden, or the depth is none; refused when no strip of the mixer is ever ridden.
[[nodiscard]] Result<void> check_ride_wishes(const RideQuestion& question);

/// Rides for the lead vocal (phrases and sections), solos, drum fills and returns, or for the strips wished
/// for. Pure: the same tape gives the same rides. A usage error when a wished strip is not there or cannot be
/// ridden; refused when there is no tape or nothing sounds on it, something is soloed, or no strip of the
/// mixer is ever ridden.
[[nodiscard]] Result<RidePlan> plan_rides(const RideQuestion& question);

/// A phrase against its backing, without and with a ride.
struct PhraseForecast {
    SongRange range;
    Decibels before;
    Decibels after;
};

/// What a ride is expected to do. The ride is taken as it is, wherever it came from.
struct RideForecast {
    std::vector<PhraseForecast> phrases;  ///< that have a backing, those sung alone left out
    Decibels spread_before;               ///< standard deviation of the phrases' levels against the backing
    Decibels spread_after;
};

/// The forecast for a strip of the tape; without phrases when it is not there or is silent.
[[nodiscard]] RideForecast forecast_ride(const RideQuestion& question, StripId strip,
                                         std::span<const RidePoint> points);
/// The forecasts of several rides, each by itself, in their order.
[[nodiscard]] std::vector<RideForecast> forecast_rides(const RideQuestion& question,
                                                       std::span<const Ride> rides);

}  // namespace kedge::mix
