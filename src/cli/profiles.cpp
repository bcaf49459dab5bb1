#include "cli/profiles.hpp"

#include "cli/daw_profiles.hpp"
#include "cli/reaper_install.hpp"
#include "io/state_files.hpp"
#include "profiles/shipped_profiles.hpp"

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace kedge::cli {

Result<mix::RoleBook> load_role_book() {
    std::vector<mix::RoleBook::Source> sources;
    for (const auto& profile : shipped_profiles())
        if (profile.path.starts_with("roles/")) sources.push_back({profile.path, profile.text});
    const auto own = io::read_toml_folder(io::config_folder() / "roles");
    if (!own) return tl::unexpected(own.error());
    for (const auto& [path, text] : *own) sources.push_back({path, text});
    return mix::RoleBook::load(sources);
}

namespace {
/// FOLDER/WANTED.toml: the user's own, else the shipped one; or a TOML file by path. `what` is what the
/// folder holds, for a person: "balance profile".
Result<ProfileText> wanted_profile(const std::string& folder, const std::string& wanted,
                                   std::string_view what) {
    constexpr std::string_view ending = ".toml";
    if (wanted.ends_with(ending))
        return io::read_file(wanted).map([&](const std::string& text) { return ProfileText{wanted, text}; });
    const auto own = io::read_toml_folder(io::config_folder() / folder);
    if (!own) return tl::unexpected(own.error());
    for (const auto& [path, text] : *own)
        if (path.ends_with("/" + wanted + std::string(ending))) return ProfileText{path, text};
    std::string known;
    for (const auto& profile : shipped_profiles()) {
        if (!profile.path.starts_with(folder + "/") || !profile.path.ends_with(ending)) continue;
        const auto name =
            profile.path.substr(folder.size() + 1, profile.path.size() - folder.size() - 1 - ending.size());
        if (name == wanted) return ProfileText{std::string(profile.path), std::string(profile.text)};
        known += (known.empty() ? "" : ", ") + std::string(name);
    }
    return fail(ErrorKind::usage, fmt::format("There is no {} '{}'.", what, wanted),
                fmt::format("Known are {}; or name a TOML file.", known));
}

/// FOLDER/default.toml: the user's own, else the shipped one.
Result<ProfileText> default_profile(const std::string& folder) {
    const std::string name = folder + "/default.toml";
    const auto own = io::read_toml_folder(io::config_folder() / folder);
    if (!own) return tl::unexpected(own.error());
    for (const auto& [path, text] : *own)
        if (path.ends_with(name)) return ProfileText{path, text};
    const auto& shipped = shipped_profiles();
    const auto found =
        std::find_if(shipped.begin(), shipped.end(), [&](const auto& one) { return one.path == name; });
    assert(found != shipped.end());
    return ProfileText{std::string(found->path), std::string(found->text)};
}
}  // namespace

Result<mix::BalanceProfile> load_balance_profile(const std::string& wanted) {
    return wanted_profile("balances", wanted, "balance profile").and_then([](const ProfileText& file) {
        return mix::load_balance(file.path, file.text);
    });
}

Result<ProfileText> daw_profile_text(const std::string& wanted) {
    return wanted_profile("daws", wanted, "DAW profile");
}

Result<banked::DawProfile> load_daw_profile(const std::string& wanted) {
    return daw_profile_text(wanted).and_then(
        [](const ProfileText& file) { return read_daw_profile(file.path, file.text); });
}

Result<ProfileText> controller_profile_text(const std::string& wanted) {
    return wanted_profile("controllers", wanted, "controller profile");
}

Result<ControllerProfile> load_controller_profile(const std::string& wanted) {
    return controller_profile_text(wanted).and_then(
        [](const ProfileText& file) { return read_controller_profile(file.path, file.text); });
}

Result<std::vector<NamedController>> load_controller_profiles() {
    std::map<std::string, ProfileText> texts;
    for (const auto& shipped : shipped_profiles()) {
        const std::filesystem::path path(shipped.path);
        if (shipped.path.starts_with("controllers/") && path.extension() == ".toml")
            texts[path.stem().string()] = {path.string(), std::string(shipped.text)};
    }
    const auto own = io::read_toml_folder(io::config_folder() / "controllers");
    if (!own) return tl::unexpected(own.error());
    for (const auto& [path, text] : *own) texts[std::filesystem::path(path).stem().string()] = {path, text};
    std::vector<NamedController> all;
    for (const auto& [name, file] : texts)
        all.push_back({name, read_controller_profile(file.path, file.text)});
    return all;
}

Result<mix::RideProfile> load_ride_profile() {
    return default_profile("rides").and_then(
        [](const ProfileText& file) { return mix::load_rides(file.path, file.text); });
}

Result<mix::RebuildProfile> load_rebuild_profile() {
    return default_profile("rebuild").and_then(
        [](const ProfileText& file) { return mix::load_rebuild(file.path, file.text); });
}

Result<reaper::PatternFile> load_patterns(const std::string& wanted) {
    if (wanted.empty()) return reaper::PatternFile::read(own_patterns());
    constexpr auto what_to_name = "Name the .ReaperOSC file that REAPER's preferences show.";
    const auto text = io::read_file(wanted);
    if (!text) return fail(text.error().kind, text.error().message, what_to_name);
    auto file = reaper::PatternFile::read(*text);
    if (!file.keys().empty()) return file;
    return fail(ErrorKind::usage, fmt::format("'{}' holds no pattern that REAPER would know.", wanted),
                file.ignored().empty()
                    ? what_to_name
                    : fmt::format("Line {}: {}", file.ignored().front().line, file.ignored().front().what));
}

}  // namespace kedge::cli
