#pragma once

#include <cassert>
#include <compare>
#include <cstdint>

namespace kedge {

/// Where a fader of a control surface stands: 0 at the bottom, 16383 at the top. What level that is, each DAW
/// has a law of its own for: see FaderScale. A number out of range is a bug of the caller (asserted).
class FaderPosition {
  public:
    static constexpr int top = 16'383;

    constexpr FaderPosition() = default;  ///< at the bottom
    explicit constexpr FaderPosition(int value) : value_(static_cast<std::uint16_t>(value)) {
        assert(value >= 0 && value <= top);
    }
    [[nodiscard]] constexpr int value() const { return value_; }
    constexpr auto operator<=>(const FaderPosition&) const = default;

  private:
    std::uint16_t value_ = 0;
};

}  // namespace kedge
