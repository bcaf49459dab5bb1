#include "engine/song_part.hpp"

#include <fmt/format.h>

namespace kedge::engine {

namespace {

/// "'Verse' at 0:08.0, 'Chorus' from 0:20.0 to 0:32.0".
std::string names_of(const SongPlaces& places) {
    std::string names;
    const auto add = [&](const std::string& name, const std::string& where) {
        names += fmt::format("{}'{}' {}", names.empty() ? "" : ", ", name, where);
    };
    for (const SongMarker& marker : places.markers) add(marker.name, "at " + to_string(marker.at));
    for (const SongRegion& region : places.regions)
        add(region.name,
            fmt::format("from {} to {}", to_string(region.range.from), to_string(region.range.to)));
    return names;
}

std::vector<SongPart> parts_called(const SongPlaces& places, const std::string& name) {
    std::vector<SongPart> found;
    for (auto marker = places.markers.begin(); marker != places.markers.end(); ++marker) {
        if (marker->name != name) continue;
        const auto next = marker + 1;
        found.push_back({marker->at, next == places.markers.end() ? std::nullopt : std::optional(next->at)});
    }
    for (const SongRegion& region : places.regions)
        if (region.name == name) found.push_back({region.range.from, region.range.to});
    return found;
}

}  // namespace

Result<SongPart> part_called(const SongPlaces& places, const std::string& name) {
    const auto found = parts_called(places, name);
    if (found.size() == 1) return found.front();
    const std::string known = names_of(places);
    if (known.empty())
        return fail(ErrorKind::usage, fmt::format("The session has no marker '{}'.", name),
                    "It has no markers at all: give --from and --to.");
    if (found.empty())
        return fail(ErrorKind::usage,
                    fmt::format("The session has no marker{} '{}'.",
                                places.regions.empty() ? "" : " or region", name),
                    "It has: " + known + ".");
    return fail(ErrorKind::usage,
                fmt::format("Several {} are called '{}': {}.",
                            places.regions.empty() ? "markers" : "markers or regions", name, known),
                "Give --from and --to instead.");
}

std::vector<SongMarker> section_marks(const SongPlaces& places) {
    if (!places.markers.empty()) return places.markers;
    std::vector<SongMarker> marks;
    for (const SongRegion& region : places.regions) marks.push_back({region.name, region.range.from});
    return marks;
}

}  // namespace kedge::engine
