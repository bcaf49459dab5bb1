#include "mackie/segments.hpp"

#include <cstddef>
#include <span>

namespace kedge::mackie {

namespace {

constexpr char shown_as(char character) {
    if (character >= 'a' && character <= 'z') return static_cast<char>(character - 'a' + 'A');
    return character >= ' ' && character <= '_' ? character : ' ';
}

std::string left_to_right(std::span<const SegmentDigit> from_right) {
    std::string text;
    for (std::size_t i = from_right.size(); i > 0; --i) {
        text += from_right[i - 1].character();
        if (from_right[i - 1].dot()) text += '.';
    }
    return text;
}

}  // namespace

SegmentDigit::SegmentDigit(char character, bool dot) : character_(shown_as(character)), dot_(dot) {}

void SegmentDisplay::show(DigitPlace place, SegmentDigit digit) {
    const auto from_right = static_cast<std::size_t>(place.from_right());
    (place.is_timecode() ? timecode_.at(from_right) : assignment_.at(from_right)) = digit;
}

std::string SegmentDisplay::timecode() const {
    return left_to_right(timecode_);
}

std::string SegmentDisplay::assignment() const {
    return left_to_right(assignment_);
}

}  // namespace kedge::mackie
