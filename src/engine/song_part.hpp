#pragma once

#include "core/result.hpp"
#include "core/song_places.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// A part of the song that has a name. No end: it lasts to the end of the song.
struct SongPart {
    SongTime from;
    std::optional<SongTime> to;
};

/// The region of this name, or what the marker of this name begins, up to the next marker. Unknown names and
/// names of several places are usage errors that say which there are.
[[nodiscard]] Result<SongPart> part_called(const SongPlaces& places, const std::string& name);

/// Where the song's sections begin: at its markers; where it has none, at its regions.
[[nodiscard]] std::vector<SongMarker> section_marks(const SongPlaces& places);

}  // namespace kedge::engine
