#include "cli/time_words.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

/// Takes a plain decimal number off the front; nullopt when there is none.
std::optional<double> take_number(std::string_view& rest) {
    double value = 0.0;
    const auto [end, problem] =
        std::from_chars(rest.data(), rest.data() + rest.size(), value, std::chars_format::fixed);
    if (problem != std::errc() || !std::isfinite(value) || value < 0.0) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return value;
}

constexpr double longest_seconds = 86'400.0;

std::optional<double> seconds_of(std::string_view rest) {
    const auto first = take_number(rest);
    if (!first) return std::nullopt;
    if (rest.empty() || rest == "s") return first;
    if (rest == "m") return *first * 60.0;
    const char separator = rest.front();
    if (separator != ':' && separator != 'm') return std::nullopt;
    rest.remove_prefix(1);
    const auto second = take_number(rest);
    const bool ended = rest.empty() || (separator == 'm' && rest == "s");
    if (!second || *second >= 60.0 || !ended) return std::nullopt;
    return *first * 60.0 + *second;
}

}  // namespace

Result<Duration> parse_span(const std::string& text) {
    const auto seconds = seconds_of(text);
    if (!seconds || *seconds > longest_seconds) {
        return fail(ErrorKind::usage, fmt::format("'{}' is not a time.", text),
                    "Write seconds (45, 45s), minutes and seconds (1:30, 1m30s), at most a day.");
    }
    return Duration(std::llround(*seconds * 1e9));
}

}  // namespace kedge::cli
