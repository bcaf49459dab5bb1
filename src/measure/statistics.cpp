#include "measure/statistics.hpp"

#include "measure/lanes.hpp"
#include "measure/level_windows.hpp"
#include "measure/meter_bias.hpp"
#include "measure/percentile.hpp"
#include "measure/stepped_peak.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace kedge::measure {

namespace {

/// What is reused from track to track, so that no window costs an allocation.
struct Scratch {
    Readings readings;
    Readings again;  ///< of a second look
    std::vector<LevelWindow> windows;
    std::vector<LevelWindow> windows_again;
    std::vector<std::uint32_t> active;  ///< indices of active windows
    std::vector<std::int16_t> peaks;    ///< of the active windows
};

/// What the cells of active windows add up to.
struct ActiveCells {
    double power = 0.0;
    std::int64_t heard = 0;
    std::int64_t onsets = 0;
    std::size_t windows = 0;

    [[nodiscard]] Decibels mean_level() const {
        if (heard == 0 || power <= 0.0) return Decibels::silence();
        return Decibels(10.0 * std::log10(power / static_cast<double>(heard)));
    }
};

// Means need no more windows than about this: of a longer song every second, third … minute of them is looked
// at. Whole minutes, since single windows in equal distances would fall in step with the bars.
constexpr std::size_t most_windows_for_means = 1'024;
constexpr std::size_t windows_together = 64;

ActiveCells add_up_active(const Scratch& scratch, std::size_t length, const FallOff& fall_off,
                          bool all_heard) {
    const auto cells = scratch.readings.cells();
    const auto& active = scratch.active;
    const std::size_t stride = active.size() / most_windows_for_means + 1;
    ActiveCells sum;
    for (std::size_t minute = 0; minute < active.size(); minute += stride * windows_together) {
        const std::size_t end = std::min(minute + windows_together, active.size());
        for (std::size_t first = minute; first < end;) {
            // Windows one after the other are looked at in one go.
            std::size_t last = first;
            while (last + 1 < end && active[last + 1] == active[last] + 1) ++last;
            const std::size_t from = active[first] * length;
            const std::size_t to = std::min((active[last] + 1) * length, cells.size());
            const auto run = cells.subspan(from, to - from);
            sum.power += power_sum(run);
            sum.onsets += count_onsets(scratch.readings, from, to, fall_off);
            sum.heard += all_heard ? static_cast<std::int64_t>(run.size()) : count_heard(run);
            sum.windows += last - first + 1;
            first = last + 1;
        }
    }
    return sum;
}

/// Fills `active` and `peaks` with what lies above the floor (a raw level). Without branches where songs stop
/// and go, four windows at once where they play on.
void find_active(Scratch& scratch, double floor) {
    using lanes::Raw;
    const auto& windows = scratch.windows;
    const auto above =
        static_cast<std::int16_t>(std::floor(std::clamp<double>(floor, Cell::silent, INT16_MAX)));
    constexpr std::int16_t no_peak = Cell::silent;  // a window that only hears the meter fall has none
    const Raw limits = {no_peak, above, no_peak, above, no_peak, above, no_peak, above};
    scratch.active.resize(windows.size());
    scratch.peaks.resize(windows.size());
    std::uint32_t* active_at = scratch.active.data();
    std::int16_t* peaks_at = scratch.peaks.data();
    for (std::size_t i = 0; i < windows.size();) {
        constexpr std::size_t together = lanes::count / 2;
        if (i + together <= windows.size() && lanes::all_true(lanes::load<Raw>(&windows[i]) > limits)) {
            for (const std::size_t end = i + together; i < end; ++i) {
                *active_at++ = static_cast<std::uint32_t>(i);
                *peaks_at++ = windows[i].peak;
            }
            continue;
        }
        const std::size_t end = std::min(i + together, windows.size());
        for (; i < end; ++i) {
            const bool is_active = windows[i].loudest > above;
            *active_at = static_cast<std::uint32_t>(i);
            active_at += is_active;
            *peaks_at = windows[i].peak;
            peaks_at += is_active && windows[i].peak > no_peak;
        }
    }
    scratch.active.resize(static_cast<std::size_t>(active_at - scratch.active.data()));
    scratch.peaks.resize(static_cast<std::size_t>(peaks_at - scratch.peaks.data()));
}

/// Just below the step that holds a level, raw: all windows count as active that may be.
double below_step_of(Decibels level, const MeterLaw& law) {
    return law.step_of(level).low.db() * 100.0 - 1.0;
}

/// Steps hide how much of a tick's fall-off a reading lacks: all of that remains.
void take_stepped_peak(const SteppedPeak& peak, const MeterLaw& law, StripStatistics& result) {
    result.robust_peak = peak.middle;
    result.uncertainty = peak.within + law.largest_under_read();
    result.open_above = peak.open_above;
}

StripStatistics statistics_of(const TapeTrack& track, const MeterLaw& law, MeterPoint point,
                              const ActivityRule& rule, const std::optional<SongRange>& range,
                              Scratch& scratch) {
    StripStatistics result;
    result.strip = track.strip;
    const bool after_fader = point != MeterPoint::before_fader;
    if (track.muted || (after_fader && track.fader.is_silence())) return result;

    const CellRange part = range ? track.cells_in(*range) : CellRange{0, track.cells.size()};
    scratch.readings.load(track.cells, part.from, part.to);
    const auto cells = scratch.readings.cells();
    const auto length = static_cast<std::size_t>(std::max<std::int64_t>(1, rule.window / Tape::cell_length));
    const FallOff fall_off = fall_off_of(law);
    WindowTotals totals = cut_windows(scratch.readings, length, fall_off, scratch.windows);
    if (law.coarse() && fall_off.per_cell > 0) find_stepped_peaks(cells, length, law, scratch.windows);
    // What a second look read is moved by what the fader was: no step of the meter's.
    const bool looked_again = !track.again.cells.empty() && !law.coarse();
    if (looked_again) {
        scratch.again.load(track.again, part.from, part.to);
        cut_windows(scratch.again, length, fall_off, scratch.windows_again);
        totals.loudest = add_second_look(scratch.windows_again, scratch.windows);
    }

    const Decibels to_source = after_fader ? -(track.fader + track.trim) : -track.trim;
    result.heard = Tape::cell_length * totals.heard;
    if (totals.loudest <= Cell::silent) return result;

    const Decibels loudest(totals.loudest / 100.0);
    const LevelRange least = least_active(loudest, law, rule, rule.floor - to_source);
    const double floor =
        std::max(totals.loudest - rule.below_loudest.db() * 100.0, (rule.floor - to_source).db() * 100.0);
    find_active(scratch, law.coarse() ? below_step_of(least.low, law) : floor);
    result.absolute_peak = loudest + to_source;
    if (scratch.peaks.empty()) return result;

    result.never_active = false;
    if (law.coarse()) {
        take_stepped_peak(stepped_peak(scratch.windows, law, least, rule.percentile), law, result);
    } else {
        const std::int16_t loudest_peak = largest(scratch.peaks);
        const Decibels robust(percentile(scratch.peaks, rule.percentile.of_one) / 100.0);
        const MeterBias bias =
            meter_bias({cells, looked_again ? scratch.again.cells() : std::span<const Cell>()},
                       {scratch.windows, length, scratch.active, loudest_peak}, robust, law);
        result.robust_peak = robust + bias.robust;
        result.absolute_peak += bias.absolute;
        result.uncertainty = bias.remaining;
    }
    result.robust_peak += to_source;
    const bool all_heard = totals.heard == static_cast<std::int64_t>(cells.size());
    const ActiveCells sum = add_up_active(scratch, length, fall_off, all_heard);
    result.active_level = sum.mean_level() + to_source;
    result.active_share = {static_cast<double>(scratch.active.size()) /
                           static_cast<double>(totals.windows_heard)};
    result.active = rule.window * static_cast<std::int64_t>(scratch.active.size());
    const double looked_at = static_cast<double>(sum.windows) / static_cast<double>(scratch.active.size());
    result.onsets_per_second =
        static_cast<double>(sum.onsets) / looked_at / std::chrono::duration<double>(result.heard).count();
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

namespace {

/// The three loudest cells of a stretch together, its rims left out: a peak there may fall on either side.
double peaks_of(std::span<const float> stretch) {
    constexpr std::size_t rim = 2;
    if (stretch.size() > 4 * rim) stretch = stretch.subspan(rim, stretch.size() - 2 * rim);
    float first = 0.0F;
    float second = 0.0F;
    float third = 0.0F;
    for (const float power : stretch) {
        third = std::max(third, std::min(second, power));
        second = std::max(second, std::min(first, power));
        first = std::max(first, power);
    }
    return std::sqrt(static_cast<double>(first)) + std::sqrt(static_cast<double>(second)) +
           std::sqrt(static_cast<double>(third));
}

/// Where the stretch of so many cells begins that has the loudest peaks, and among equals the most power; the
/// earliest of those.
std::optional<std::size_t> loudest_window(std::span<const float> sum, std::size_t cells) {
    // Rounding must not let a later part win over an equal earlier one.
    constexpr double clearly = 1.0 + 1e-9;
    double power = std::accumulate(sum.begin(), sum.begin() + static_cast<std::ptrdiff_t>(cells), 0.0);
    double best_peaks = peaks_of(sum.first(cells));
    double best_power = power;
    std::size_t best_at = 0;
    for (std::size_t at = 1; at + cells <= sum.size(); ++at) {
        power += static_cast<double>(sum[at + cells - 1]) - static_cast<double>(sum[at - 1]);
        const double peaks = peaks_of(sum.subspan(at, cells));
        const bool equal = peaks * clearly >= best_peaks && peaks <= best_peaks * clearly;
        if (equal ? power <= best_power * clearly : peaks <= best_peaks) continue;
        best_peaks = peaks;
        best_power = power;
        best_at = at;
    }
    return best_power > 0.0 ? std::optional(best_at) : std::nullopt;
}

}  // namespace

namespace {

/// Powers, cell by cell.
std::vector<float> sum_of_strips(const Tape& tape, MeterPoint point, const std::vector<StripGain>& gains) {
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
    return sum;
}

}  // namespace

Decibels reckoned_bus_peak(const Tape& tape, MeterPoint point, const std::vector<StripGain>& gains) {
    const auto sum = sum_of_strips(tape, point, gains);
    const float loudest = sum.empty() ? 0.0F : *std::max_element(sum.begin(), sum.end());
    if (loudest <= 0.0F) return Decibels::silence();
    return Decibels(10.0 * std::log10(static_cast<double>(loudest)));
}

std::optional<SongRange> loudest_part(const Tape& tape, MeterPoint point, const std::vector<StripGain>& gains,
                                      Duration length) {
    const auto sum = sum_of_strips(tape, point, gains);
    const auto wanted = std::max<std::int64_t>(1, length / Tape::cell_length);
    const auto cells = std::min(sum.size(), static_cast<std::size_t>(wanted));
    if (cells == 0) return std::nullopt;
    const auto best_at = loudest_window(sum, cells);
    if (!best_at) return std::nullopt;
    const SongTime from(Tape::cell_length * static_cast<std::int64_t>(*best_at));
    return SongRange{from, from + Tape::cell_length * static_cast<std::int64_t>(cells)};
}

}  // namespace kedge::measure
