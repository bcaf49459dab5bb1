#include "measure/level_windows.hpp"

#include "measure/lanes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>

namespace kedge::measure {

namespace {

static_assert(sizeof(Cell) == sizeof(std::int16_t));

const std::int16_t* raw(std::span<const Cell> cells) {
    return reinterpret_cast<const std::int16_t*>(cells.data());
}

struct Peaks {
    std::int16_t fresh = Cell::unheard;
    std::int16_t loudest = Cell::unheard;
};

/// Looks at `count` cells and the one before them. A reading is fresh when it lies above what the one before
/// it has fallen to.
Peaks peaks_one_by_one(const std::int16_t* cell, std::size_t count, std::int16_t fallen) {
    Peaks peaks;
    for (std::size_t i = 0; i < count; ++i) {
        peaks.loudest = std::max(peaks.loudest, cell[i]);
        if (cell[i] > cell[i - 1] - fallen) peaks.fresh = std::max(peaks.fresh, cell[i]);
    }
    return peaks;
}

Peaks peaks_of(const std::int16_t* cell, std::size_t count, std::int16_t fallen) {
    using lanes::Raw;
    if (count < lanes::count) return peaks_one_by_one(cell, count, fallen);
    const Raw nothing = lanes::all(Cell::unheard);
    const Raw falls = lanes::all(fallen);
    const Raw lowest = nothing + falls;
    Raw fresh = nothing;
    Raw loudest = nothing;
    for (std::size_t i = 0; i < count; i += lanes::count) {
        // The last eight may have been looked at in part: a maximum does not mind.
        const std::int16_t* at = cell + std::min(i, count - lanes::count);
        const auto now = lanes::load<Raw>(at);
        const Raw floor = lanes::larger(lanes::load<Raw>(at - 1), lowest) - falls;
        loudest = lanes::larger(loudest, now);
        fresh = lanes::larger(fresh, now > floor ? now : nothing);
    }
    const auto largest = lanes::largest(fresh, loudest);
    return {largest.of_a, largest.of_b};
}

std::int16_t quietest(std::span<const Cell> cells) {
    const std::int16_t* cell = raw(cells);
    std::int16_t quietest = INT16_MAX;
    for (std::size_t i = 0; i < cells.size(); ++i) quietest = std::min(quietest, cell[i]);
    return quietest;
}

std::int16_t fallen_at_least(const FallOff& fall_off) {
    constexpr int largest_believed = 16'000;
    const int per_cell = std::min(fall_off.per_cell, largest_believed);
    return static_cast<std::int16_t>(per_cell - std::min(fall_off.slack, per_cell / 2));
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

void Readings::load(const CellSeries& series, std::size_t from, std::size_t to) {
    cells_.resize(to - from + 1);
    series.read(from, std::span(cells_).subspan(1));
}

void cut_windows(const Readings& readings, std::size_t length, const FallOff& fall_off,
                 std::vector<LevelWindow>& out) {
    const auto cells = readings.cells();
    const bool falls = fall_off.per_cell > 0;
    const std::int16_t fallen = falls ? fallen_at_least(fall_off) : std::int16_t{0};
    const bool all_heard = quietest(cells) != Cell::unheard;
    out.resize((cells.size() + length - 1) / length);
    std::size_t at = 0;
    for (LevelWindow& window : out) {
        const auto part = cells.subspan(at, std::min(length, cells.size() - at));
        const Peaks peaks = peaks_of(raw(part), part.size(), fallen);
        window.loudest = peaks.loudest;
        // Without fall-off every reading is new.
        window.peak = falls ? peaks.fresh : peaks.loudest;
        const auto heard = [](Cell cell) { return cell.heard(); };
        window.heard = static_cast<std::int16_t>(all_heard ? static_cast<std::ptrdiff_t>(part.size())
                                                           : std::count_if(part.begin(), part.end(), heard));
        at += length;
    }
}

std::int64_t count_onsets(const Readings& readings, std::size_t from, std::size_t to,
                          const FallOff& fall_off) {
    assert(from <= to && to <= readings.cells().size());
    const std::int16_t* cell = raw(readings.cells());
    const int onset = fall_off.onset - fall_off.per_cell;
    int onsets = 0;
    for (std::size_t i = from; i < to; ++i) onsets += cell[i] > cell[i - 1] + onset;
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
