#include "measure/level_windows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kedge::measure {

namespace {

// A table of 8 hundredths a step stays in the first cache; one of hundredths would not.
constexpr int power_shift = 3;
constexpr int power_lowest = -16000;  // -160 dBFS: nothing
constexpr int power_highest = 8000;
constexpr std::size_t power_entries =
    static_cast<std::size_t>((power_highest - power_lowest) >> power_shift) + 1;

std::array<float, power_entries> power_table() {
    std::array<float, power_entries> table{};
    for (std::size_t i = 1; i < power_entries; ++i) {
        const double centibels =
            power_lowest + static_cast<double>(i << power_shift) + 0.5 * ((1 << power_shift) - 1);
        table[i] = static_cast<float>(std::pow(10.0, centibels / 1000.0));
    }
    return table;
}

/// Plain ints and no branches, so that the compiler can take eight cells at once.
LevelWindow cut(const std::int16_t* cell, std::size_t count, const std::int16_t* before, int fallen,
                int onset) {
    LevelWindow window;
    int fresh = Cell::unheard;
    int loudest = Cell::unheard;
    int heard = 0;
    int onsets = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const int now = cell[i];
        const int floor = before[i] - fallen;
        loudest = std::max(loudest, now);
        fresh = std::max(fresh, now > floor ? now : int{Cell::unheard});
        heard += now != Cell::unheard;
        onsets += now > before[i] + onset;
    }
    window.loudest = static_cast<std::int16_t>(loudest);
    window.peak = static_cast<std::int16_t>(fresh);
    window.heard = static_cast<std::int16_t>(heard);
    window.onsets = static_cast<std::int16_t>(onsets);
    return window;
}

}  // namespace

float power_of(Cell cell) {
    static const auto table = power_table();
    const int clamped = std::clamp<int>(cell.raw(), power_lowest, power_highest);
    return table[static_cast<std::size_t>((clamped - power_lowest) >> power_shift)];
}

void cut_windows(std::span<const Cell> cells, std::size_t length, const FallOff& fall_off,
                 std::vector<LevelWindow>& out) {
    static_assert(sizeof(Cell) == sizeof(std::int16_t));
    out.clear();
    if (cells.empty()) return;
    const auto* raw = reinterpret_cast<const std::int16_t*>(cells.data());
    // Without fall-off every reading is new.
    const int fallen =
        fall_off.per_cell > 0 ? fall_off.per_cell - std::min(fall_off.slack, fall_off.per_cell / 2) : 1 << 17;
    const int onset = fall_off.onset - fall_off.per_cell;

    // The first window has no cell before it: its first cell is looked at as after silence.
    const std::size_t first = std::min(length, cells.size());
    std::vector<std::int16_t> after_nothing(first + 1, Cell::unheard);
    for (std::size_t i = 0; i < first; ++i) after_nothing[i + 1] = raw[i];
    out.push_back(cut(after_nothing.data() + 1, first, after_nothing.data(), fallen, onset));
    for (std::size_t at = length; at < cells.size(); at += length)
        out.push_back(cut(raw + at, std::min(length, cells.size() - at), raw + at - 1, fallen, onset));
}

}  // namespace kedge::measure
