#include "cli/learned_profile.hpp"

#include "cli/daw_profiles.hpp"
#include "io/state_files.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

std::string_view without_indent(std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : line.substr(first);
}

/// The line is "KEY = ...".
bool is_key(std::string_view line, std::string_view key) {
    line = without_indent(line);
    if (!line.starts_with(key)) return false;
    return without_indent(line.substr(key.size())).starts_with('=');
}

bool says_unknown(std::string_view line) {
    return without_indent(line.substr(line.find('=') + 1)).starts_with("\"unknown\"");
}

/// Brackets that it opens and does not close, what is behind a comment sign left out.
int open_brackets(std::string_view line) {
    line = line.substr(0, line.find('#'));
    return static_cast<int>(std::count(line.begin(), line.end(), '[') -
                            std::count(line.begin(), line.end(), ']'));
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

std::string law_lines(const std::vector<FaderAnchor>& anchors, std::string_view how) {
    constexpr std::size_t in_a_line = 6;
    std::string text = fmt::format("law = \"anchors\"             # {}\nanchors = [", how);
    for (std::size_t i = 0; i < anchors.size(); ++i)
        text += fmt::format("{}[{}, {:.2f}],", i % in_a_line == 0 ? "\n  " : " ", anchors[i].position.value(),
                            anchors[i].level.db());
    return text + "\n]\n";
}

/// A law that was read off the DAW is not from memory.
std::string without_doubt_of_the_law(std::string text) {
    for (const std::string_view doubt : {R"("fader.law", )", R"(, "fader.law")", R"("fader.law")"})
        if (const auto at = text.find(doubt); at != std::string::npos) return text.erase(at, doubt.size());
    return text;
}

std::filesystem::path free_name_beside(const std::filesystem::path& file) {
    for (int number = 1;; ++number) {
        std::filesystem::path free = file;
        free += fmt::format(".before-{}", number);
        if (!std::filesystem::exists(free)) return free;
    }
}

}  // namespace

Result<std::string> with_learned_law(std::string_view profile, const LearnedFader& learned,
                                     std::string_view how) {
    std::string text;
    bool in_fader = false;
    int open = 0;  // of anchors that are left out
    for (const std::string_view line : lines_of(profile)) {
        if (open > 0) {
            open += open_brackets(line);
            continue;
        }
        if (line.starts_with('[')) in_fader = line.starts_with("[fader]");
        if (in_fader && is_key(line, "anchors")) {
            open = open_brackets(line);
        } else if (in_fader && is_key(line, "law")) {
            text += law_lines(learned.anchors, how);
        } else if (in_fader && learned.bits && is_key(line, "bits") && says_unknown(line)) {
            text += fmt::format("bits = {:<20} # {}\n", *learned.bits, how);
        } else {
            text += fmt::format("{}\n", line);
        }
    }
    text = without_doubt_of_the_law(std::move(text));
    const auto scale = FaderScale::through(learned.anchors);
    if (!scale) return tl::unexpected(scale.error());
    const auto read = read_daw_profile("the profile with its new law", text);
    if (!read) return tl::unexpected(read.error());
    if (!read->fader.scale)
        return fail(ErrorKind::usage, "The profile has no place for the law of its faders.",
                    "Write 'law = \"unknown\"' into its table [fader], and run the command again.");
    return text;
}

Result<KeptProfile> keep_as_own_profile(const std::string& name, std::string_view text) {
    const auto folder = io::config_folder() / "daws";
    std::error_code trouble;
    std::filesystem::create_directories(folder, trouble);
    if (trouble)
        return fail(ErrorKind::refused,
                    fmt::format("The folder '{}' cannot be made: {}.", folder.string(), trouble.message()),
                    "Make it by hand, and run the command again.");
    KeptProfile kept{folder / (name + ".toml"), std::nullopt};
    if (std::filesystem::exists(kept.file)) {
        kept.before = free_name_beside(kept.file);
        std::filesystem::copy_file(kept.file, *kept.before, trouble);
        if (trouble)
            return fail(ErrorKind::refused,
                        fmt::format("'{}' cannot be kept beside: {}.", kept.file.string(), trouble.message()),
                        "Move it elsewhere, and run the command again.");
    }
    if (auto written = io::replace_file(kept.file, text); !written) return tl::unexpected(written.error());
    return kept;
}

}  // namespace kedge::cli
