#include "reaper/fader_law.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::reaper {

namespace {

constexpr double highest_pitch = 16'383.0;

/// Half of the amplitude at the top, which is where u^3 and u^6 are both 1.
double half_top() {
    return std::pow(10.0, fader_top_db / 20.0) / 2.0;
}

}  // namespace

FaderPosition position_of(Decibels level) {
    if (level.is_silence()) return FaderPosition(0.0);
    const double ratio = level.gain().ratio() / half_top();
    // The root of c^2 + c = ratio, in the form that keeps its digits near silence.
    const double cubed = 2.0 * ratio / (std::sqrt(1.0 + 4.0 * ratio) + 1.0);
    return FaderPosition(std::clamp(std::cbrt(cubed), 0.0, 1.0));
}

Decibels level_at(FaderPosition position) {
    const double u = std::clamp(position.normalised(), 0.0, 1.0);
    const double cubed = u * u * u;
    return Decibels::from_gain(Gain(half_top() * (cubed + cubed * cubed)));
}

int pitch_of(FaderPosition position) {
    return static_cast<int>(std::lround(std::clamp(position.normalised(), 0.0, 1.0) * highest_pitch));
}

FaderPosition position_at_pitch(int pitch) {
    return FaderPosition(std::clamp(pitch / highest_pitch, 0.0, 1.0));
}

}  // namespace kedge::reaper
