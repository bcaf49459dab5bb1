#pragma once

#include "core/result.hpp"
#include "core/role.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kedge::mix {

/// Tracks that come in together.
struct RebuildLayerRule {
    std::string name;
    std::vector<Role> roles;  ///< none of them in another layer
};

/// In which order a mix is rebuilt. Loaded from TOML; see profiles/rebuild/README.md.
struct RebuildProfile {
    std::string name;
    int bars = 8;  ///< how long a layer is heard before the next one comes in, 1 to 256
    std::vector<RebuildLayerRule> layers;  ///< in order; at least one
    std::string rest;                      ///< what the layer of all other roles is called; it comes last
};

/// How many bars of a layer make sense.
inline constexpr int most_bars_of_a_layer = 256;

/// Reads a profile. Errors name origin, line and column and what was expected.
[[nodiscard]] Result<RebuildProfile> load_rebuild(std::string_view origin, std::string_view toml);

}  // namespace kedge::mix
