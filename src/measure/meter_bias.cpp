#include "measure/meter_bias.hpp"

#include "measure/fresh_readings.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kedge::measure {

namespace {

// More windows than this do not make the estimate better; they are chosen from so many all over the song.
constexpr std::size_t most_looked_at = 32;
constexpr std::size_t most_chosen_from = 512;
// A sustained signal has a peak shortly before every tick: what it reads low is a small part of a tick's
// fall-off.
constexpr double sustained_reads_low = 0.1;

struct Draw {
    double mean = 0.0;
    double variance = 0.0;
};

/// The least of n uniform draws from 0 to `tick`.
Draw least_of(int n, double tick) {
    if (n == 0) return {sustained_reads_low * tick, 0.0};
    const double k = n;
    return {tick / (k + 1.0), tick * tick * k / ((k + 1.0) * (k + 1.0) * (k + 2.0))};
}

/// What the windows looked at add up to.
struct Findings {
    double count = 0.0;
    double peaks = 0.0;    ///< of their peaks over the percentile
    double squares = 0.0;  ///< likewise
    Draw draws;
    int at_the_top = 0;  ///< transients within a tick of the loudest
    bool top_sustained = false;
};

struct Question {
    const Looks& looks;
    const ActiveWindows& active;
    double robust = 0.0;  ///< raw
    double tick = 0.0;    ///< of fall-off, raw
    FallOff fall_off;
};

/// What one look at a window tells.
struct Glance {
    int transients = 0;  ///< near the window's peak, each alone in its tick
    bool sustained_peak = false;
    bool heard = false;
};

Glance glance_at(const Question& question, std::span<const Cell> cells, std::size_t from, std::size_t to,
                 int peak) {
    Glance glance;
    const auto near_peak = static_cast<int>(std::ceil(peak - question.tick));
    for (std::size_t i = from; i < to; ++i) {
        const int now = cells[i].raw();
        glance.heard = glance.heard || cells[i].heard();
        if (now < near_peak) continue;
        const Freshness fresh = freshness(cells, i, question.fall_off);
        if (fresh == Freshness::sustained && now == peak) glance.sustained_peak = true;
        glance.transients += fresh == Freshness::transient;
    }
    return glance;
}

void look_at(const Question& question, std::size_t index, Findings& found) {
    const auto& active = question.active;
    const int peak = active.windows[index].peak;
    const auto tick = static_cast<int>(std::lround(question.tick));
    const std::size_t from = index * active.length;
    const std::size_t to = std::min(from + active.length, question.looks.first.size());
    const Glance first = glance_at(question, question.looks.first, from, to, peak);
    const Glance again =
        question.looks.again.empty() ? Glance() : glance_at(question, question.looks.again, from, to, peak);
    const bool sustained = first.sustained_peak || again.sustained_peak;
    const int n = sustained ? 0 : std::max(first.transients, again.transients);
    const Draw draw = least_of(n, again.heard && n > 0 ? question.tick / 2.0 : question.tick);
    const double offset = peak - question.robust;
    found.count += 1.0;
    found.peaks += offset;
    found.squares += offset * offset;
    found.draws.mean += draw.mean;
    found.draws.variance += draw.variance;
    if (peak > active.loudest_peak - tick) found.at_the_top += again.heard ? 2 * n : n;
    if (peak == active.loudest_peak && n == 0) found.top_sustained = true;
}

/// The windows about the percentile have a say in it, and the loudest ones.
Findings look_about(const Question& question) {
    const auto& active = question.active;
    const auto peak = [&](std::uint32_t index) { return active.windows[index].peak; };
    Findings found;
    std::size_t tops = 0;
    for (const std::uint32_t index : active.indices) {
        if (peak(index) != active.loudest_peak) continue;
        look_at(question, index, found);
        if (++tops == most_looked_at) break;
    }

    const auto lowest = static_cast<int>(std::ceil(question.robust - 2.0 * question.tick));
    std::array<std::uint32_t, most_chosen_from> near;
    std::size_t count = 0;
    const std::size_t stride = (active.indices.size() + near.size() - 1) / near.size();
    for (std::size_t i = 0; i < active.indices.size(); i += stride) {
        near[count] = active.indices[i];
        count += peak(near[count]) >= lowest && peak(near[count]) != active.loudest_peak;
    }
    for (std::size_t i = 0; i < count; i += count / most_looked_at + 1) look_at(question, near[i], found);
    return found;
}

}  // namespace

MeterBias meter_bias(const Looks& looks, const ActiveWindows& active, Decibels robust, const MeterLaw& law) {
    const double tick = law.largest_under_read().db() * 100.0;
    if (tick <= 0.0) return {};
    const Findings found = look_about({looks, active, robust.db() * 100.0, tick, fall_off_of(law)});
    const double mean = found.peaks / found.count;
    const double variance = std::max(0.0, found.squares / found.count - mean * mean);
    const Draw draw{found.draws.mean / found.count, found.draws.variance / found.count};
    // The windows' own spread is what remains when that of the draws is taken out.
    const double own = variance <= 0.0 ? 1.0 : std::sqrt(std::max(0.0, variance - draw.variance) / variance);
    const double robust_bias = std::clamp(mean + draw.mean - mean * own, 0.0, tick);
    const double absolute_bias = least_of(found.top_sustained ? 0 : found.at_the_top, tick).mean;

    MeterBias bias;
    bias.robust = Decibels(robust_bias / 100.0);
    bias.absolute = Decibels(absolute_bias / 100.0);
    bias.remaining = Decibels(draw.mean / 100.0);
    return bias;
}

}  // namespace kedge::measure
