#pragma once

#include <compare>
#include <string>

namespace kedge {

/// A position between the loudspeakers: -1 hard left, 0 centre, +1 hard right.
///
/// Wires differ (Ardour's OSC runs from 0 = right to 1 = left); each protocol folder converts.
class Pan {
  public:
    constexpr Pan() = default;  ///< centre
    /// A number outside -1..+1 is clamped; NaN is a bug of the caller (asserted).
    explicit Pan(double position);
    [[nodiscard]] static Pan centre() { return {}; }
    [[nodiscard]] static Pan left() { return Pan(-1.0); }
    [[nodiscard]] static Pan right() { return Pan(1.0); }

    [[nodiscard]] constexpr double position() const { return position_; }
    [[nodiscard]] Pan mirrored() const { return Pan(-position_); }
    constexpr auto operator<=>(const Pan&) const = default;

  private:
    double position_ = 0.0;
};

/// "C", "L 30", "R 100" (percent).
[[nodiscard]] std::string to_string(Pan pan);

}  // namespace kedge
