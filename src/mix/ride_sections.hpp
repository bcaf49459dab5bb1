#pragma once

#include "mix/ride_levels.hpp"

#include <span>
#include <string>
#include <vector>

namespace kedge::mix {

/// A verse, a chorus, a bridge.
struct SongSection {
    std::string name;
    SongRange range;
    bool guessed = false;  ///< from density, not from a marker
};

/// The sections of the song, one after the other without a hole, from its beginning to its end; at least one.
/// From the markers; where there are none, from where the strips that play beside the vocal change, and said
/// to be a guess. A section that is shorter than the profile's shortest belongs to the one before it (the
/// first to the one after it). Of two markers at one place the later in the list counts.
[[nodiscard]] std::vector<SongSection> song_sections(const RideQuestion& question,
                                                     std::span<const HeardStrip> strips);

/// The index of the section that most of a range lies in.
[[nodiscard]] std::size_t section_of(std::span<const SongSection> sections, SongRange range);

}  // namespace kedge::mix
