#include "measure/statistics.hpp"

#include "measure/level_windows.hpp"
#include "measure/meter_bias.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kedge::measure {

namespace {

/// What is reused from track to track, so that no window costs an allocation.
struct Scratch {
    Readings readings;
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

/// The readings at rank and the next higher one.
struct Neighbours {
    std::int16_t low = 0;
    std::int16_t high = 0;
};

Neighbours by_selection(std::vector<std::int16_t>& values, std::size_t rank) {
    const auto nth = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), nth, values.end());
    return {*nth, rank + 1 < values.size() ? *std::min_element(nth + 1, values.end()) : *nth};
}

/// A high rank of levels lies a few decibels under the loudest: counting readings there is several times
/// faster than sorting.
std::optional<Neighbours> by_counting(const std::vector<std::int16_t>& values, std::size_t rank) {
    constexpr int most_under = 2048;
    const int loudest = *std::max_element(values.begin(), values.end());
    std::array<std::uint32_t, most_under + 1> counts{};
    for (const int value : values) ++counts[static_cast<std::size_t>(std::min(loudest - value, most_under))];
    std::size_t above = 0;  // readings louder than the one looked at
    int next_higher = loudest;
    for (int under = 0; under < most_under; ++under) {
        const std::size_t here = counts[static_cast<std::size_t>(under)];
        if (here == 0) continue;
        const std::size_t lowest_rank_here = values.size() - above - here;
        if (rank >= lowest_rank_here) {
            const bool next_is_here = rank + 1 < values.size() - above;
            const auto low = static_cast<std::int16_t>(loudest - under);
            return Neighbours{low, next_is_here ? low : static_cast<std::int16_t>(next_higher)};
        }
        above += here;
        next_higher = loudest - under;
    }
    return std::nullopt;
}

/// Between the two nearest ranks, as numpy's default: rank = share * (count - 1).
double percentile(std::vector<std::int16_t>& values, Share share) {
    const double rank = share.of_one * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const auto counted = by_counting(values, below);
    const Neighbours near = counted ? *counted : by_selection(values, below);
    return near.low + (near.high - near.low) * (rank - static_cast<double>(below));
}

/// What the cells of all active windows add up to.
struct ActiveCells {
    double power = 0.0;
    std::int64_t heard = 0;
    std::int64_t onsets = 0;

    [[nodiscard]] Decibels mean_level() const {
        if (heard == 0 || power <= 0.0) return Decibels::silence();
        return Decibels(10.0 * std::log10(power / static_cast<double>(heard)));
    }
};

ActiveCells add_up_active(const Scratch& scratch, std::size_t length, const FallOff& fall_off) {
    const auto cells = scratch.readings.cells();
    const auto& active = scratch.active;
    ActiveCells sum;
    for (std::size_t first = 0; first < active.size();) {
        // Windows one after the other are looked at in one go.
        std::size_t last = first;
        while (last + 1 < active.size() && active[last + 1] == active[last] + 1) ++last;
        const std::size_t from = active[first] * length;
        const std::size_t to = std::min((active[last] + 1) * length, cells.size());
        sum.power += power_sum(cells.subspan(from, to - from));
        sum.onsets += count_onsets(scratch.readings, from, to, fall_off);
        for (std::size_t i = first; i <= last; ++i) sum.heard += scratch.windows[active[i]].heard;
        first = last + 1;
    }
    return sum;
}

/// Fills `active` and `peaks` with what lies above the floor (a raw level). Without branches: songs stop and
/// go.
void find_active(Scratch& scratch, double floor) {
    const auto& windows = scratch.windows;
    const int above = std::max<int>(Cell::silent, static_cast<int>(std::floor(std::max(floor, -32'000.0))));
    scratch.active.resize(windows.size());
    scratch.peaks.resize(windows.size());
    std::size_t active = 0;
    std::size_t peaks = 0;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        const bool is_active = windows[i].loudest > above;
        scratch.active[active] = i;
        active += is_active;
        // A window that only hears the meter fall has no peak of its own.
        scratch.peaks[peaks] = windows[i].peak;
        peaks += is_active && windows[i].peak > Cell::silent;
    }
    scratch.active.resize(active);
    scratch.peaks.resize(peaks);
}

StripStatistics statistics_of(const TapeTrack& track, const MeterLaw& law, MeterPoint point,
                              const ActivityRule& rule, const std::optional<SongRange>& range,
                              Scratch& scratch) {
    StripStatistics result;
    result.strip = track.strip;
    const bool after_fader = point != MeterPoint::before_fader;
    if (track.muted || (after_fader && track.fader.is_silence())) return result;

    const CellRange part = cells_of(track, range);
    scratch.readings.load(track.cells, part.from, part.to);
    const auto cells = scratch.readings.cells();
    const auto length = static_cast<std::size_t>(std::max<std::int64_t>(1, rule.window / Tape::cell_length));
    FallOff fall_off;
    fall_off.per_cell = static_cast<int>(std::lround(
        law.fall_off_per_second.db() * 100.0 * std::chrono::duration<double>(Tape::cell_length).count()));
    cut_windows(scratch.readings, length, fall_off, scratch.windows);

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
    find_active(scratch, floor);
    result.absolute_peak = Decibels(loudest / 100.0) + to_source;
    if (scratch.peaks.empty()) return result;

    const double robust = percentile(scratch.peaks, rule.percentile);
    const MeterBias bias =
        meter_bias(cells, length, scratch.windows, scratch.active, Decibels(robust / 100.0), law);
    result.never_active = false;
    result.robust_peak = Decibels(robust / 100.0) + bias.robust + to_source;
    result.absolute_peak += bias.absolute;
    const ActiveCells sum = add_up_active(scratch, length, fall_off);
    result.active_level = sum.mean_level() + to_source;
    result.active_share = {static_cast<double>(scratch.active.size()) / static_cast<double>(windows_heard)};
    result.active = rule.window * static_cast<std::int64_t>(scratch.active.size());
    result.uncertainty = bias.remaining;
    result.onsets_per_second =
        static_cast<double>(sum.onsets) / std::chrono::duration<double>(result.heard).count();
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
    Readings readings;
    for (const StripGain& gain : gains) {
        const TapeTrack* track = tape.find(gain.strip);
        if (!track || track->muted || gain.gain.is_silence()) continue;
        const bool after_fader = point != MeterPoint::before_fader;
        if (after_fader && track->fader.is_silence()) continue;
        const Decibels to_output = gain.gain - track->trim - (after_fader ? track->fader : Decibels());
        const auto factor = static_cast<float>(std::pow(10.0, to_output.db() / 10.0));
        readings.load(track->cells, 0, track->cells.size());
        add_powers(readings.cells(), factor, sum);
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
