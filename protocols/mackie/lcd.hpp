#pragma once

#include "mackie/display_text.hpp"
#include "mackie/unit_words.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace kedge::mackie {

enum class LcdLine : std::uint8_t { upper, lower };

/// A place on the LCD, from 0 to 111: the upper line has 56 characters, the lower as many. The last of each
/// is not seen.
class LcdOffset {
  public:
    static constexpr int line_length = 56;
    static constexpr int count = 2 * line_length;
    /// Seven for each slot; by custom the last is left blank.
    static constexpr int slot_width = line_length / Slot::count;

    constexpr LcdOffset() = default;  ///< the upper left corner
    constexpr LcdOffset(LcdLine line, Slot slot)
        : index_(static_cast<std::uint8_t>((line == LcdLine::lower ? line_length : 0) +
                                           slot.index() * slot_width)) {}
    /// nullopt for what is not on the LCD.
    [[nodiscard]] static constexpr std::optional<LcdOffset> at(int index) {
        if (index < 0 || index >= count) return std::nullopt;
        LcdOffset offset;
        offset.index_ = static_cast<std::uint8_t>(index);
        return offset;
    }
    [[nodiscard]] constexpr int index() const { return index_; }
    constexpr auto operator<=>(const LcdOffset&) const = default;

  private:
    std::uint8_t index_ = 0;
};

/// What stands on an LCD: blank at first.
class Lcd {
  public:
    Lcd();
    /// Characters behind the end of the lower line are left out; so many.
    std::size_t write(LcdOffset offset, const DisplayText& text);
    /// 56 characters, as printable ASCII.
    [[nodiscard]] std::string line(LcdLine line) const;
    /// The seven characters of a slot, likewise.
    [[nodiscard]] std::string cell(LcdLine line, Slot slot) const;

  private:
    [[nodiscard]] std::string text(LcdOffset from, int length) const;
    std::array<midi::Data7, LcdOffset::count> characters_;
};

}  // namespace kedge::mackie
