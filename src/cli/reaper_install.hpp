#pragma once

#include "cli/reaper_file.hpp"
#include "core/result.hpp"

#include <filesystem>
#include <string_view>

/// kedge's pattern file among those of a user's REAPER, which offers all files of its folder OSC.
namespace kedge::cli {

/// The pattern file of this build.
[[nodiscard]] std::string_view own_patterns();

enum class PatternsInstalled { no, other, same };
/// Whether REAPER's resource folder has kedge.ReaperOSC, and this build's.
[[nodiscard]] PatternsInstalled patterns_installed(const std::filesystem::path& reaper_folder);

/// Puts it there, whole or not at all. REAPER may run: it reads the file when the surface is edited or REAPER
/// is started. Errors name the file (storage).
[[nodiscard]] Result<ReaperFileInstall> install_patterns(const std::filesystem::path& reaper_folder);

}  // namespace kedge::cli
