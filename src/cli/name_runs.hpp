#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kedge::cli {

/// Several names in one: "fader 1-8" is "fader 1" to "fader 8", "strip 2-3 mute" is two as well; a text
/// without such a run is itself. One run in a text, upwards, of 64 at most: else a usage error.
[[nodiscard]] Result<std::vector<std::string>> names_in(std::string_view text);

}  // namespace kedge::cli
