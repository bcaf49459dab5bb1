#pragma once

#include <string_view>

namespace kedge::sim {

/// Properties of tracks that the simulated AbletonOSC has addresses for.
[[nodiscard]] bool is_known_of_tracks(std::string_view property);
/// Those that can be set.
[[nodiscard]] bool is_written_of_tracks(std::string_view property);

}  // namespace kedge::sim
