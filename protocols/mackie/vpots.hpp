#pragma once

#include <cassert>
#include <compare>
#include <cstdint>

namespace kedge::mackie {

/// A turn of a V-Pot or of the jog wheel since the last message: more ticks the faster it goes, clockwise
/// above 0. From -63 to 63, never 0. What a tick is worth, each DAW decides.
class Ticks {
  public:
    static constexpr int most = 63;

    explicit constexpr Ticks(int clockwise) : clockwise_(static_cast<std::int8_t>(clockwise)) {
        assert(clockwise != 0 && clockwise >= -most && clockwise <= most);
    }
    [[nodiscard]] constexpr int clockwise() const { return clockwise_; }
    constexpr auto operator<=>(const Ticks&) const = default;

  private:
    std::int8_t clockwise_;
};

/// How the eleven LEDs around a V-Pot show a position.
enum class RingMode : std::uint8_t {
    single_dot,
    boost_cut,  ///< from the centre on
    wrap,       ///< from the left on
    spread,     ///< from the centre on, to both sides
};

/// What a ring shows. Position 0 is all dark; in most modes 1 is the left end, 6 the centre and 11 the right
/// end, in spread 1 is the centre alone and 6 all.
class Ring {
  public:
    [[nodiscard]] static constexpr int top(RingMode mode) { return mode == RingMode::spread ? 6 : 11; }

    constexpr Ring() = default;  ///< dark
    /// A position from 0 to top(mode); `centre_led` is the small one below.
    constexpr Ring(RingMode mode, int position, bool centre_led = false)
        : mode_(mode), position_(static_cast<std::uint8_t>(position)), centre_led_(centre_led) {
        assert(position >= 0 && position <= top(mode));
    }
    [[nodiscard]] constexpr RingMode mode() const { return mode_; }
    [[nodiscard]] constexpr int position() const { return position_; }
    [[nodiscard]] constexpr bool centre_led() const { return centre_led_; }
    constexpr bool operator==(const Ring&) const = default;

  private:
    RingMode mode_ = RingMode::single_dot;
    std::uint8_t position_ = 0;
    bool centre_led_ = false;
};

}  // namespace kedge::mackie
