#include "reaper/pattern_line.hpp"

#include "core/utf8.hpp"

namespace kedge::reaper {

namespace {

constexpr std::string_view blanks = " \t";
constexpr std::size_t longest_quoted = 60;

/// The word at the start of `text`, which is taken off it together with the blanks behind it.
std::string_view take_word(std::string_view& text, bool& is_quote_open) {
    const bool is_quoted = text.front() == '"' || text.front() == '\'' || text.front() == '`';
    const std::size_t start = is_quoted ? 1 : 0;
    std::size_t end = is_quoted ? text.find(text.front(), 1) : text.find_first_of(blanks);
    if (end == std::string_view::npos) {
        is_quote_open = is_quoted;
        end = text.size();
    }
    const auto word = text.substr(start, end - start);
    const auto next = text.find_first_not_of(blanks, end + start);
    text = next == std::string_view::npos ? std::string_view() : text.substr(next);
    return word;
}

}  // namespace

PatternLine part(std::string_view line) {
    PatternLine parted;
    const auto first = line.find_first_not_of(blanks);
    auto rest = first == std::string_view::npos ? std::string_view() : line.substr(first);
    while (!rest.empty()) {
        if (rest.front() == '#' || rest.front() == ';') {
            parted.has_comment = true;
            parted.comment = rest.substr(1);
            return parted;
        }
        parted.words.push_back(take_word(rest, parted.is_quote_open));
    }
    return parted;
}

std::string quoted(std::string_view word) {
    std::string text(word.substr(0, longest_quoted));
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == '\x7F') c = '?';
    return '"' + valid_utf8(text) + (word.size() > longest_quoted ? "…\"" : "\"");
}

}  // namespace kedge::reaper
