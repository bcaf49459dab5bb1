#pragma once

#include "cli/reaper_file.hpp"
#include "core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// kedge's companion script in a user's REAPER: put into its folder Scripts, and found again in its action
/// list, where the user adds it by hand.
namespace kedge::cli {

struct InstalledReaperScript {
    std::string command;       ///< REAPER's name of it: "_RS" and 40 digits
    std::string request_file;  ///< where it looks for requests
    bool operator==(const InstalledReaperScript&) const = default;
};

/// Puts the script of this build there, whole or not at all. REAPER may run: it reads the file each time that
/// it is called. Errors name the file (storage).
[[nodiscard]] Result<ReaperFileInstall> install_reaper_script(const std::filesystem::path& reaper_folder,
                                                              const std::filesystem::path& request_file);

/// The script of this build, as REAPER's resource folder has it; nullopt when it is not there at all. An
/// error when it is another version's, or not in REAPER's action list, with what to click.
[[nodiscard]] Result<std::optional<InstalledReaperScript>> find_reaper_script(
    const std::filesystem::path& reaper_folder);

/// The name that REAPER's list of actions (reaper-kb.ini) gives this script in its folder Scripts; nullopt
/// when it does not list it. Lines that are none of REAPER's are passed over.
[[nodiscard]] std::optional<std::string> command_in_action_list(std::string_view list,
                                                                const std::filesystem::path& script);

/// What is to be clicked to have it there.
[[nodiscard]] std::string how_to_load_script(const std::filesystem::path& script);

}  // namespace kedge::cli
