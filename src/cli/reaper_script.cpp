#include "cli/reaper_script.hpp"

#include "cli/lua_table_text.hpp"
#include "cli/quoted_words.hpp"
#include "cli/ui_scripts.hpp"
#include "io/state_files.hpp"
#include "profiles/shipped_profiles.hpp"

#include <algorithm>
#include <cassert>
#include <system_error>

#include <fmt/format.h>

namespace kedge::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view request_file_in_text = "\"@REQUEST_FILE@\"";
constexpr const char* install_again = "Run 'kedge --surface reaper doctor --install-reaper'.";

std::string_view shipped_reaper_script() {
    for (const auto& profile : shipped_profiles())
        if (profile.path == "reaper/kedge.lua") return profile.text;
    assert(false);
    return {};
}

fs::path script_path(const fs::path& reaper_folder) {
    return reaper_folder / "Scripts" / "kedge.lua";
}

std::string reaper_script_for(const fs::path& request_file) {
    std::string text(shipped_reaper_script());
    return text.replace(text.find(request_file_in_text), request_file_in_text.size(),
                        in_lua_quotes(request_file.string()));
}

/// Where this build's script looks for requests; nullopt for any other text.
std::optional<std::string> request_file_in(std::string_view text) {
    const auto shipped = shipped_reaper_script();
    const auto at = shipped.find(request_file_in_text);
    const auto head = shipped.substr(0, at);
    const auto tail = shipped.substr(at + request_file_in_text.size());
    if (text.size() < head.size() + tail.size() || !text.starts_with(head) || !text.ends_with(tail))
        return std::nullopt;
    const auto quoted = text.substr(head.size(), text.size() - head.size() - tail.size());
    const std::string assignment = fmt::format("file = {}", quoted);
    const auto read = read_assignments(assignment, "file");
    return read && read->size() == 1 ? (*read)[0].text : std::nullopt;
}

/// SCR 4 0 RS7d3c… "Custom: kedge.lua" kedge.lua: 4 is a ReaScript, 0 the main section.
std::optional<std::string> command_of_line(std::string_view line, const fs::path& script) {
    const auto words = words_of_entry(line);
    if (words.size() < 6 || words[0] != "SCR" || words[2] != "0" || !words[3].starts_with("RS"))
        return std::nullopt;
    const bool hex = words[3].find_first_not_of("0123456789abcdefABCDEF", 2) == std::string::npos;
    const fs::path file = script.parent_path() / words[5];
    if (!hex || words[3].size() != 42 || file.lexically_normal() != script.lexically_normal())
        return std::nullopt;
    return "_" + words[3];
}

}  // namespace

std::string how_to_load_script(const fs::path& script) {
    return fmt::format(
        "In REAPER open Actions > Show action list, press 'New action', choose 'Load ReaScript', and {}.",
        script.string());
}

std::optional<std::string> command_in_action_list(std::string_view list, const fs::path& script) {
    for (const auto line : lines_of(list))
        if (auto command = command_of_line(line, script)) return command;
    return std::nullopt;
}

Result<ReaperScriptInstall> install_reaper_script(const fs::path& reaper_folder,
                                                  const fs::path& request_file) {
    ReaperScriptInstall done{script_path(reaper_folder)};
    const std::string text = reaper_script_for(request_file);
    const auto there = io::read_file(done.file);
    if (there && *there == text) return done;
    std::error_code problem;
    fs::create_directories(done.file.parent_path(), problem);
    if (there && !problem) {
        const fs::path copy = done.file.string() + ".before-kedge";
        done.kept_copy = fs::copy_file(done.file, copy, fs::copy_options::overwrite_existing, problem);
    }
    if (problem)
        return fail(ErrorKind::storage,
                    fmt::format("'{}' cannot be written: {}.", done.file.string(), problem.message()),
                    "Make REAPER's resource folder writable for you, and run it again.");
    if (auto written = io::replace_file(done.file, text); !written) return tl::unexpected(written.error());
    done.changed = true;
    return done;
}

Result<std::optional<InstalledReaperScript>> find_reaper_script(const fs::path& reaper_folder) {
    const fs::path file = script_path(reaper_folder);
    const auto text = io::read_file(file);
    if (!text) return std::optional<InstalledReaperScript>();
    const auto request_file = request_file_in(*text);
    if (!request_file)
        return fail(ErrorKind::refused, fmt::format("{} is not the script of this kedge.", file.string()),
                    install_again);
    const auto list = io::read_file(reaper_folder / "reaper-kb.ini");
    auto command = list ? command_in_action_list(*list, file) : std::nullopt;
    if (!command)
        return fail(ErrorKind::refused, "kedge's companion script is not in REAPER's action list.",
                    how_to_load_script(file));
    return std::optional(InstalledReaperScript{std::move(*command), *request_file});
}

}  // namespace kedge::cli
