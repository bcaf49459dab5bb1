#include "reaper/pattern_address.hpp"

#include <algorithm>
#include <charconv>

namespace kedge::reaper {

namespace {

bool is_decimal(char c) {
    return c >= '0' && c <= '9';
}

bool is_of_command(char c) {
    return is_decimal(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// How many characters of the text are a number or a command; 0 where neither stands.
std::size_t item_length(std::string_view text) {
    const auto is_part = text.starts_with('_') ? is_of_command : is_decimal;
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_part) - text.begin());
}

bool starts_item(std::string_view text) {
    return !text.empty() && (text.front() == '_' || is_decimal(text.front()));
}

/// nullopt for what no int holds. Nothing is 0.
std::optional<int> number_in(std::string_view digits) {
    int number = 0;
    if (digits.empty()) return number;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc()) return std::nullopt;
    return number;
}

/// Takes a number, a command or a list of them off the text.
bool take_items(std::string_view& text, std::vector<Slot>& slots) {
    Slot slot;
    std::size_t end = 0;
    for (;;) {
        const auto item = text.substr(end, item_length(text.substr(end)));
        end += item.size();
        if (item.starts_with('_')) {
            if (item.size() == 1) return false;
            slot.command = text;
        } else {
            const auto number = number_in(item);
            if (!number) return false;
            slot.numbers.push_back(*number);
        }
        if (text.substr(end, 1) != "," || !starts_item(text.substr(end + 1))) break;
        ++end;
    }
    if (!slot.command.empty()) {
        slot.command = text.substr(0, end);
        slot.numbers.clear();
    }
    text.remove_prefix(end);
    slots.push_back(std::move(slot));
    return true;
}

/// One '@' or several that touch: each but the last takes one digit.
bool take_run(std::string_view& pattern, std::string_view& text, std::vector<Slot>& slots) {
    pattern.remove_prefix(1);
    while (pattern.starts_with('@')) {
        if (text.empty() || !is_decimal(text.front())) return false;
        slots.push_back({{text.front() - '0'}, {}});
        text.remove_prefix(1);
        pattern.remove_prefix(1);
    }
    return take_items(text, slots);
}

/// A '*': the rest of the text's component but for what stands behind the '*' in the pattern's, and that. At
/// the end of the pattern it is all the rest.
bool take_star(std::string_view& pattern, std::string_view& text) {
    pattern.remove_prefix(1);
    if (pattern.empty()) {
        text = {};
        return true;
    }
    const auto tail = pattern.substr(0, pattern.find('/'));
    const auto component = text.substr(0, text.find('/'));
    if (!component.ends_with(tail)) return false;
    pattern.remove_prefix(tail.size());
    text.remove_prefix(component.size());
    return true;
}

}  // namespace

bool fits(std::string_view pattern, std::string_view text, bool is_last, std::vector<Slot>& slots) {
    while (!pattern.empty()) {
        const char c = pattern.front();
        if (text.empty() && (is_last || c != '@')) return false;
        if (c == '*') {
            if (!take_star(pattern, text)) return false;
        } else if (c == '@') {
            if (!take_run(pattern, text, slots)) return false;
        } else {
            if (c != '?' && c != text.front()) return false;
            pattern.remove_prefix(1);
            text.remove_prefix(1);
        }
    }
    return text.empty();
}

bool is_inside_out(std::string_view pattern) {
    const auto first = pattern.find('@');
    return first != std::string_view::npos && pattern.substr(first).starts_with("@@");
}

}  // namespace kedge::reaper
