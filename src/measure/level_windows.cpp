#include "measure/level_windows.hpp"

#include "measure/lanes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>

namespace kedge::measure {

namespace {

static_assert(sizeof(Cell) == sizeof(std::int16_t));

const std::int16_t* raw(std::span<const Cell> cells) {
    return reinterpret_cast<const std::int16_t*>(cells.data());
}

/// Looks at `count` cells and the one before them. A reading is fresh when it lies above what the one before
/// it has fallen to.
LevelWindow cut_one(const std::int16_t* cell, std::size_t count, std::int16_t fallen) {
    LevelWindow window;
    for (std::size_t i = 0; i < count; ++i) {
        window.loudest = std::max(window.loudest, cell[i]);
        const std::int16_t before = *(cell + i - 1);
        if (cell[i] > before - fallen) window.peak = std::max(window.peak, cell[i]);
    }
    return window;
}

/// The same of four windows at once, of eight cells or more; of 16 at most when `few`. `least` keeps the
/// least of all cells.
template <bool few>
void cut_four(const std::int16_t* cell, std::size_t length, std::int16_t fallen, lanes::Raw& least,
              LevelWindow* out) {
    using lanes::Raw;
    const Raw lowest = lanes::all(Cell::unheard) + fallen;
    const Raw below_new = lanes::all(static_cast<std::int16_t>(fallen - 1));
    std::array<Raw, 8> peaks;  // fresh and loudest of each window
#pragma GCC unroll 4
    for (std::size_t window = 0; window < 4; ++window) {
        Raw fresh = lanes::all(Cell::unheard);
        Raw loudest = fresh;
        const auto look_at = [&](const std::int16_t* at) {
            const auto now = lanes::load<Raw>(at);
            const Raw least_new = lanes::larger(lanes::load<Raw>(at - 1), lowest) - below_new;
            loudest = lanes::larger(loudest, now);
            least = lanes::smaller(least, now);
            // The least or the largest number, so that the smaller of both is what counts.
            const Raw at_most = (least_new > now) ^ lanes::all(INT16_MAX);
            fresh = lanes::larger(fresh, lanes::smaller(now, at_most));
        };
        if constexpr (few) {
            look_at(cell);
        } else {
            for (std::size_t i = 0; i + lanes::count < length; i += lanes::count) look_at(cell + i);
        }
        // These may have been looked at in part: a maximum does not mind.
        look_at(cell + length - lanes::count);
        peaks[2 * window] = fresh;
        peaks[2 * window + 1] = loudest;
        cell += length;
    }
    static_assert(sizeof(LevelWindow) == 2 * sizeof(std::int16_t));
    lanes::store(lanes::largest_of_each(peaks), out);
}

/// The loudest reading, and the windows in which something was heard.
WindowTotals totals_of(std::span<const LevelWindow> windows) {
    using lanes::Raw;
    constexpr Raw is_loudest = {0, -1, 0, -1, 0, -1, 0, -1};  // of a peak and a loudest reading
    Raw loudest = lanes::all(Cell::unheard);
    std::size_t rest = 0;
    WindowTotals totals;
    totals.windows_heard = lanes::count_true(
        2 * windows.size(),
        [&](std::size_t at) {
            const auto four = lanes::load<Raw>(&windows[at / 2]);
            loudest = lanes::larger(loudest, four);
            return (four != lanes::all(Cell::unheard)) & is_loudest;
        },
        rest);
    for (std::size_t i = 0; i < lanes::count; ++i) totals.loudest = std::max(totals.loudest, loudest[i]);
    for (const LevelWindow& window : windows.subspan(rest / 2)) {
        totals.loudest = std::max(totals.loudest, window.loudest);
        totals.windows_heard += window.loudest != Cell::unheard;
    }
    return totals;
}

std::int16_t fallen_at_least(const FallOff& fall_off) {
    constexpr int largest_believed = 16'000;
    return static_cast<std::int16_t>(std::min(fall_off.per_cell, largest_believed) - fall_off.tolerance());
}

/// The upper half of a float whose value is 2^(raw * log2(10) / 1000). Adding to it multiplies: its upper
/// bits are the octave, the seven below run straight through the octave, and a parabola takes off what lies
/// above the exponential. All in 16 bits, so that the compiler takes eight at once.
std::int16_t power_bits(std::int16_t raw) {
    constexpr int centibel = 27'866;        // octaves of 128 steps, times 2^16
    constexpr int one = 127 * 128;          // the bits of 1.0
    constexpr int above_exponential = 176;  // 0.344 / 128, times 2^16
    const auto line = static_cast<std::int16_t>(one + ((raw * centibel) >> 16));
    const auto step = static_cast<std::int16_t>(line & 127);
    const auto parabola = static_cast<std::int16_t>(step * (128 - step));
    return static_cast<std::int16_t>(line - ((parabola * above_exponential) >> 16));
}

float power(std::int16_t raw) {
    return std::bit_cast<float>(static_cast<std::int32_t>(power_bits(raw)) << 16);
}

}  // namespace

FallOff fall_off_of(const MeterLaw& law) {
    FallOff fall_off;
    fall_off.per_cell = static_cast<int>(std::lround(
        law.fall_off_per_second.db() * 100.0 * std::chrono::duration<double>(Tape::cell_length).count()));
    return fall_off;
}

void Readings::load(const SecondLook& look, std::size_t from, std::size_t to) {
    cells_.assign(to - from + 1, Cell());
    const std::size_t first = std::max(from, look.from);
    const std::size_t last = std::min(to, look.from + look.cells.size());
    if (first >= last) return;
    look.cells.read(first - look.from, std::span(cells_).subspan(first - from + 1, last - first));
}

void Readings::load(const CellSeries& series, std::size_t from, std::size_t to) {
    cells_.resize(to - from + 1);
    series.read(from, std::span(cells_).subspan(1));
}

std::int64_t count_heard(std::span<const Cell> cells) {
    const std::int16_t* cell = raw(cells);
    std::size_t i = 0;
    std::int64_t unheard = lanes::count_true(
        cells.size(),
        [&](std::size_t at) { return lanes::load<lanes::Raw>(cell + at) == lanes::all(Cell::unheard); }, i);
    for (; i < cells.size(); ++i) unheard += cell[i] == Cell::unheard;
    return static_cast<std::int64_t>(cells.size()) - unheard;
}

WindowTotals cut_windows(const Readings& readings, std::size_t length, const FallOff& fall_off,
                         std::vector<LevelWindow>& out) {
    const auto cells = readings.cells();
    // Without fall-off every reading is new.
    const bool falls = fall_off.per_cell > 0;
    const std::int16_t fallen = falls ? fallen_at_least(fall_off) : std::int16_t{0};
    out.resize((cells.size() + length - 1) / length);
    std::size_t i = 0;
    lanes::Raw least = lanes::all(INT16_MAX);
    const auto cut_by_four = [&](auto cut) {
        for (; (i + 4) * length <= cells.size(); i += 4)
            cut(raw(cells) + i * length, length, fallen, least, &out[i]);
    };
    if (length > 2 * lanes::count) {
        cut_by_four(cut_four<false>);
    } else if (length >= lanes::count) {
        cut_by_four(cut_four<true>);
    }
    const std::size_t cut = i * length;
    for (; i < out.size(); ++i)
        out[i] = cut_one(raw(cells) + i * length, std::min(length, cells.size() - i * length), fallen);

    if (!falls)
        for (LevelWindow& window : out) window.peak = window.loudest;
    WindowTotals totals = totals_of(out);
    const bool all_heard = lanes::all_true(least != lanes::all(Cell::unheard));
    const auto of_fours = all_heard ? static_cast<std::int64_t>(cut) : count_heard(cells.first(cut));
    totals.heard = of_fours + count_heard(cells.subspan(cut));
    return totals;
}

std::int16_t add_second_look(std::span<const LevelWindow> again, std::span<LevelWindow> windows) {
    assert(again.size() == windows.size());
    std::int16_t loudest = Cell::unheard;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        windows[i].peak = std::max(windows[i].peak, again[i].peak);
        windows[i].loudest = std::max(windows[i].loudest, again[i].loudest);
        loudest = std::max(loudest, windows[i].loudest);
    }
    return loudest;
}

