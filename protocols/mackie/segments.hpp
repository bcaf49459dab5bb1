#pragma once

#include <array>
#include <cassert>
#include <compare>
#include <cstdint>
#include <string>

namespace kedge::mackie {

/// One digit of a 7-segment display: a character from 20 to 5F, and the dot behind it.
class SegmentDigit {
  public:
    constexpr SegmentDigit() = default;  ///< dark
    /// Small letters become capitals, what a digit cannot show a blank.
    explicit SegmentDigit(char character, bool dot = false);
    [[nodiscard]] constexpr char character() const { return character_; }
    [[nodiscard]] constexpr bool dot() const { return dot_; }
    constexpr bool operator==(const SegmentDigit&) const = default;

  private:
    char character_ = ' ';
    bool dot_ = false;
};

/// A digit of the timecode display (ten) or of the assignment display (two), counted from the right.
class DigitPlace {
  public:
    static constexpr int timecode_digits = 10;
    static constexpr int assignment_digits = 2;
    static constexpr int count = timecode_digits + assignment_digits;

    [[nodiscard]] static constexpr DigitPlace timecode(int from_right) {
        assert(from_right >= 0 && from_right < timecode_digits);
        return DigitPlace(from_right);
    }
    [[nodiscard]] static constexpr DigitPlace assignment(int from_right) {
        assert(from_right >= 0 && from_right < assignment_digits);
        return DigitPlace(timecode_digits + from_right);
    }
    [[nodiscard]] constexpr bool is_timecode() const { return index_ < timecode_digits; }
    [[nodiscard]] constexpr int from_right() const {
        return is_timecode() ? index_ : index_ - timecode_digits;
    }
    constexpr auto operator<=>(const DigitPlace&) const = default;

  private:
    explicit constexpr DigitPlace(int index) : index_(static_cast<std::uint8_t>(index)) {}
    std::uint8_t index_;
};

/// What the twelve digits show: dark at first.
class SegmentDisplay {
  public:
    void show(DigitPlace place, SegmentDigit digit);
    /// From left to right, with a point behind digits whose dot is lit: "1.02.03.004".
    [[nodiscard]] std::string timecode() const;
    [[nodiscard]] std::string assignment() const;

  private:
    std::array<SegmentDigit, DigitPlace::timecode_digits> timecode_;
    std::array<SegmentDigit, DigitPlace::assignment_digits> assignment_;
};

}  // namespace kedge::mackie
