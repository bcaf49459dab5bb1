#include "measure/stepped_peak.hpp"

#include "measure/percentile.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::measure {

namespace {

std::int16_t raw_of(Decibels level) {
    return Cell::reading(level).raw();
}

Decibels level_of(std::int16_t raw) {
    return Cell::from_raw(raw).level();
}

/// How many cells a meter that falls can stay in a step for.
std::size_t longest_fall_through(LevelRange step, int per_cell) {
    const double width = (step.high - step.low).db() * 100.0;
    return static_cast<std::size_t>(std::ceil(width / per_cell)) + 1;
}

std::int16_t largest_peak(std::span<const LevelWindow> windows) {
    std::int16_t largest = Cell::unheard;
    for (const LevelWindow& window : windows) largest = std::max(largest, window.peak);
    return largest;
}

/// The step of a window's peak, or of its loudest reading.
LevelRange step_of(std::int16_t raw, const MeterLaw& law) {
    return law.step_of(level_of(raw));
}

}  // namespace

void find_stepped_peaks(std::span<const Cell> cells, std::size_t length, const MeterLaw& law,
                        std::span<LevelWindow> windows) {
    const int per_cell = fall_off_of(law).per_cell;
    Cell before;
    std::size_t stays = 0;  // cells in the same step, this one too
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Cell now = cells[i];
        if (i % length == 0) windows[i / length].peak = Cell::unheard;
        stays = now == before ? stays + 1 : 1;
        const bool sounds = now.raw() > Cell::silent;
        const bool fresh = sounds && now == before
                               ? stays > longest_fall_through(step_of(now.raw(), law), per_cell)
                               : now > before;
        if (fresh) windows[i / length].peak = std::max(windows[i / length].peak, now.raw());
        before = now;
    }
}

LevelRange least_active(Decibels loudest, const MeterLaw& law, const ActivityRule& rule, Decibels floor) {
    const LevelRange top = law.step_of(loudest);
    return {std::max(floor, top.low - rule.below_loudest), std::max(floor, top.high - rule.below_loudest)};
}

SteppedPeak stepped_peak(std::span<const LevelWindow> windows, const MeterLaw& law, LevelRange least,
                         measure::Share share) {
    std::vector<std::int16_t> low;   // of all that may be active, where its step begins
    std::vector<std::int16_t> high;  // of all that surely are, where it ends
    for (const LevelWindow& window : windows) {
        if (window.peak <= Cell::silent) continue;
        const LevelRange loudest = step_of(window.loudest, law);
        const LevelRange peak = step_of(window.peak, law);
        if (loudest.high > least.low || loudest.low == loudest.high) low.push_back(raw_of(peak.low));
        if (loudest.low > least.high) high.push_back(raw_of(peak.high));
    }
    if (low.empty()) return {};
    if (high.empty()) high.push_back(raw_of(step_of(largest_peak(windows), law).high));
    const std::int16_t topmost = raw_of(law.steps.back());
    const double from = percentile(low, share.of_one);
    const double to = std::max(from, percentile(high, share.of_one));

    SteppedPeak peak;
    peak.any = true;
    peak.middle = Decibels((from + to) / 200.0);
    peak.within = Decibels((to - from) / 200.0);
    // The percentile lies between two readings: it is open when the louder of them is.
    const auto open = static_cast<double>(std::count(low.begin(), low.end(), topmost));
    peak.open_above = open > (1.0 - share.of_one) * static_cast<double>(low.size() - 1);
    return peak;
}

}  // namespace kedge::measure
