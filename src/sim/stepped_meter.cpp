#include "sim/stepped_meter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace kedge::sim {

namespace {

constexpr int top_segment = 13;
constexpr double reaper_bottom_db = -70.0;

/// The deflection of the meter in percent begins at each of these levels with so much, and grows so from
/// there.
struct Stretch {
    double from_db;
    double percent;
    double percent_a_db;
};
constexpr std::array stretches = {Stretch{-70, 0, 0.25}, Stretch{-60, 2.5, 0.5}, Stretch{-50, 7.5, 0.75},
                                  Stretch{-40, 15, 1.5}, Stretch{-30, 30, 2.0},  Stretch{-20, 50, 2.5}};
constexpr double full_deflection = 115.0;

int ardour_segments(double db) {
    double percent = 0.0;
    for (const Stretch& stretch : stretches)
        if (db >= stretch.from_db) percent = stretch.percent + (db - stretch.from_db) * stretch.percent_a_db;
    return static_cast<int>(std::lrint(std::min(percent, full_deflection) / full_deflection * top_segment));
}

int reaper_segments(double db) {
    if (db >= 0.0) return top_segment;
    return static_cast<int>(std::max(0.0, (db - reaper_bottom_db) * top_segment / -reaper_bottom_db));
}

constexpr std::array lowest_of_segments = {-60, -50, -40, -30, -20, -14, -10, -8, -6, -4, -2, 0};

int threshold_segments(double db) {
    return static_cast<int>(std::count_if(lowest_of_segments.begin(), lowest_of_segments.end(),
                                          [&](int lowest) { return db >= lowest; }));
}

}  // namespace

int meter_segments(Decibels level, MeterScale scale) {
    if (level.is_silence()) return 0;
    switch (scale) {
        case MeterScale::ardour:
            return ardour_segments(level.db());
        case MeterScale::reaper:
            return reaper_segments(level.db());
        case MeterScale::thresholds:
            break;
    }
    return threshold_segments(level.db());
}

/// Whether it stands as high as the DAW reckons that the surface still shows, or higher.
bool SteppedMeter::is_risen(Instant now, Decibels level, Decibels fall_a_second) {
    if (!reckoned_.is_silence()) {
        const double seconds = std::chrono::duration<double>(now - last_look_).count();
        reckoned_ -= Decibels(fall_a_second.db() * seconds);
    }
    last_look_ = now;
    if (level.is_silence() || level < reckoned_) return false;
    reckoned_ = level;
    return true;
}

SteppedMeter::Said SteppedMeter::look(Instant now, Decibels level, const MeterRules& rules) {
    Said said;
    const int segments = meter_segments(level, rules.scale);
    switch (rules.telling) {
        case MeterRules::Telling::never:
            return said;
        case MeterRules::Telling::each_time:
            said.segments = segments;
            break;
        case MeterRules::Telling::on_change:
            if (said_ != segments) said.segments = segments;
            break;
        case MeterRules::Telling::on_rise:
            if (is_risen(now, level, rules.fall_a_second)) said.segments = segments;
            break;
    }
    said_ = segments;
    const bool over = rules.overload && !level.is_silence() && level > Decibels();
    if (std::exchange(overloaded_, over) != over) said.overload = over;
    return said;
}

}  // namespace kedge::sim
