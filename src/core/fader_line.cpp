#include "core/fader_line.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace kedge {

namespace {

// What a DAW's own conversions may do to a number; far below anything heard.
constexpr double rounding = 1e-6;
// Less than half a sample at any usual rate.
constexpr Duration time_rounding = std::chrono::microseconds(2);

bool same_number(double a, double b) {
    return std::abs(a - b) <= rounding * std::max(1.0, std::abs(a));
}

bool same_gain(Gain a, Gain b) {
    return same_number(a.ratio(), b.ratio());
}

bool is_plain(const FaderLine& line) {
    return line.native.empty() || line.native.starts_with(plain_line);
}

/// Takes the first word off.
std::string_view take_word(std::string_view& text) {
    const auto end = std::min(text.find_first_of(" ;"), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

std::optional<double> number_of(std::string_view word) {
    double number = 0.0;
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (word.empty() || problem != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return number;
}

/// Word by word; numbers by their value.
bool same_words(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        const auto x = take_word(a);
        const auto y = take_word(b);
        if (x == y) continue;
        const auto left = number_of(x);
        const auto right = number_of(y);
        if (!left || !right || !same_number(*left, *right)) return false;
    }
    return a.empty() == b.empty();
}

bool follows_points(const FaderLine& line) {
    return line.mode != AutomationMode::manual && !line.points.empty();
}

}  // namespace

bool same_line(const FaderLine& a, const FaderLine& b) {
    const auto same_point = [](const LinePoint& x, const LinePoint& y) {
        return std::chrono::abs(x.at - y.at) <= time_rounding && same_gain(x.gain, y.gain);
    };
    if (is_plain(a) != is_plain(b) || (!is_plain(a) && !same_words(a.native, b.native))) return false;
    return a.mode == b.mode && (follows_points(a) || same_gain(a.rest, b.rest)) &&
           std::equal(a.points.begin(), a.points.end(), b.points.begin(), b.points.end(), same_point);
}

}  // namespace kedge
