#pragma once

#include "core/result.hpp"
#include "reaper/pattern_file.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// What there is to say of a pattern file, for a person. Pure.
namespace kedge::cli {

/// What REAPER ignores of the file, a line each: "FILE line 3: what is wrong, and what to do". After `most`
/// of them one says how many more there are.
[[nodiscard]] std::vector<std::string> ignored_lines(const std::string& path, const reaper::PatternFile& file,
                                                     std::size_t most);

/// Why REAPER takes its default patterns instead of the whole file, with the line; nullopt when it takes it.
[[nodiscard]] std::optional<Error> why_passed_over(const std::string& path, const reaper::PatternFile& file);

/// What a file that REAPER takes lacks for kedge.
struct PatternLacks {
    bool can_mix = true;             ///< tracks can be listened to, set and confirmed
    std::vector<std::string> lines;  ///< "FILE: what that costs, and what to add"
};
[[nodiscard]] PatternLacks lacking(const std::string& path, const reaper::PatternFile& file);

}  // namespace kedge::cli
