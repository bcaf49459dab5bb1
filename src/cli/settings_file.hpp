#pragma once

#include "cli/settings.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kedge::cli {

/// What kedge.toml may say; what it leaves out is nullopt.
struct FileSettings {
    std::optional<std::string> surface;
    std::optional<std::string> at;
    std::optional<bool> json;
    std::optional<std::string> balance;
};

/// Reads the text of a settings file. Usage errors name `origin`, line and column: not TOML, an unknown key,
/// a value of another type.
[[nodiscard]] Result<FileSettings> parse_settings(std::string_view origin, std::string_view text);

/// The file named with --config, which must be readable; else the one in the configuration folder, if there
/// is one.
[[nodiscard]] Result<FileSettings> read_settings(const std::optional<std::string>& named);

}  // namespace kedge::cli
