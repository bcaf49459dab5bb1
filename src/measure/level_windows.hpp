#pragma once

#include "measure/tape.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace kedge::measure {

/// A stretch of a track, unpacked for scanning; its memory is reused from track to track.
class Readings {
  public:
    void load(const CellSeries& series, std::size_t from, std::size_t to);
    /// Likewise, of the track's cells; those that were not looked at are unheard.
    void load(const SecondLook& look, std::size_t from, std::size_t to);
    /// Before the first of them stands one unheard cell, so that a scan can look back.
    [[nodiscard]] std::span<const Cell> cells() const { return std::span(cells_).subspan(1); }

  private:
    std::vector<Cell> cells_ = {Cell()};
};

/// How a fall-off meter is read, in hundredths of a decibel.
struct FallOff {
    int per_cell =
        0;  ///< a reading that fell by this much (give or take `slack`) holds nothing new; 0: no fall-off
    int slack = 35;   ///< fall-off goes in steps of the DAW's process cycle, so a cell's worth of it varies
    int onset = 200;  ///< a reading this far above the fallen one before it is an onset

    /// The slack that counts: of a slow fall no more than half.
    [[nodiscard]] int tolerance() const { return std::min(slack, per_cell / 2); }
};
[[nodiscard]] FallOff fall_off_of(const MeterLaw& law);

/// What one window of a track says. Levels are raw readings (see Cell).
struct LevelWindow {
    std::int16_t peak = Cell::unheard;     ///< the loudest reading that holds something new; none: unheard
    std::int16_t loudest = Cell::unheard;  ///< the loudest reading
};

/// The whole track.
struct WindowTotals {
    std::int16_t loudest = Cell::unheard;
    std::int64_t heard = 0;          ///< cells heard
    std::int64_t windows_heard = 0;  ///< windows with at least one of them
};

/// Cuts a track into windows of `length` cells (the last may be shorter) in one scan. `out` is replaced; its
/// memory is reused from track to track.
WindowTotals cut_windows(const Readings& readings, std::size_t length, const FallOff& fall_off,
                         std::vector<LevelWindow>& out);

/// Takes into windows what a second look at the same ones says; returns the loudest reading of both.
std::int16_t add_second_look(std::span<const LevelWindow> again, std::span<LevelWindow> windows);

/// Cells heard.
[[nodiscard]] std::int64_t count_heard(std::span<const Cell> cells);

/// Onsets in [from, to).
[[nodiscard]] std::int64_t count_onsets(const Readings& readings, std::size_t from, std::size_t to,
                                        const FallOff& fall_off);

/// The sum of the powers (10^(level/10)) of cells, to within 0.05 dB; unheard and silent add nothing.
[[nodiscard]] double power_sum(std::span<const Cell> cells);
/// Adds factor * power of each cell to the element of `sums` in its place.
void add_powers(std::span<const Cell> cells, float factor, std::span<float> sums);

}  // namespace kedge::measure
