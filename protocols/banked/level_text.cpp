#include "banked/level_text.hpp"

#include <algorithm>
#include <array>

namespace kedge::banked {

namespace {

constexpr double highest_db = 40.0;
constexpr double lowest_db = -200.0;
constexpr std::size_t most_whole_digits = 3;
constexpr std::size_t most_decimals = 2;

/// Infinity, as far as a display has it: a symbol that is not ASCII comes as question marks.
constexpr std::array<std::string_view, 6> infinities = {"oo", "inf", "infinity", "\xE2\x88\x9E", "?", "???"};
/// Also as a full display cuts it off.
constexpr std::array<std::string_view, 3> units = {"", "d", "db"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool same_letters(std::string_view text, std::string_view lower) {
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return same_letters(text, word); });
}

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::string_view take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

bool is_infinity(std::string_view text) {
    if (is_one_of(text, infinities)) return true;
    const auto is_unit = [&](std::string_view unit) {
        return !unit.empty() && text.size() > unit.size() &&
               same_letters(text.substr(text.size() - unit.size()), unit) &&
               is_one_of(without_blanks(text.substr(0, text.size() - unit.size())), infinities);
    };
    return std::any_of(units.begin(), units.end(), is_unit);
}

}  // namespace

std::optional<Decibels> read_level_text(std::string_view text) {
    text = without_blanks(text);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    text = without_blanks(text);
    if (negative && is_infinity(text)) return Decibels::silence();
    const std::string_view whole = take_digits(text);
    std::string_view decimals;
    if (!text.empty() && (text.front() == '.' || text.front() == ',')) {
        text.remove_prefix(1);
        decimals = take_digits(text);
        if (decimals.empty()) return std::nullopt;
    }
    if (whole.empty() || whole.size() > most_whole_digits || decimals.size() > most_decimals)
        return std::nullopt;
    if (!is_one_of(without_blanks(text), units)) return std::nullopt;
    double level = 0.0;
    for (const char digit : whole) level = level * 10.0 + (digit - '0');
    double place = 1.0;
    for (const char digit : decimals) {
        place *= 10.0;
        level += (digit - '0') / place;
    }
    if (negative) level = -level;
    if (level > highest_db || level < lowest_db) return std::nullopt;
    return Decibels(level);
}

}  // namespace kedge::banked