std::int64_t count_onsets(const Readings& readings, std::size_t from, std::size_t to,
                          const FallOff& fall_off) {
    assert(from <= to && to <= readings.cells().size());
    using lanes::Raw;
    const std::int16_t* cell = raw(readings.cells());
    const auto onset = static_cast<std::int16_t>(std::max(fall_off.onset - fall_off.per_cell, -16'000));
    const auto lowest = static_cast<std::int16_t>(INT16_MIN + std::max(0, -onset));
    std::size_t i = 0;
    std::int64_t onsets = lanes::count_true(
        to - from,
        [&](std::size_t at) {
            const Raw before = lanes::larger(lanes::load<Raw>(cell + from + at - 1), lanes::all(lowest));
            return lanes::load<Raw>(cell + from + at) > before + onset;
        },
        i);
    for (i += from; i < to; ++i) onsets += cell[i] > std::max(*(cell + i - 1), lowest) + onset;
    return onsets;
}

double power_sum(std::span<const Cell> cells) {
    // So many in single precision are exact enough, and an hour is not.
    std::array<std::int16_t, 512> powers;
    double sum = 0.0;
    for (std::size_t at = 0; at < cells.size(); at += powers.size()) {
        const std::size_t count = std::min(powers.size(), cells.size() - at);
        const std::int16_t* cell = raw(cells) + at;
        for (std::size_t i = 0; i < count; ++i) powers[i] = power_bits(cell[i]);
        for (std::size_t i = count; i % lanes::count != 0; ++i) powers[i] = 0;
        lanes::Float even{};
        lanes::Float odd{};
        for (std::size_t i = 0; i < count; i += lanes::count) {
            const auto bits = lanes::load<lanes::Raw>(&powers[i]);
            even += lanes::floats_from_upper_halves<0>(bits);
            odd += lanes::floats_from_upper_halves<4>(bits);
        }
        sum += static_cast<double>(lanes::sum(even + odd));
    }
    return sum;
}

void add_powers(std::span<const Cell> cells, float factor, std::span<float> sums) {
    assert(cells.size() <= sums.size());
    const std::int16_t* cell = raw(cells);
    for (std::size_t i = 0; i < cells.size(); ++i) sums[i] += factor * power(cell[i]);
}

}  // namespace kedge::measure
