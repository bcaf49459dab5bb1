#include "core/exactness.hpp"

#include <cmath>

namespace kedge {

bool may_be_in(const LevelRange& range, Decibels level, const Exactness& known, Decibels tolerance) {
    const Decibels off = tolerance + known.within;
    if (known.open_above) return level - off <= range.high;
    return range.holds(level, off);
}

std::string to_string(const Exactness& known) {
    if (known.open_above) return "at least";
    if (known.exact()) return {};
    constexpr double hair = 0.01;
    const auto halves = static_cast<int>(std::ceil((known.within.db() - hair) * 2.0));
    return "within " + std::to_string(halves / 2) + (halves % 2 == 0 ? " dB" : ".5 dB");
}

}  // namespace kedge
