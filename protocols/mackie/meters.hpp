#pragma once

#include <cassert>
#include <compare>
#include <cstdint>

namespace kedge::mackie {

/// How many segments of a meter are lit: 0 none, 12 all, 13 above 0 dB. Between which levels each stands,
/// DAWs do not agree. The unit lets it fall by itself, a segment in about 300 ms.
class MeterLevel {
  public:
    static constexpr int top = 13;

    constexpr MeterLevel() = default;  ///< nothing
    explicit constexpr MeterLevel(int segments) : segments_(static_cast<std::uint8_t>(segments)) {
        assert(segments >= 0 && segments <= top);
    }
    [[nodiscard]] constexpr int segments() const { return segments_; }
    [[nodiscard]] constexpr bool above_zero_db() const { return segments_ == top; }
    constexpr auto operator<=>(const MeterLevel&) const = default;

  private:
    std::uint8_t segments_ = 0;
};

/// Where a slot's meter is shown; all off is no meter.
struct MeterMode {
    bool signal_led = false;
    bool peak_hold = false;
    bool on_lcd = false;
    constexpr bool operator==(const MeterMode&) const = default;
};

/// How meters lie on the LCD.
enum class MeterDirection : std::uint8_t { horizontal, vertical };

}  // namespace kedge::mackie
