#pragma once

#include "core/capabilities.hpp"
#include "core/mixer_state.hpp"
#include "core/ride.hpp"
#include "core/song_places.hpp"
#include "measure/tape.hpp"
#include "mix/mix.hpp"
#include "mix/ride_profile.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kedge::mix {

/// What the bus may peak at, and how far it stands above the power sum of the strips' peaks.
struct BusLimit {
    Decibels highest;
    Decibels over_sum;
};

/// What the user asked for.
struct RideWishes {
    std::vector<StripId> strips;  ///< only these, whatever their role; empty: what the roles say
    std::optional<SongRange>
        range;                      ///< only what lies wholly inside it; a ride begins and ends there at 0 dB
    std::optional<Decibels> depth;  ///< instead of the profile's; above 0, never more than the profile's
    std::map<StripId, Decibels> depth_of;  ///< of single strips, instead of both; 0: not ridden
};

/// Everything the ride planner looks at. References must outlive the call.
struct RideQuestion {
    const MixerState& mixer;
    std::span<const RoledStrip> roles;
    const measure::Tape& tape;
    const RideProfile& profile;
    const Capabilities& capabilities;
    std::span<const SongMarker> marks;  ///< in the order of time; none: sections are guessed
    std::optional<Duration> beat;       ///< where the tempo is known
    std::optional<BusLimit> bus;        ///< where the bus was measured
    RideWishes wishes;
    /// Rides that sound on the tape, so that they are not planned once more on top of themselves. (A tape
    /// whose recorder saw the fader move does not hold them.)
    std::span<const Ride> in_force;

    [[nodiscard]] Decibels depth(StripId strip) const {
        const auto own = wishes.depth_of.find(strip);
        if (own != wishes.depth_of.end()) return std::clamp(own->second, Decibels(), profile.most);
        return wishes.depth ? std::min(*wishes.depth, profile.most) : profile.most;
    }
    [[nodiscard]] Duration beat_length() const { return beat.value_or(profile.section.beat); }
};

}  // namespace kedge::mix
