#include "sim/fader_law.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::sim {

namespace {

constexpr double top_gain = 2.0;
constexpr double octave_db = 6.0;
constexpr double span = 192.0;
constexpr double root = 8.0;

}  // namespace

double fader_position(Decibels level) {
    if (level.is_silence()) return 0.0;
    const double octaves = std::log2(2.0 * level.gain().ratio() / top_gain);
    const double base = (octave_db * octaves + span) / (span + octave_db);
    return base <= 0.0 ? 0.0 : std::pow(base, root);
}

Decibels fader_level(double position) {
    if (!(position > 0.0)) return Decibels::silence();
    const double base = std::pow(std::min(position, 1.0), 1.0 / root);
    const double octaves = (base * (span + octave_db) - span) / octave_db;
    return Decibels::from_gain(Gain(std::exp2(octaves) * top_gain / 2.0));
}

}  // namespace kedge::sim
