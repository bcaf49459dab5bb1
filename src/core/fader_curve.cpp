#include "core/fader_curve.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace kedge {

namespace {

namespace ardour_law {

constexpr double db_per_octave = 6.0205999132796239;
constexpr double steps_per_octave = 6.0;
constexpr double steps_below_unity = 192.0;
constexpr double all_steps = steps_below_unity + steps_per_octave;  // the top is an octave above unity
constexpr double power = 8.0;

Decibels level_at(double share) {
    const double octaves = (std::pow(share, 1.0 / power) * all_steps - steps_below_unity) / steps_per_octave;
    return Decibels(octaves * db_per_octave);
}

double share_of(Decibels level) {
    const double octaves = level.db() / db_per_octave;
    const double base = (octaves * steps_per_octave + steps_below_unity) / all_steps;
    return base > 0.0 ? std::pow(base, power) : 0.0;
}

}  // namespace ardour_law

namespace reaper_law {

constexpr double top_db = 12.0;

/// Half of the amplitude at the top, which is where u^3 and u^6 are both 1.
double half_top() {
    return std::pow(10.0, top_db / 20.0) / 2.0;
}

Decibels level_at(double share) {
    const double cubed = share * share * share;
    return Decibels::from_gain(Gain(half_top() * (cubed + cubed * cubed)));
}

double share_of(Decibels level) {
    const double ratio = level.gain().ratio() / half_top();
    // The root of c^2 + c = ratio, in the form that keeps its digits near silence.
    return std::cbrt(2.0 * ratio / (std::sqrt(1.0 + 4.0 * ratio) + 1.0));
}

}  // namespace reaper_law

namespace live_law {

constexpr double straight_from = 0.4;
constexpr double straight_slope = 40.0;
constexpr double straight_foot_db = -34.0;

// Between: a parabola, lying on its side.
constexpr double parabola_from = 0.15;
constexpr double parabola_width = 799.503788;
constexpr double parabola_depth = 12'630.61132;
constexpr double root_at_zero = 201.871345;
constexpr double root_slope = 399.751894;

constexpr double floor_db = -70.0;
constexpr double foot_range_db = 118.426374;
constexpr double foot_power = 5'567.0 / 7'504.0;

double straight_db(double share) {
    return straight_slope * share + straight_foot_db;
}

double parabola_db(double share) {
    const double root = root_at_zero - root_slope * share;
    return -(root * root + parabola_depth) / parabola_width;
}

Decibels level_at(double share) {
    if (share >= straight_from) return Decibels(straight_db(share));
    if (share >= parabola_from) return Decibels(parabola_db(share));
    return Decibels(floor_db + foot_range_db * std::pow(share, foot_power));
}

// The pieces do not quite meet: a level between two of them stands where the upper one begins.
double share_of(Decibels level) {
    const double db = level.db();
    if (db >= straight_db(straight_from)) return (db - straight_foot_db) / straight_slope;
    if (db >= parabola_db(parabola_from)) {
        const double root = std::sqrt(-parabola_width * db - parabola_depth);
        return std::min((root_at_zero - root) / root_slope, straight_from);
    }
    if (db <= floor_db) return 0.0;
    return std::min(std::pow((db - floor_db) / foot_range_db, 1.0 / foot_power), parabola_from);
}

}  // namespace live_law

}  // namespace

Decibels level_at(FaderCurve curve, FaderShare share) {
    const double within = std::clamp(share.normalised(), 0.0, 1.0);
    if (within == 0.0) return Decibels::silence();
    switch (curve) {
        case FaderCurve::ardour:
            return ardour_law::level_at(within);
        case FaderCurve::reaper:
            return reaper_law::level_at(within);
        case FaderCurve::live:
            return live_law::level_at(within);
    }
    assert(false);
    return Decibels::silence();
}

FaderShare share_of(FaderCurve curve, Decibels level) {
    if (level.is_silence()) return FaderShare(0.0);
    const auto within = [](double share) { return FaderShare(std::clamp(share, 0.0, 1.0)); };
    switch (curve) {
        case FaderCurve::ardour:
            return within(ardour_law::share_of(level));
        case FaderCurve::reaper:
            return within(reaper_law::share_of(level));
        case FaderCurve::live:
            return within(live_law::share_of(level));
    }
    assert(false);
    return FaderShare(0.0);
}

}  // namespace kedge
