#pragma once

#include "core/fader_position.hpp"
#include "midi/message.hpp"

#include <cassert>
#include <compare>
#include <cstdint>
#include <optional>

/// Mackie HUI, both ways: kedge is the HUI (the device), the DAW is the host. Values out of range are bugs of
/// the caller (asserted); what comes over the wire is checked before values are made of it. Everything is
/// safe from any thread, but a decoder from one at a time.
namespace kedge::hui {

/// A number from 0 to `amount` - 1. The kind keeps a fader's from a ring's.
template <typename Kind, int amount>
class Place {
  public:
    static constexpr int count = amount;

    constexpr Place() = default;  ///< 0
    explicit constexpr Place(int number) : number_(static_cast<std::uint8_t>(number)) {
        assert(number >= 0 && number < count);
    }
    /// nullopt for other numbers.
    [[nodiscard]] static constexpr std::optional<Place> at(int number) {
        if (number < 0 || number >= count) return std::nullopt;
        return Place(number);
    }
    [[nodiscard]] constexpr int number() const { return number_; }
    constexpr auto operator<=>(const Place&) const = default;

  private:
    std::uint8_t number_ = 0;
};

/// One of the strips of a unit, from the left. Which strip of the DAW's that is depends on the bank.
using Slot = Place<struct SlotKind, 8>;

/// Eight strips. A HUI has one and a pair of ports of its own. Some hosts put several on one pair and tell
/// them apart by the MIDI channel; what has no channel (ping, meters, displays) is the first's.
using Unit = midi::Channel;

/// 0 to 7 the slots'. A HUI has no more; some clones have a ninth, the master's.
using Fader = Place<struct FaderKind, 9>;
/// 0 to 7 the slots', 8 to 11 of the parameters, 12 the one that scrolls.
using VPot = Place<struct VPotKind, 13>;
/// The LEDs around a V-Pot: 0 to 7 the slots', 8 to 11 of the parameters.
using Ring = Place<struct RingKind, 12>;
/// A display of four characters: 0 to 7 the slots', 8 beside "select-assign".
using SmallDisplay = Place<struct SmallDisplayKind, 9>;
/// Ten characters of the main display: 0 to 3 of the upper line, from the left, 4 to 7 of the lower.
using TextZone = Place<struct TextZoneKind, 8>;

using kedge::FaderPosition;

/// A HUI's fader tells no steps finer than this.
inline constexpr int hardware_fader_step = 32;

/// The position as the hardware tells it, the low five bits zero.
[[nodiscard]] constexpr FaderPosition on_hardware(FaderPosition position) {
    return FaderPosition(position.value() - position.value() % hardware_fader_step);
}

}  // namespace kedge::hui
