#pragma once

#include "core/song_places.hpp"

#include <optional>
#include <string>

#include <boost/json.hpp>

/// The song's markers, regions and loop, in words.
namespace kedge::cli {

/// A line each; empty where nothing is told. Of many the first are named.
[[nodiscard]] std::string places_text(const std::optional<SongPlaces>& places,
                                      const std::optional<SongLoop>& loop);

/// "markers" and "regions", null where the DAW does not tell them, and "loop", likewise.
void add_places(boost::json::object& document, const std::optional<SongPlaces>& places,
                const std::optional<SongLoop>& loop);

}  // namespace kedge::cli
