#include "core/meter_law.hpp"

#include <algorithm>

namespace kedge {

namespace {

// Readings are kept in hundredths: the last step's own level may have lost half of one.
constexpr double rounded_off_db = 0.006;

Decibels unrounded(Decibels reading) {
    return reading + Decibels(rounded_off_db);
}

/// Of steps that are not empty.
LevelRange step_around(const std::vector<Decibels>& steps, Decibels level) {
    const auto next = std::upper_bound(steps.begin(), steps.end(), level);
    if (next == steps.end()) return {steps.back(), steps.back()};
    // Below the first there is no step; what is told of there was rounded on its way.
    if (next == steps.begin()) return {steps.front(), steps.size() > 1 ? steps[1] : steps.front()};
    return {*(next - 1), *next};
}

}  // namespace

LevelRange MeterLaw::step_of(Decibels reading) const {
    if (!coarse()) return {reading, reading};
    return step_around(steps, unrounded(reading));
}

Decibels MeterLaw::told(Decibels level) const {
    if (!coarse()) return level;
    if (level < steps.front()) return Decibels::silence();
    const LevelRange step = step_around(steps, level);
    return Decibels((step.low.db() + step.high.db()) / 2.0);
}

Decibels MeterLaw::off_by(Decibels reading) const {
    if (!coarse() || reading.is_silence()) return {};
    const LevelRange step = step_of(reading);
    return Decibels((step.high - step.low).db() / 2.0);
}

bool MeterLaw::open_above(Decibels reading) const {
    return coarse() && unrounded(reading) >= steps.back();
}

}  // namespace kedge
