#pragma once

#include "banked/daw_profile.hpp"
#include "core/result.hpp"

#include <string_view>

namespace kedge::cli {

/// Reads a profile of a DAW as the host of a control surface; profiles/daws/README.md says what stands in
/// one. Errors name origin, line and column and what was expected.
[[nodiscard]] Result<banked::DawProfile> read_daw_profile(std::string_view origin, std::string_view toml);

}  // namespace kedge::cli
