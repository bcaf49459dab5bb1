#pragma once

#include "core/fader_position.hpp"
#include "midi/message.hpp"

#include <cassert>
#include <compare>
#include <cstdint>
#include <optional>

/// Mackie Control, both ways: kedge is the control surface (the device), the DAW is the host. Values out of
/// range are bugs of the caller (asserted); what comes over the wire is checked before values are made of it.
/// Everything is safe from any thread.
namespace kedge::mackie {

/// What a unit says it is: the byte behind the maker's in a SysEx. Some clones answer to main_unit alone,
/// extenders too.
enum class Model : std::uint8_t {
    logic_control = 0x10,
    logic_control_extender = 0x11,
    main_unit = 0x14,
    extender = 0x15,
};
/// nullopt for other devices: 05 is a HUI.
[[nodiscard]] std::optional<Model> model_from(midi::Data7 number);

/// One of the strips of a unit, 0 to 7 from the left. Which strip of the DAW's that is depends on the bank.
class Slot {
  public:
    static constexpr int count = 8;

    constexpr Slot() = default;  ///< the first
    explicit constexpr Slot(int index) : index_(static_cast<std::uint8_t>(index)) {
        assert(index >= 0 && index < count);
    }
    [[nodiscard]] constexpr int index() const { return index_; }
    constexpr auto operator<=>(const Slot&) const = default;

  private:
    std::uint8_t index_ = 0;
};

/// A fader of a unit: that of a slot, or the master's, which only main units have.
class Fader {
  public:
    static constexpr int count = Slot::count + 1;

    constexpr Fader(Slot slot) : index_(static_cast<std::uint8_t>(slot.index())) {}
    [[nodiscard]] static constexpr Fader master() { return Fader(Slot::count); }
    /// 0 to 7 the slots', 8 the master's; nullopt for others.
    [[nodiscard]] static constexpr std::optional<Fader> at(int index) {
        if (index < 0 || index >= count) return std::nullopt;
        return Fader(index);
    }
    [[nodiscard]] constexpr int index() const { return index_; }
    [[nodiscard]] constexpr bool is_master() const { return index_ == Slot::count; }
    /// nullopt for the master.
    [[nodiscard]] constexpr std::optional<Slot> slot() const {
        if (is_master()) return std::nullopt;
        return Slot(index_);
    }
    constexpr auto operator<=>(const Fader&) const = default;

  private:
    explicit constexpr Fader(int index) : index_(static_cast<std::uint8_t>(index)) {}
    std::uint8_t index_;
};

using kedge::FaderPosition;

}  // namespace kedge::mackie
