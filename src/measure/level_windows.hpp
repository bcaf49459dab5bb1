#pragma once

#include "measure/tape.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace kedge::measure {

/// How a fall-off meter is read, in hundredths of a decibel.
struct FallOff {
    int per_cell =
        0;  ///< a reading that fell by this much (give or take `slack`) holds nothing new; 0: no fall-off
    int slack = 35;   ///< fall-off goes in steps of the DAW's process cycle, so a cell's worth of it varies
    int onset = 200;  ///< a reading this far above the fallen one before it is an onset
};

/// What one window of a track says. Levels are raw readings (see Cell).
struct LevelWindow {
    std::int16_t peak = Cell::unheard;     ///< the loudest reading that holds something new; none: unheard
    std::int16_t loudest = Cell::unheard;  ///< the loudest reading
    std::int16_t heard = 0;                ///< cells heard
    std::int16_t onsets = 0;
};

/// Cuts a track into windows of `length` cells (the last may be shorter) in one scan. `out` is cleared first;
/// its memory is reused from track to track.
void cut_windows(std::span<const Cell> cells, std::size_t length, const FallOff& fall_off,
                 std::vector<LevelWindow>& out);

/// The power (10^(level/10)) of a reading to within 0.05 dB; 0 for unheard and silent.
[[nodiscard]] float power_of(Cell cell);

}  // namespace kedge::measure
