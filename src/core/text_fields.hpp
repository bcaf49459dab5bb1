#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

/// Fields of lines of text, as kedge and its companion scripts write them: in a field a byte below 0x20, 0x7F
/// and "%" are written "%XX", so that nothing in it ends the field or the line. Pure; safe from any thread.
namespace kedge {

[[nodiscard]] std::string in_a_field(std::string_view text);
/// What a field says. "%" without two hexadecimal digits stands for itself.
[[nodiscard]] std::string from_a_field(std::string_view field);

/// Takes off what stands before the first `end`, and the `end` with it; all of it where there is none.
[[nodiscard]] std::string_view take_up_to(char end, std::string_view& text);

/// Takes `start` off the text's start. False, and nothing taken, where it does not stand there.
[[nodiscard]] bool take_start(std::string_view start, std::string_view& text);

/// A number and nothing else; of doubles infinities and NaN too.
template <typename Number>
[[nodiscard]] std::optional<Number> number_in_whole(std::string_view text) {
    Number number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace kedge
