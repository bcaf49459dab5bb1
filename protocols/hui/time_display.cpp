#include "hui/time_display.hpp"

#include <cassert>
#include <cstddef>

namespace kedge::hui {

namespace {

constexpr std::string_view digit_letters = "0123456789ABCDEF";

}  // namespace

std::optional<TimeDisplay> TimeDisplay::of(std::string_view text) {
    TimeDisplay display;
    std::size_t place = 0;
    bool point = false;
    for (; !text.empty(); text.remove_suffix(1)) {
        if (text.back() == '.') {
            if (point || place == 0) return std::nullopt;
            point = true;
            continue;
        }
        const auto digit = digit_letters.find(text.back());
        if (digit == std::string_view::npos || place == length) return std::nullopt;
        display.from_right_[place].digit = decltype(TimeDigit::digit)(static_cast<int>(digit));
        display.from_right_[place].point = point;
        point = false;
        ++place;
    }
    if (point) return std::nullopt;
    return display;
}

void TimeDisplay::show(const ShowTime& digits) {
    assert(digits.from_right.size() <= length);
    for (std::size_t i = 0; i < digits.from_right.size(); ++i) from_right_.at(i) = digits.from_right[i];
}

std::optional<ShowTime> TimeDisplay::change_to(const TimeDisplay& wanted) const {
    std::size_t differing = length;
    while (differing > 0 && from_right_.at(differing - 1) == wanted.from_right_.at(differing - 1))
        --differing;
    if (differing == 0) return std::nullopt;
    const auto first = wanted.from_right_.begin();
    return ShowTime{{first, first + static_cast<std::ptrdiff_t>(differing)}};
}

std::string TimeDisplay::text() const {
    std::string text;
    for (std::size_t place = length; place > 0; --place) {
        const TimeDigit& each = from_right_.at(place - 1);
        text += digit_letters.at(static_cast<std::size_t>(each.digit.number()));
        if (each.point) text += '.';
    }
    return text;
}

}  // namespace kedge::hui
