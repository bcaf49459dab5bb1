#pragma once

#include "hui/unit_words.hpp"

#include <cassert>
#include <compare>
#include <cstdint>
#include <optional>

namespace kedge::hui {

/// A turn since the last message, clockwise above 0; never 0, at most `furthest` either way. What a tick is
/// worth, each DAW decides.
template <int furthest>
class Ticks {
  public:
    static constexpr int most = furthest;

    explicit constexpr Ticks(int clockwise) : clockwise_(static_cast<std::int8_t>(clockwise)) {
        assert(clockwise != 0 && clockwise >= -most && clockwise <= most);
    }
    /// Above 40 hexadecimal clockwise, below it the other way: on a Mackie Control it is the other way round.
    /// nullopt for what is no turn, or too far.
    [[nodiscard]] static constexpr std::optional<Ticks> from(midi::Data7 coded) {
        const int clockwise = coded.value() > bias ? coded.value() - bias : -coded.value();
        if (clockwise == 0 || clockwise < -most || clockwise > most) return std::nullopt;
        return Ticks(clockwise);
    }
    [[nodiscard]] constexpr midi::Data7 coded() const {
        return midi::Data7(clockwise_ > 0 ? clockwise_ + bias : -clockwise_);
    }
    [[nodiscard]] constexpr int clockwise() const { return clockwise_; }
    constexpr auto operator<=>(const Ticks&) const = default;

  private:
    static constexpr int bias = 0x40;
    std::int8_t clockwise_;
};

using Turn = Ticks<63>;     ///< of a V-Pot; a HUI was seen to tell 45 at most
using JogTurn = Ticks<15>;  ///< of the jog wheel

/// How the eleven LEDs around a V-Pot show a position.
enum class RingMode : std::uint8_t {
    dot,
    boost_cut,  ///< from the centre on
    wrap,       ///< from the left on
    spread,     ///< from the centre on, to both sides
};

/// 1 to 11 are positions, 0 none: all dark.
using RingStep = Place<struct RingStepKind, 12>;

/// What a ring shows.
struct RingLook {
    RingMode mode = RingMode::dot;
    RingStep step;
    bool small_led = false;  ///< the one below

    /// nullopt for a step above 11.
    [[nodiscard]] static constexpr std::optional<RingLook> from(midi::Data7 coded) {
        const auto step = RingStep::at(coded.value() & 0x0F);
        if (!step) return std::nullopt;
        return RingLook{static_cast<RingMode>((coded.value() >> 4) & 3), *step, (coded.value() & 0x40) != 0};
    }
    [[nodiscard]] constexpr midi::Data7 coded() const {
        return midi::Data7(step.number() | (static_cast<int>(mode) << 4) | (small_led ? 0x40 : 0));
    }
    /// The step that is seen: of a spread all are lit at 6.
    [[nodiscard]] constexpr RingStep seen() const {
        constexpr RingStep whole_spread(6);
        return mode == RingMode::spread && step > whole_spread ? whole_spread : step;
    }
    bool operator==(const RingLook&) const = default;
};

}  // namespace kedge::hui
