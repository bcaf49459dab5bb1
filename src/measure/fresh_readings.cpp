#include "measure/fresh_readings.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kedge::measure {

namespace {

// What a sustained sound reads low, as a part of a tick's fall-off: its last crest is never far from the
// tick.
constexpr double sustained_part = 0.2;

// The louder, the rarer: near the top of a song, peaks of half a decibel more are e times as rare
// (hundredths; from rendered songs, whose bus this then meets on the average).
constexpr double rarer = 50.0;

/// A peak somewhere in [reading, reading + hidden], hundredths of a decibel.
struct Candidate {
    double reading = 0.0;
    double hidden = 0.0;
};

/// The chance that none of the peaks is above `level`.
double chance_below(const std::vector<Candidate>& candidates, double level) {
    double chance = 1.0;
    for (const Candidate& one : candidates) {
        const double above = std::clamp(level - one.reading, 0.0, one.hidden);
        chance *= (1.0 - std::exp(-above / rarer)) / (1.0 - std::exp(-one.hidden / rarer));
    }
    return chance;
}

double level_with_chance(const std::vector<Candidate>& candidates, double chance, double low, double high) {
    constexpr int halvings = 20;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2.0;
        (chance_below(candidates, middle) < chance ? low : high) = middle;
    }
    return high;
}

}  // namespace

Freshness freshness(std::span<const Cell> cells, std::size_t i, const FallOff& fall_off) {
    const auto reading = [&](std::size_t at) {
        return at < cells.size() ? int{cells[at].raw()} : int{Cell::unheard};
    };
    const int slack = fall_off.tolerance();
    const int fallen = fall_off.per_cell - slack;
    const int now = reading(i);
    const int before = i < 1 ? int{Cell::unheard} : reading(i - 1);
    if (now <= Cell::silent) return Freshness::stale;
    if (fall_off.per_cell <= 0) return Freshness::sustained;
    if (now <= before - fallen) return Freshness::stale;
    // A tick that was longer than a cell stands in two of them, but not in three.
    if (now == before) return i >= 2 && reading(i - 2) == now ? Freshness::sustained : Freshness::stale;
    const int after = reading(i + 1) == now ? reading(i + 2) : reading(i + 1);
    // A sound that goes on holds the next reading up; a louder one after it hides how it went on.
    const bool transient = after < now - fallen || after > now + slack;
    return transient ? Freshness::transient : Freshness::sustained;
}

TruePeak true_peak(std::span<const Cell> cells, const MeterLaw& law) {
    const Cell loudest = cells.empty() ? Cell() : *std::max_element(cells.begin(), cells.end());
    const double hidden = law.largest_under_read().db() * 100.0;
    if (loudest.level().is_silence() || hidden <= 0.0)
        return {loudest.level(), loudest.level(), loudest.level()};
    const FallOff fall_off = fall_off_of(law);
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].raw() <= loudest.raw() - hidden) continue;
        const Freshness fresh = freshness(cells, i, fall_off);
        if (fresh == Freshness::stale) continue;
        candidates.push_back({static_cast<double>(cells[i].raw()),
                              fresh == Freshness::sustained ? sustained_part * hidden : hidden});
    }
    const double low = loudest.raw();
    const auto level = [&](double chance) {
        return Decibels(level_with_chance(candidates, chance, low, low + hidden) / 100.0);
    };
    return {level(0.5), level(0.8), loudest.level()};
}

}  // namespace kedge::measure
