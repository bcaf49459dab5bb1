#pragma once

#include "mix/ride_plan.hpp"

#include <string>
#include <vector>

namespace kedge::mix {

/// What a picture of a ride shows: a strip and its backing, cell by cell, as they are without the ride.
struct RideTrace {
    std::string strip;
    SongRange range;  ///< of the song, whole cells
    std::vector<Decibels>
        level;  ///< after the fader, one for each cell of the range; silence where nothing sounds
    std::vector<Decibels> backing;  ///< likewise, the power sum of the rest
    std::vector<SongSection> sections;
};

/// The trace of a strip over a part of the song, or over all of it; without cells when it is not on the tape.
[[nodiscard]] RideTrace ride_trace(const RideQuestion& question, StripId strip,
                                   const std::vector<SongSection>& sections,
                                   std::optional<SongRange> part = {});

}  // namespace kedge::mix
