#include "measure/meter_bias.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::measure {

namespace {

// More windows than this do not make the estimate better.
constexpr std::size_t most_looked_at = 32;
// A sustained signal has a peak shortly before every tick: what it reads low is a small part of a tick's
// fall-off.
constexpr double sustained_part = 0.1;

/// Transients near the window's peak, each alone in its tick; 0 for a sustained signal.
int transients(std::span<const Cell> cells, std::size_t from, std::size_t to, int peak, int tick) {
    const int slack = std::min(FallOff().slack, tick / 2);
    int count = 0;
    bool top_sustained = false;
    for (std::size_t i = from; i < to; ++i) {
        const int now = cells[i].raw();
        if (now <= Cell::silent || now < peak - tick) continue;
        const int before = i == 0 ? int{Cell::unheard} : int{cells[i - 1].raw()};
        const int after = i + 1 == cells.size() ? int{Cell::unheard} : int{cells[i + 1].raw()};
        const bool fresh = now > before - tick + slack;
        if (!fresh) continue;
        // A sound that goes on holds the next reading up; a louder one after it hides how it went on.
        const bool falls = after < now - tick + slack || after > now + slack;
        count += falls;
        if (!falls && now == peak) top_sustained = true;
    }
    return top_sustained ? 0 : count;
}

struct Draw {
    double mean = 0.0;
    double variance = 0.0;
};

/// The least of n uniform draws from 0 to `tick`.
Draw least_of(int n, double tick) {
    if (n == 0) return {sustained_part * tick, 0.0};
    const double k = n;
    return {tick / (k + 1.0), tick * tick * k / ((k + 1.0) * (k + 1.0) * (k + 2.0))};
}

/// Only windows about the percentile have a say in it.
struct NearWindows {
    std::span<const std::size_t> indices;
    std::int16_t loudest = Cell::silent;
};

NearWindows near_windows(std::span<const LevelWindow> windows, std::span<const std::size_t> active,
                         int lowest, std::vector<std::size_t>& scratch) {
    scratch.resize(active.size());
    std::size_t* const indices = scratch.data();
    std::size_t count = 0;
    std::int16_t loudest = Cell::silent;
    for (const std::size_t index : active) {
        indices[count] = index;
        count += windows[index].peak >= lowest;
        loudest = std::max(loudest, windows[index].peak);
    }
    return {std::span(indices, count), loudest};
}

}  // namespace

MeterBias meter_bias(std::span<const Cell> cells, std::size_t length, std::span<const LevelWindow> windows,
                     std::span<const std::size_t> active, Decibels robust, const MeterLaw& law,
                     std::vector<std::size_t>& scratch) {
    const double tick = law.largest_under_read().db() * 100.0;
    if (tick <= 0.0) return {};
    const auto whole_tick = static_cast<int>(std::lround(tick));
    const double robust_raw = robust.db() * 100.0;

    const int lowest_near = static_cast<int>(std::ceil(robust_raw - 2.0 * tick));
    const NearWindows near = near_windows(windows, active, lowest_near, scratch);
    const int loudest = near.loudest;
    const std::size_t stride = near.indices.size() / most_looked_at + 1;
    double count = 0.0;
    double peaks = 0.0;
    double squares = 0.0;
    Draw mean_draw;
    int at_the_top = 0;
    bool top_sustained = false;
    std::size_t next = 0;
    for (std::size_t i = 0; i < near.indices.size(); ++i) {
        const std::size_t index = near.indices[i];
        const int peak = windows[index].peak;
        const bool top = peak == loudest;
        if (i != next && !top) continue;
        if (i == next) next += stride;
        const std::size_t from = index * length;
        const int n = transients(cells, from, std::min(from + length, cells.size()), peak, whole_tick);
        const Draw draw = least_of(n, tick);
        const double offset = peak - robust_raw;
        count += 1.0;
        peaks += offset;
        squares += offset * offset;
        mean_draw.mean += draw.mean;
        mean_draw.variance += draw.variance;
        if (peak > loudest - whole_tick) at_the_top += n;
        if (top && n == 0) top_sustained = true;
    }
    const double mean = peaks / count;
    const double variance = std::max(0.0, squares / count - mean * mean);
    mean_draw.mean /= count;
    mean_draw.variance /= count;
    // The windows' own spread is what remains when that of the draws is taken out.
    const double own =
        variance <= 0.0 ? 1.0 : std::sqrt(std::max(0.0, variance - mean_draw.variance) / variance);
    const double robust_bias = std::clamp(mean + mean_draw.mean - mean * own, 0.0, tick);
    const double absolute_bias = least_of(top_sustained ? 0 : at_the_top, tick).mean;

    MeterBias bias;
    bias.robust = Decibels(robust_bias / 100.0);
    bias.absolute = Decibels(absolute_bias / 100.0);
    bias.remaining = Decibels(mean_draw.mean / 100.0);
    return bias;
}

}  // namespace kedge::measure
