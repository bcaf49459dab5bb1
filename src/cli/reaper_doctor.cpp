#include "cli/reaper_doctor.hpp"

#include "cli/pattern_words.hpp"
#include "cli/profiles.hpp"
#include "cli/reaper_install.hpp"
#include "cli/reaper_script.hpp"
#include "io/companion_file.hpp"
#include "io/state_files.hpp"

#include <iterator>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

Error no_reaper() {
    return {
        ErrorKind::usage, "No REAPER of this user was found: there is no folder ~/.config/REAPER.",
        "Start REAPER once. A portable REAPER has its folder beside the program: copy kedge's pattern file "
        "(profiles/daws/kedge.ReaperOSC) into its folder OSC."};
}

/// One that cannot be read, or that REAPER passes over, is told by whoever wants to connect with it.
void look_at_users_patterns(const std::string& path, std::vector<Finding>& findings) {
    constexpr std::size_t most_lines = 20;
    const auto file = load_patterns(path);
    if (!file) return;
    for (auto& line : ignored_lines(path, *file, most_lines))
        findings.push_back({false, std::move(line), {}});
    if (file->is_passed_over()) return;
    auto lacks = lacking(path, *file);
    for (auto& line : lacks.lines) findings.push_back({lacks.can_mix, std::move(line), {}});
}

void look_at_own_patterns(const std::filesystem::path& folder, std::vector<Finding>& findings) {
    switch (patterns_installed(folder)) {
        case PatternsInstalled::same:
            findings.push_back({true, "kedge's patterns are in REAPER's folder OSC.", {}});
            break;
        case PatternsInstalled::other:
            findings.push_back({false, "The kedge.ReaperOSC in REAPER's folder OSC is not this kedge's.",
                                "Run 'kedge --surface reaper doctor --install-reaper'."});
            break;
        case PatternsInstalled::no:
            findings.push_back({false, "kedge's patterns are not in REAPER's folder OSC.",
                                "Run 'kedge --surface reaper doctor --install-reaper'."});
            break;
    }
}

/// Without it rides are only planned: no fault, but worth to know.
void look_at_script(const std::filesystem::path& folder, std::vector<Finding>& findings) {
    const auto found = find_reaper_script(folder);
    if (!found) {
        findings.push_back({false, found.error().message, found.error().next});
    } else if (!*found) {
        findings.push_back({true, "REAPER has no companion script of kedge's.",
                            "With it rides can be written, exactly, and the project is told from "
                            "others: run 'kedge --surface reaper doctor --install-reaper'."});
    } else {
        findings.push_back(
            {true, fmt::format("REAPER has kedge's companion script, as {}.", (*found)->command), {}});
    }
}

/// What was written, for a person.
std::string written_words(const std::string& file, bool changed, bool kept_copy) {
    std::string words = changed ? fmt::format("Written: {}\n", file)
                                : fmt::format("{} is there already; nothing was changed.\n", file);
    if (kept_copy) words += fmt::format("What was there is kept: {}.before-kedge\n", file);
    return words;
}

}  // namespace

std::vector<Finding> look_at_reaper(const Settings& settings) {
    const auto address = daw_address(settings);
    const auto folder = reaper_folder();
    std::vector<Finding> findings;
    if (!settings.pattern.empty()) look_at_users_patterns(settings.pattern, findings);
    if (!folder) {
        const bool here = address && io::is_this_machine(*address);
        if (here) findings.push_back({false, no_reaper().message, no_reaper().next});
        return findings;
    }
    if (settings.pattern.empty()) look_at_own_patterns(*folder, findings);
    look_at_script(*folder, findings);
    const auto ini = io::read_file(*folder / "reaper.ini");
    if (!ini) {
        findings.push_back({false, ini.error().message, "Start REAPER once: it writes its settings there."});
    } else if (address && io::is_this_machine(*address)) {
        auto judged = judge_reaper_entries(read_reaper_ini(*ini), *address, settings.pattern.empty());
        std::move(judged.begin(), judged.end(), std::back_inserter(findings));
    }
    return findings;
}

Outcome install_reaper(const Settings& settings) {
    if (settings.surface != "reaper")
        return Outcome::failed({ErrorKind::usage, "Only REAPER takes a pattern file.",
                                "Run 'kedge --surface reaper doctor --install-reaper'."});
    const auto folder = reaper_folder();
    if (!folder) return Outcome::failed(no_reaper());
    const auto done = install_patterns(*folder);
    if (!done) return Outcome::failed(done.error());
    const auto request_file = io::reaper_request_file();
    if (!request_file) return Outcome::failed(request_file.error());
    const auto script = install_reaper_script(*folder, *request_file);
    if (!script) return Outcome::failed(script.error());
    const auto listed = find_reaper_script(*folder);
    Outcome outcome;
    const std::string file = done->file.string();
    outcome.document = {{"file", file},
                        {"changed", done->changed},
                        {"kept_copy", done->kept_copy},
                        {"script",
                         {{"file", script->file.string()},
                          {"changed", script->changed},
                          {"kept_copy", script->kept_copy},
                          {"request_file", request_file->string()},
                          {"listed", listed.has_value()}}}};
    outcome.text = written_words(file, done->changed, done->kept_copy) +
                   written_words(script->file.string(), script->changed, script->kept_copy) +
                   fmt::format("{}\n", surface_kind("reaper")->how_to_turn_on);
    if (!listed) outcome.text += how_to_load_script(script->file) + "\n";
    return outcome;
}

}  // namespace kedge::cli
