#pragma once

#include "hui/unit_words.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::hui {

/// A digit of the timecode display, 0 to F, and the decimal point behind it.
struct TimeDigit {
    Place<struct TimeDigitKind, 16> digit;
    bool point = false;
    bool operator==(const TimeDigit&) const = default;
};

/// New digits of the display, from its right end on: one to eight. The first has no point.
struct ShowTime {
    std::vector<TimeDigit> from_right;
    bool operator==(const ShowTime&) const = default;
};

/// The display of eight digits as it stands.
class TimeDisplay {
  public:
    static constexpr std::size_t length = 8;

    /// Digits and points from the left, "01.02.03.04"; digits that are missing on the left are 0. nullopt for
    /// other letters, for more than eight digits, and for a point at the right end.
    [[nodiscard]] static std::optional<TimeDisplay> of(std::string_view text);

    void show(const ShowTime& digits);
    /// What makes this display show `wanted`: all digits up to the leftmost that differs. nullopt if none
    /// does.
    [[nodiscard]] std::optional<ShowTime> change_to(const TimeDisplay& wanted) const;

    /// From the left, all eight.
    [[nodiscard]] std::string text() const;
    bool operator==(const TimeDisplay&) const = default;

  private:
    std::array<TimeDigit, length> from_right_;
};

}  // namespace kedge::hui
