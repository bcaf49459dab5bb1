#pragma once

#include "core/mixer_state.hpp"
#include "core/result.hpp"
#include "mix/ride_plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// All that the ride planner looked at, kept together: for whoever writes, draws or judges what it planned.
struct RideFacts {
    MixerState mixer;  ///< as it stood when the rides were planned
    Capabilities capabilities;
    std::vector<mix::RoledStrip> roles;
    measure::Tape tape;
    std::vector<SongMarker> marks;
    std::optional<mix::BusLimit> bus;
    mix::RideWishes wishes;
    std::vector<Ride> in_force;  ///< that sound on the tape

    /// Refers to the facts and the profile.
    [[nodiscard]] mix::RideQuestion question(const mix::RideProfile& profile) const {
        return {mixer, roles, tape, profile, capabilities, marks, {}, bus, wishes, in_force};
    }
};

/// Rides as they are suggested, and what they are expected to do.
struct RidePlanReport {
    RideFacts facts;
    SongRange heard;
    std::optional<Duration> song_length;
    bool tape_reused = false;
    mix::RidePlan plan;
    std::vector<mix::RideForecast> forecasts;  ///< of plan.rides, one for each
    std::vector<std::string> notes;            ///< beside the plan's own
    std::optional<Error> error;
};

}  // namespace kedge::engine
