#pragma once

#include "control/controller_map.hpp"
#include "core/result.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::cli {

/// A hardware controller as a profile describes it.
struct ControllerProfile {
    control::ControllerMap map;
    std::vector<std::string> setup;     ///< what to do on the device, in order
    std::vector<std::string> notes;     ///< what is odd about it
    std::set<std::string> from_memory;  ///< names of controls whose messages nobody has looked up
};

/// Reads a profile of a controller; profiles/controllers/README.md says what stands in one. Errors name
/// origin, line and column and what was expected.
[[nodiscard]] Result<ControllerProfile> read_controller_profile(std::string_view origin,
                                                                std::string_view toml);

}  // namespace kedge::cli
