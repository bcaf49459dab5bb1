#pragma once

#include "reaper/pattern_file.hpp"

#include <string>
#include <string_view>

namespace kedge::reaper {

/// What became of a value behind a setting's key.
struct TakenValue {
    std::string complaint;     ///< for a person; empty when the value was taken
    bool spoils_file = false;  ///< see IgnoredLine
};

/// Takes what stands behind a key of DeviceSettings into the settings, as REAPER's loader does. The key is a
/// setting's (asserted).
[[nodiscard]] TakenValue take_value(DeviceSettings& settings, std::string_view key, std::string_view value);

}  // namespace kedge::reaper
