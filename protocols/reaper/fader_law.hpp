#pragma once

#include "core/decibels.hpp"

/// REAPER's track fader with its default range, as it is normalised on the wire: 0 is silence, 1 is +12 dB,
/// unity lies at 0.7162178503126. The curve is u^3 + u^6 of the amplitude, fitted to the constants that
/// REAPER publishes; a user who changed the fader's range in the preferences has another one, which is why
/// dB patterns are preferred. Safe from any thread.
namespace kedge::reaper {

/// Where a fader of REAPER stands on its way, from 0 to 1.
class FaderPosition {
  public:
    explicit constexpr FaderPosition(double normalised) : normalised_(normalised) {}
    [[nodiscard]] constexpr double normalised() const { return normalised_; }
    constexpr auto operator<=>(const FaderPosition&) const = default;

  private:
    double normalised_;
};

/// The highest a fader goes by default.
inline constexpr double fader_top_db = 12.0;
/// REAPER's floor: an amplitude of 0 reads as this, and so does everything below it.
inline constexpr double fader_floor_db = -150.0;

/// Levels above the top stand at 1, silence at 0.
[[nodiscard]] FaderPosition position_of(Decibels level);
/// Positions outside of 0 to 1 count as the nearer end; 0 is silence.
[[nodiscard]] Decibels level_at(FaderPosition position);

/// The fader on a surface of 14 bits, 0 to 16383, as REAPER's own drivers for Mackie Control and HUI send it:
/// the same way, evenly. Beyond the ends is the end.
[[nodiscard]] int pitch_of(FaderPosition position);
[[nodiscard]] FaderPosition position_at_pitch(int pitch);

}  // namespace kedge::reaper
