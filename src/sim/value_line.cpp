#include "sim/value_line.hpp"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace kedge::sim {

std::string level_text(Decibels level, ValueRules::LevelText form) {
    if (form == ValueRules::LevelText::padded)
        return level.is_silence() ? " -inf " : fmt::format("{:6.1f}", level.db());
    return level.is_silence() ? "-infdB" : fmt::format("{:.1f}dB", level.db());
}

std::string pan_text(Pan pan, ValueRules::PanText form) {
    if (form == ValueRules::PanText::shares) {
        const auto right = std::lrint((pan.position() + 1.0) * 50.0);
        return fmt::format("L{}R{}", 100 - right, right);
    }
    const auto aside = std::lrint(pan.position() * 100.0);
    if (aside == 0) return "C";
    return fmt::format("{}{}", aside < 0 ? 'L' : 'R', std::abs(aside));
}

void ValueLine::show(Shown what, Instant now, const ValueRules& rules) {
    if (!rules.shows) return;
    shown_ = what;
    until_ = now + rules.hold;
}

ValueLine::Shown ValueLine::look(Instant now, bool held, const ValueRules& rules) {
    if (shown_ == Shown::level && held && rules.held_by_touch) until_ = now + rules.hold;
    if (now >= until_) shown_ = Shown::rest;
    return shown_;
}

std::string value_text(ValueLine::Shown shown, Decibels level, Pan pan, const ValueRules& rules) {
    if (shown == ValueLine::Shown::level) return level_text(level, rules.levels);
    if (shown == ValueLine::Shown::pan) return pan_text(pan, rules.pans);
    switch (rules.rest) {
        case ValueRules::Rest::nothing:
            break;
        case ValueRules::Rest::word_pan:
            return "Pan";
        case ValueRules::Rest::pan:
            return pan_text(pan, rules.pans);
    }
    return {};
}

}  // namespace kedge::sim
