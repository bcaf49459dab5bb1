#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// The text of a companion script, with the file in which it looks for requests. `shipped`: the script's path
/// among the shipped profiles, where "@REQUEST_FILE@" stands for that file.
namespace kedge::cli {

[[nodiscard]] std::string companion_text(std::string_view shipped, const std::filesystem::path& request_file);

/// Where this build's script looks for requests; nullopt for any other text.
[[nodiscard]] std::optional<std::string> request_file_in(std::string_view text, std::string_view shipped);

}  // namespace kedge::cli
