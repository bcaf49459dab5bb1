#pragma once

#include "core/strip_label.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace kedge::mix {

/// The letters that DAWs know when they shorten names: ASCII's.
[[nodiscard]] constexpr bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool is_letter(char c) {
    return is_upper(c) || is_lower(c);
}
[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr char to_lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr char to_upper(char c) {
    return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

/// Of a label, to know by it a name that is longer.
inline constexpr std::size_t fewest_letters_of_label = 4;

/// In which case words are typed.
enum class WordCase { capital, lower, upper };

[[nodiscard]] std::string in_case(std::string_view folded_word, WordCase how);

/// Whether a word begins, or ends, at this place of a label: beside what is no letter, and in "SnarTp" at T.
[[nodiscard]] bool begins_word(std::string_view label, std::size_t at);
[[nodiscard]] bool ends_word(std::string_view label, std::size_t end);

[[nodiscard]] std::size_t letters_in_label(std::string_view label);

/// The label that a name has on a surface, without blanks at its end: those of a display's cell are not told
/// from the name's own.
[[nodiscard]] std::string shown_label(std::string_view name, const StripLabels& labels);

}  // namespace kedge::mix
