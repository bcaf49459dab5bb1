#include "core/decibels.hpp"

#include <cassert>
#include <cmath>
#include <cstdio>
#include <limits>

namespace kedge {

namespace {
constexpr double minus_infinity = -std::numeric_limits<double>::infinity();
constexpr double beyond_any_distance = 400.0;
}  // namespace

Decibels::Decibels(double db) : db_(db) {
    assert(is_level(db));
}

Decibels Decibels::silence() {
    return Decibels(minus_infinity);
}

Decibels Decibels::from_gain(Gain gain) {
    return gain.ratio() <= 0.0 ? silence() : Decibels(20.0 * std::log10(gain.ratio()));
}

bool Decibels::is_level(double db) {
    return std::isfinite(db) || db == minus_infinity;
}

bool Decibels::is_silence() const {
    return db_ == minus_infinity;
}

Gain Decibels::gain() const {
    return Gain(is_silence() ? 0.0 : std::pow(10.0, db_ / 20.0));
}

Decibels operator+(Decibels a, Decibels b) {
    return Decibels(a.db_ + b.db_);
}

Decibels operator-(Decibels a, Decibels b) {
    if (a.is_silence()) return a;
    assert(!b.is_silence());
    return Decibels(a.db_ - b.db_);
}

Decibels operator-(Decibels a) {
    assert(!a.is_silence());
    return Decibels(-a.db_);
}

Decibels power_sum(Decibels a, Decibels b) {
    if (a.is_silence()) return b;
    if (b.is_silence()) return a;
    return Decibels(10.0 * std::log10(std::pow(10.0, a.db() / 10.0) + std::pow(10.0, b.db() / 10.0)));
}

Decibels distance(Decibels a, Decibels b) {
    if (a.is_silence() && b.is_silence()) return Decibels();
    if (a.is_silence() || b.is_silence()) return Decibels(beyond_any_distance);
    return Decibels(std::abs(a.db() - b.db()));
}

Decibels nearest_step(Decibels level, Decibels step) {
    assert(step > Decibels());
    if (level.is_silence()) return level;
    return Decibels(std::round(level.db() / step.db()) * step.db() + 0.0);
}

bool LevelRange::holds(Decibels level, Decibels tolerance) const {
    return level >= low - tolerance && level <= high + tolerance;
}

std::string to_string(Decibels level) {
    if (level.is_silence()) return "-inf dB";
    char text[32];
    // Rounded first, so that -0.04 is "0.0 dB" and not "-0.0 dB".
    const double rounded = std::round(level.db() * 10.0) / 10.0 + 0.0;
    std::snprintf(text, sizeof text, rounded == 0.0 ? "%.1f dB" : "%+.1f dB", rounded);
    return text;
}

}  // namespace kedge
