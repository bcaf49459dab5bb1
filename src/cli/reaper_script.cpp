#include "cli/reaper_script.hpp"

#include "cli/companion_text.hpp"
#include "cli/quoted_words.hpp"
#include "io/state_files.hpp"

#include <fmt/format.h>

namespace kedge::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view reaper_script = "reaper/kedge.lua";
constexpr const char* install_again = "Run 'kedge --surface reaper doctor --install-reaper'.";

fs::path script_path(const fs::path& reaper_folder) {
    return reaper_folder / "Scripts" / "kedge.lua";
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

Result<ReaperFileInstall> install_reaper_script(const fs::path& reaper_folder, const fs::path& request_file) {
    return put_into_reaper(script_path(reaper_folder), companion_text(reaper_script, request_file));
}

Result<std::optional<InstalledReaperScript>> find_reaper_script(const fs::path& reaper_folder) {
    const fs::path file = script_path(reaper_folder);
    const auto text = io::read_file(file);
    if (!text) return std::optional<InstalledReaperScript>();
    const auto request_file = request_file_in(*text, reaper_script);
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
