#include "cli/quoted_words.hpp"

#include <algorithm>

namespace kedge::cli {

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::vector<std::string> words_of_entry(std::string_view text) {
    std::vector<std::string> words;
    while (true) {
        const auto start = text.find_first_not_of(' ');
        if (start == std::string_view::npos) return words;
        text.remove_prefix(start);
        const bool quoted = text.starts_with('"');
        if (quoted) text.remove_prefix(1);
        const auto end = std::min(text.find(quoted ? '"' : ' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + (quoted ? 1 : 0), text.size()));
    }
}

}  // namespace kedge::cli
