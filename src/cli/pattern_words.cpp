#include "cli/pattern_words.hpp"

#include "reaper/address_book.hpp"
#include "reaper/file_abilities.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::cli {

std::vector<std::string> ignored_lines(const std::string& path, const reaper::PatternFile& file,
                                       std::size_t most) {
    std::vector<std::string> lines;
    for (const auto& ignored : file.ignored()) {
        if (lines.size() == most) {
            lines.push_back(
                fmt::format("{}: more lines are like that, from line {} on.", path, ignored.line));
            break;
        }
        lines.push_back(fmt::format("{} line {}: {}", path, ignored.line, ignored.what));
    }
    return lines;
}

std::optional<Error> why_passed_over(const std::string& path, const reaper::PatternFile& file) {
    if (!file.is_passed_over()) return std::nullopt;
    const auto& ignored = file.ignored();
    const auto found =
        std::find_if(ignored.begin(), ignored.end(), [](const auto& each) { return each.spoils_file; });
    const int line = found == ignored.end() ? 1 : found->line;
    return Error{
        ErrorKind::usage,
        fmt::format("REAPER takes its default patterns instead of '{}', because of line {}.", path, line),
        fmt::format("Line {}: {} Then choose the file anew in REAPER's preferences.", line,
                    found == ignored.end() ? "It says nothing." : found->what)};
}

PatternLacks lacking(const std::string& path, const reaper::PatternFile& file) {
    const auto able = reaper::abilities_of(file, reaper::AddressBook(file));
    PatternLacks lacks;
    lacks.can_mix = able.usable && able.capabilities.read_back && able.capabilities.meters &&
                    able.capabilities.finds_end && (able.unselects_one || able.unselects_all);
    for (const auto& lack : able.lacks) lacks.lines.push_back(fmt::format("{}: {}", path, lack));
    return lacks;
}

}  // namespace kedge::cli
