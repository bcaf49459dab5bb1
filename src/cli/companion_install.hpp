#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// The companion script among the scripts of a user's Ardours: put there, and found again. Every Ardour of
/// the user has it under the same number, as nothing on the wire says which of them is running.
namespace kedge::cli {

/// The settings folders of every Ardour that this user has run: ~/.config/ardour7 …
[[nodiscard]] std::vector<std::filesystem::path> ardour_folders();

struct InstalledCompanion {
    int number = 0;            ///< of the script: "LuaAction/script-13" is 13
    std::string request_file;  ///< where it looks for requests
    [[nodiscard]] std::string action() const;
};

struct CompanionInstall {
    InstalledCompanion companion;
    std::vector<std::string> written;  ///< files that were changed; none when it was there already
};

/// Puts the script of this build into the folders, with all other scripts kept as they are; each changed file
/// is replaced whole, and a copy of the old one is kept beside it (".before-kedge"). No Ardour may run
/// meanwhile. On an error nothing was changed, except where it says so.
[[nodiscard]] Result<CompanionInstall> install_companion(const std::vector<std::filesystem::path>& folders,
                                                         const std::filesystem::path& request_file);

/// The script of this build as the folders have it now; nullopt when it is nowhere. An error when it is of
/// another version, or when its number is another script's in one of the folders: calling it might run that.
[[nodiscard]] Result<std::optional<InstalledCompanion>> find_companion(
    const std::vector<std::filesystem::path>& folders);

}  // namespace kedge::cli
