#include "core/meter_law.hpp"

#include <algorithm>

namespace kedge {

LevelRange MeterLaw::step_of(Decibels reading) const {
    if (!coarse()) return {reading, reading};
    const auto next = std::upper_bound(steps.begin(), steps.end(), reading);
    if (next == steps.end()) return {steps.back(), steps.back()};
    // Below the first there is no step; what is told of there was rounded on its way.
    if (next == steps.begin()) return {steps.front(), steps.size() > 1 ? steps[1] : steps.front()};
    return {*(next - 1), *next};
}

Decibels MeterLaw::told(Decibels level) const {
    if (!coarse()) return level;
    if (level < steps.front()) return Decibels::silence();
    const LevelRange step = step_of(level);
    return Decibels((step.low.db() + step.high.db()) / 2.0);
}

Decibels MeterLaw::off_by(Decibels reading) const {
    if (!coarse() || reading.is_silence()) return {};
    const LevelRange step = step_of(reading);
    return Decibels((step.high - step.low).db() / 2.0);
}

bool MeterLaw::open_above(Decibels reading) const {
    return coarse() && reading >= steps.back();
}

}  // namespace kedge
