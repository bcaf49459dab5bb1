#include "cli/companion_install.hpp"

#include "cli/companion_text.hpp"
#include "cli/ui_scripts.hpp"
#include "io/state_files.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace kedge::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* companion_name = "kedge companion";
constexpr const char* how_to_install =
    "Quit Ardour, run 'kedge doctor --install-companion', then start Ardour again.";
constexpr std::string_view ardour_script = "companions/ardour.lua";
// The first twelve have buttons in Ardour's window: those are left to the user as long as there are others.
constexpr int first_without_button = 13;

/// Of any version.
bool is_ours(const UiScript& script) {
    return script.name == companion_name && script.text.find("/kedge/companion/") != std::string::npos;
}

struct ScriptsFile {
    fs::path path;
    std::optional<std::string> xml;  ///< as it stands; nullopt when there is none
    UiScripts scripts;
};

Result<std::vector<ScriptsFile>> read_all(const std::vector<fs::path>& folders) {
    std::vector<ScriptsFile> files;
    for (const fs::path& folder : folders) {
        ScriptsFile file{folder / "ui_scripts", std::nullopt, {}};
        std::error_code problem;
        if (fs::exists(file.path, problem)) {
            auto xml = io::read_file(file.path);
            if (!xml) return tl::unexpected(xml.error());
            auto scripts = UiScripts::read(file.path.string(), *xml);
            if (!scripts) return tl::unexpected(scripts.error());
            file.xml = std::move(*xml);
            file.scripts = std::move(*scripts);
        }
        files.push_back(std::move(file));
    }
    return files;
}

bool is_free(const std::vector<ScriptsFile>& files, int number) {
    return std::all_of(files.begin(), files.end(), [&](const ScriptsFile& file) {
        const UiScript* script = file.scripts.find(number);
        return !script || is_ours(*script);
    });
}

/// One that is free in every file, best the one it has already.
std::optional<int> choose_number(const std::vector<ScriptsFile>& files) {
    std::vector<int> wishes;
    for (const ScriptsFile& file : files)
        for (const UiScript& script : file.scripts.scripts())
            if (is_ours(script) && script.number <= most_ui_scripts) wishes.push_back(script.number);
    for (int number = first_without_button; number <= most_ui_scripts; ++number) wishes.push_back(number);
    for (int number = first_without_button - 1; number > 0; --number) wishes.push_back(number);
    const auto wish =
        std::find_if(wishes.begin(), wishes.end(), [&](int number) { return is_free(files, number); });
    return wish == wishes.end() ? std::nullopt : std::optional(*wish);
}

/// Whether there was anything to do.
bool put_ours(UiScripts& scripts, const UiScript& ours) {
    std::vector<int> others;
    for (const UiScript& each : scripts.scripts())
        if (is_ours(each) && !(each == ours)) others.push_back(each.number);
    for (const int number : others) scripts.remove(number);
    const UiScript* there = scripts.find(ours.number);
    if (others.empty() && there && *there == ours) return false;
    if (!there) scripts.put(ours);
    return true;
}

Result<void> write_back(const ScriptsFile& file) {
    if (file.xml) {
        fs::path copy = file.path;
        copy += ".before-kedge";
        if (auto kept = io::replace_file(copy, *file.xml); !kept) return kept;
    }
    return io::replace_file(file.path, file.scripts.xml());
}

}  // namespace

std::string InstalledCompanion::action() const {
    return fmt::format("LuaAction/script-{}", number);
}

std::vector<fs::path> ardour_folders() {
    std::vector<fs::path> folders;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(io::config_folder().parent_path(), problem)) {
        constexpr std::string_view start = "ardour";
        const std::string name = entry.path().filename().string();
        const bool numbered = name.starts_with(start) && name.size() > start.size() &&
                              name.find_first_not_of("0123456789", start.size()) == std::string::npos;
        if (numbered && entry.is_directory(problem)) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

Result<CompanionInstall> install_companion(const std::vector<fs::path>& folders,
                                           const fs::path& request_file) {
    if (folders.empty()) {
        return fail(ErrorKind::refused,
                    "No Ardour of this user was found: there is no settings folder of one.",
                    "Start Ardour once, quit it, then run the command again.");
    }
    auto files = read_all(folders);
    if (!files) return tl::unexpected(files.error());
    const auto number = choose_number(*files);
    if (!number) {
        return fail(
            ErrorKind::refused, "Ardour has no number left for another script.",
            "Take one away in Ardour (Edit > Lua Scripts > Script Manager), then run the command again.");
    }
    const UiScript ours{*number, companion_name, companion_text(ardour_script, request_file)};
    CompanionInstall done{{*number, request_file.string()}, {}};
    for (ScriptsFile& file : *files) {
        if (!put_ours(file.scripts, ours)) continue;
        if (const auto written = write_back(file); !written) return tl::unexpected(written.error());
        done.written.push_back(file.path.string());
    }
    return done;
}

Result<std::optional<InstalledCompanion>> find_companion(const std::vector<fs::path>& folders) {
    const auto files = read_all(folders);
    if (!files) return tl::unexpected(files.error());
    std::optional<InstalledCompanion> found;
    for (const ScriptsFile& file : *files) {
        for (const UiScript& script : file.scripts.scripts()) {
            if (!is_ours(script)) continue;
            const auto request_file = request_file_in(script.text, ardour_script);
            if (!request_file)
                return fail(ErrorKind::refused,
                            fmt::format("The companion script in {} is of another version than kedge.",
                                        file.path.string()),
                            how_to_install);
            if (found && (found->number != script.number || found->request_file != *request_file))
                return fail(
                    ErrorKind::refused,
                    fmt::format("The companion script stands in two places: as script {}, and as script "
                                "{} in {}.",
                                found->number, script.number, file.path.string()),
                    how_to_install);
            found = InstalledCompanion{script.number, *request_file};
        }
    }
    if (!found) return found;
    if (found->number > most_ui_scripts || !is_free(*files, found->number))
        return fail(ErrorKind::refused,
                    fmt::format("The companion script is number {}, which is another script in one of this "
                                "user's Ardours.",
                                found->number),
                    how_to_install);
    return found;
}

}  // namespace kedge::cli
