#pragma once

#include "core/decibels.hpp"

#include <compare>

/// The laws by which DAWs lay levels along a fader's way, as far as they are known as formulas. Each rises
/// everywhere; the bottom is silence. Safe from any thread.
namespace kedge {

/// How far up its way a fader stands: 0 at the bottom, 1 at the top.
class FaderShare {
  public:
    explicit constexpr FaderShare(double normalised) : normalised_(normalised) {}
    [[nodiscard]] constexpr double normalised() const { return normalised_; }
    constexpr auto operator<=>(const FaderShare&) const = default;

  private:
    double normalised_;
};

enum class FaderCurve {
    /// ((6 log2 g + 192) / 198)^8 of the gain g; +6.02 dB at the top.
    ardour,
    /// u^3 + u^6 of the amplitude, fitted to the constants that REAPER publishes; +12 dB at the top, for a
    /// fader whose range nobody changed in the preferences.
    reaper,
    /// Straight from -18 dB at 0.4 to +6 dB at the top. Below it users fitted a curve to what Live shows,
    /// good to about 0.1 dB down to -41 dB; what is lower yet is a guess, and ends at -70 dB.
    live,
};

/// A share outside of 0 to 1 counts as the nearer end; 0 is silence.
[[nodiscard]] Decibels level_at(FaderCurve curve, FaderShare share);
/// Levels above the top stand at 1. Silence stands at 0, and so does what the curve does not reach down to.
[[nodiscard]] FaderShare share_of(FaderCurve curve, Decibels level);

}  // namespace kedge
