#pragma once

#include "cli/controller_profiles.hpp"

#include <string>

namespace kedge::cli {

/// A profile as TOML with comments, for people; read_controller_profile() reads the same profile from it.
[[nodiscard]] std::string text_of_profile(const ControllerProfile& profile);

}  // namespace kedge::cli
