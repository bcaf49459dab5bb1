#include "banked/pan_text.hpp"

#include <charconv>
#include <cstdlib>

namespace kedge::banked {

namespace {

constexpr int all_of_it = 100;

/// Takes the letter and the percent behind it off the front.
std::optional<int> take_share(std::string_view& text, char side) {
    if (text.empty() || text.front() != side) return std::nullopt;
    text.remove_prefix(1);
    int percent = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), percent);
    if (read.ec != std::errc() || percent < 0 || percent > all_of_it) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return percent;
}

}  // namespace

std::optional<Pan> pan_in(std::string_view text) {
    const auto left = take_share(text, 'L');
    const auto right = left ? take_share(text, 'R') : std::nullopt;
    // Each is rounded by itself.
    if (!right || !text.empty() || std::abs(*left + *right - all_of_it) > 1) return std::nullopt;
    return Pan(static_cast<double>(*right - *left) / all_of_it);
}

bool is_resting_pan(std::string_view text) {
    return text.empty() || text == "Pan";
}

}  // namespace kedge::banked
