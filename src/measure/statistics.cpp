#include "measure/statistics.hpp"

#include "measure/level_windows.hpp"
#include "measure/meter_bias.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::measure {

namespace {

/// What is reused from track to track, so that no window costs an allocation.
struct Scratch {
    std::vector<LevelWindow> windows;
    std::vector<std::size_t> active;  ///< indices of active windows
    std::vector<std::int16_t> peaks;  ///< of the active windows
};

struct CellRange {
    std::size_t from = 0;
    std::size_t to = 0;
};

CellRange cells_of(const TapeTrack& track, const std::optional<SongRange>& range) {
    if (!range) return {0, track.cells.size()};
    const auto clamp = [&](Duration at) {
        const auto cell = std::max<std::int64_t>(0, at / Tape::cell_length);
        return std::min(track.cells.size(), static_cast<std::size_t>(cell));
    };
    // A cell that the range touches counts.
    const CellRange cells{clamp(range->from.since_start()),
                          clamp(range->to.since_start() + Tape::cell_length - Duration(1))};
    return {cells.from, std::max(cells.from, cells.to)};
}

/// Between the two nearest ranks, as numpy's default: rank = share * (count - 1).
double percentile(std::vector<std::int16_t>& values, Share share) {
    const double rank = share.of_one * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const auto nth = values.begin() + static_cast<std::ptrdiff_t>(below);
    std::nth_element(values.begin(), nth, values.end());
    const double low = *nth;
    if (below + 1 >= values.size()) return low;
    const double high = *std::min_element(nth + 1, values.end());
    return low + (high - low) * (rank - static_cast<double>(below));
}

Decibels mean_level(std::span<const Cell> cells, const Scratch& scratch, std::size_t length) {
    double sum = 0.0;
    std::size_t heard = 0;
    for (const std::size_t index : scratch.active) {
        const std::size_t from = index * length;
        const std::size_t to = std::min(from + length, cells.size());
        float power = 0.0F;
        for (std::size_t i = from; i < to; ++i) power += power_of(cells[i]);
        sum += static_cast<double>(power);
        heard += static_cast<std::size_t>(scratch.windows[index].heard);
    }
    if (heard == 0 || sum <= 0.0) return Decibels::silence();
    return Decibels(10.0 * std::log10(sum / static_cast<double>(heard)));
}

StripStatistics statistics_of(const TapeTrack& track, const MeterLaw& law, MeterPoint point,
                              const ActivityRule& rule, const std::optional<SongRange>& range,
                              Scratch& scratch) {
    StripStatistics result;
    result.strip = track.strip;
    const bool after_fader = point != MeterPoint::before_fader;
    if (track.muted || (after_fader && track.fader.is_silence())) return result;

    const CellRange part = cells_of(track, range);
    const std::span<const Cell> cells = std::span(track.cells).subspan(part.from, part.to - part.from);
    const auto length = static_cast<std::size_t>(std::max<std::int64_t>(1, rule.window / Tape::cell_length));
    FallOff fall_off;
    fall_off.per_cell = static_cast<int>(std::lround(
        law.fall_off_per_second.db() * 100.0 * std::chrono::duration<double>(Tape::cell_length).count()));
    cut_windows(cells, length, fall_off, scratch.windows);

    const Decibels to_source = after_fader ? -(track.fader + track.trim) : -track.trim;
    std::int16_t loudest = Cell::silent;
    std::int64_t heard = 0;
    std::int64_t windows_heard = 0;
    for (const LevelWindow& window : scratch.windows) {
        loudest = std::max(loudest, window.loudest);
        heard += window.heard;
        windows_heard += window.heard > 0;
    }
    result.heard = Tape::cell_length * heard;
    if (loudest == Cell::silent) return result;

    const double floor =
        std::max(loudest - rule.below_loudest.db() * 100.0, (rule.floor - to_source).db() * 100.0);
    scratch.active.clear();
    scratch.peaks.clear();
    std::int64_t onsets = 0;
    for (std::size_t i = 0; i < scratch.windows.size(); ++i) {
        const LevelWindow& window = scratch.windows[i];
        if (window.loudest <= Cell::silent || window.loudest <= floor) continue;
        scratch.active.push_back(i);
        // A window that only hears the meter fall has no peak of its own.
        if (window.peak > Cell::silent) scratch.peaks.push_back(window.peak);
        onsets += window.onsets;
    }
    result.absolute_peak = Decibels(loudest / 100.0) + to_source;
    if (scratch.peaks.empty()) return result;

    const double robust = percentile(scratch.peaks, rule.percentile);
    const MeterBias bias =
        meter_bias(cells, length, scratch.windows, scratch.active, Decibels(robust / 100.0), law);
    result.never_active = false;
    result.robust_peak = Decibels(robust / 100.0) + bias.robust + to_source;
    result.absolute_peak += bias.absolute;
    result.active_level = mean_level(cells, scratch, length) + to_source;
    result.active_share = {static_cast<double>(scratch.active.size()) / static_cast<double>(windows_heard)};
    result.active = rule.window * static_cast<std::int64_t>(scratch.active.size());
    result.uncertainty = bias.remaining;
    result.onsets_per_second =
        static_cast<double>(onsets) / std::chrono::duration<double>(result.heard).count();
    return result;
}

}  // namespace

std::vector<StripStatistics> statistics(const Tape& tape, const MeterLaw& law, MeterPoint point,
                                        const ActivityRule& rule, std::optional<SongRange> range) {
    std::vector<StripStatistics> all;
    all.reserve(tape.tracks().size());
    Scratch scratch;
    for (const TapeTrack& track : tape.tracks())
        all.push_back(statistics_of(track, law, point, rule, range, scratch));
    return all;
}

std::optional<SongRange> loudest_part(const Tape& tape, MeterPoint point, const std::vector<StripGain>& gains,
                                      Duration length) {
    std::vector<float> sum(tape.length(), 0.0F);
    for (const StripGain& gain : gains) {
        const TapeTrack* track = tape.find(gain.strip);
        if (!track || track->muted || gain.gain.is_silence()) continue;
        const bool after_fader = point != MeterPoint::before_fader;
        if (after_fader && track->fader.is_silence()) continue;
        const Decibels to_output = gain.gain - track->trim - (after_fader ? track->fader : Decibels());
        const auto factor = static_cast<float>(std::pow(10.0, to_output.db() / 10.0));
        for (std::size_t i = 0; i < track->cells.size(); ++i) sum[i] += factor * power_of(track->cells[i]);
    }
    const auto wanted = std::max<std::int64_t>(1, length / Tape::cell_length);
    const auto cells = std::min(sum.size(), static_cast<std::size_t>(wanted));
    if (cells == 0) return std::nullopt;
    double running = 0.0;
    for (std::size_t i = 0; i < cells; ++i) running += static_cast<double>(sum[i]);
    double best = running;
    std::size_t best_at = 0;
    for (std::size_t i = cells; i < sum.size(); ++i) {
        running += static_cast<double>(sum[i]) - static_cast<double>(sum[i - cells]);
        // Rounding must not let a later part win over an equal earlier one.
        if (running <= best * (1.0 + 1e-9)) continue;
        best = running;
        best_at = i + 1 - cells;
    }
    if (best <= 0.0) return std::nullopt;
    const SongTime from(Tape::cell_length * static_cast<std::int64_t>(best_at));
    return SongRange{from, from + Tape::cell_length * static_cast<std::int64_t>(cells)};
}

}  // namespace kedge::measure
