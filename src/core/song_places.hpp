#pragma once

#include "core/time.hpp"

#include <string>
#include <vector>

namespace kedge {

/// A place of the song that the DAW has a name for: a section begins here.
struct SongMarker {
    std::string name;
    SongTime at;
    bool operator==(const SongMarker&) const = default;
};

/// A stretch of the song that the DAW has a name for. Regions may overlap.
struct SongRegion {
    std::string name;
    SongRange range;
    bool operator==(const SongRegion&) const = default;
};

/// Markers and regions, each in the order of time. A name may be empty, or that of several.
struct SongPlaces {
    std::vector<SongMarker> markers;
    std::vector<SongRegion> regions;
    bool operator==(const SongPlaces&) const = default;
};

/// What the DAW plays over and over while its loop is on.
struct SongLoop {
    bool on = false;
    SongRange range;  ///< empty where none is set
    bool operator==(const SongLoop&) const = default;
};

}  // namespace kedge
