#include "cli/place_words.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kedge::cli {

namespace json = boost::json;

namespace {

constexpr std::size_t most_named = 12;

std::string stretch_text(const SongRange& range) {
    return fmt::format("{} to {}", to_string(range.from), to_string(range.to));
}

std::string row_of(const char* what, const std::vector<std::string>& names) {
    if (names.empty()) return {};
    const auto shown = std::min(names.size(), most_named);
    const std::vector<std::string> first(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown));
    const std::string more =
        names.size() > shown ? fmt::format(" and {} more", names.size() - shown) : std::string();
    return fmt::format("{}{}{}\n", what, fmt::join(first, ", "), more);
}

json::object stretch_words(const SongRange& range) {
    return {{"from_s", range.from.seconds()}, {"to_s", range.to.seconds()}};
}

}  // namespace

std::string places_text(const std::optional<SongPlaces>& places, const std::optional<SongLoop>& loop) {
    std::string text;
    if (loop && loop->on)
        text += loop->range.length() > Duration::zero()
                    ? fmt::format("loop:     on, {}\n", stretch_text(loop->range))
                    : "loop:     on\n";
    if (!places) return text;
    std::vector<std::string> markers;
    for (const SongMarker& marker : places->markers)
        markers.push_back(fmt::format("'{}' at {}", marker.name, to_string(marker.at)));
    std::vector<std::string> regions;
    for (const SongRegion& region : places->regions)
        regions.push_back(fmt::format("'{}' {}", region.name, stretch_text(region.range)));
    return text + row_of("markers:  ", markers) + row_of("regions:  ", regions);
}

void add_places(json::object& document, const std::optional<SongPlaces>& places,
                const std::optional<SongLoop>& loop) {
    document["markers"] = nullptr;
    document["regions"] = nullptr;
    document["loop"] = nullptr;
    if (loop) {
        json::object words = stretch_words(loop->range);
        words["on"] = loop->on;
        document["loop"] = std::move(words);
    }
    if (!places) return;
    json::array markers;
    for (const SongMarker& marker : places->markers)
        markers.push_back(json::object{{"name", marker.name}, {"at_s", marker.at.seconds()}});
    json::array regions;
    for (const SongRegion& region : places->regions) {
        json::object words = stretch_words(region.range);
        words["name"] = region.name;
        regions.push_back(std::move(words));
    }
    document["markers"] = std::move(markers);
    document["regions"] = std::move(regions);
}

}  // namespace kedge::cli
