#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kedge::reaper {

/// A line of a pattern file, parted at blanks; the words are views into it.
struct PatternLine {
    std::vector<std::string_view> words;
    /// What stands behind a '#' or ';' at the start of a word.
    std::string_view comment;
    bool has_comment = false;
    bool is_quote_open = false;  ///< a word starts with one of "'` and has no end
};
[[nodiscard]] PatternLine part(std::string_view line);

/// The longest line that REAPER reads as one, in bytes.
inline constexpr std::size_t longest_line = 4'094;

/// A word of a file between quotation marks, for a person: shortened, without bytes that a terminal minds.
[[nodiscard]] std::string quoted(std::string_view word);

}  // namespace kedge::reaper
