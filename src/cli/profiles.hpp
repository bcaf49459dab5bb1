#pragma once

#include "banked/daw_profile.hpp"
#include "cli/controller_profiles.hpp"
#include "core/result.hpp"
#include "mix/balance_profile.hpp"
#include "mix/rebuild_profile.hpp"
#include "mix/ride_profile.hpp"
#include "mix/role_book.hpp"
#include "reaper/pattern_file.hpp"

#include <string>
#include <vector>

namespace kedge::cli {

/// The shipped vocabulary and, after it, the user's own files in the configuration folder's roles/.
[[nodiscard]] Result<mix::RoleBook> load_role_book();

/// A shipped balance by name ("rock"), the user's own by name (balances/NAME.toml in the configuration
/// folder), or a TOML file by path.
[[nodiscard]] Result<mix::BalanceProfile> load_balance_profile(const std::string& wanted);

/// A profile as it is written.
struct ProfileText {
    std::string path;
    std::string text;
};
/// Of a DAW, by the same names as load_daw_profile().
[[nodiscard]] Result<ProfileText> daw_profile_text(const std::string& wanted);

/// A DAW as the host of a control surface, likewise: a shipped profile by name ("logic"), the user's own
/// (daws/NAME.toml in the configuration folder), or a TOML file by path.
[[nodiscard]] Result<banked::DawProfile> load_daw_profile(const std::string& wanted);

/// Of a controller, by the same names as load_controller_profile().
[[nodiscard]] Result<ProfileText> controller_profile_text(const std::string& wanted);
/// A hardware controller, likewise: "korg-nanokontrol2", the user's own (controllers/NAME.toml in the
/// configuration folder), or a TOML file by path.
[[nodiscard]] Result<ControllerProfile> load_controller_profile(const std::string& wanted);
/// Every one that there is, by name; the user's own in place of a shipped one of that name. One that cannot
/// be read is an error in its place.
struct NamedController {
    std::string name;
    Result<ControllerProfile> profile;
};
[[nodiscard]] Result<std::vector<NamedController>> load_controller_profiles();

/// The user's own numbers of rides (rides/default.toml in the configuration folder), else the shipped ones.
[[nodiscard]] Result<mix::RideProfile> load_ride_profile();

/// The user's own order of a rebuild (rebuild/default.toml in the configuration folder), else the shipped
/// one.
[[nodiscard]] Result<mix::RebuildProfile> load_rebuild_profile();

/// The patterns that REAPER was told to use: a .ReaperOSC file by path, or kedge's own for an empty one. A
/// file that cannot be read, or in which nothing was understood, is an error that names it.
[[nodiscard]] Result<reaper::PatternFile> load_patterns(const std::string& wanted);

}  // namespace kedge::cli
