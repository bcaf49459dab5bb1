#pragma once

#include "core/capabilities.hpp"
#include "measure/level_windows.hpp"

#include <cstddef>
#include <span>

namespace kedge::measure {

/// What a reading of a fall-off meter tells of the sound in its tick.
enum class Freshness {
    stale,      ///< nothing: the meter falls from an earlier peak, or the cell repeats the one before it
    transient,  ///< a sound that was over within the tick: its peak lies up to a tick of fall-off above
    sustained   ///< a sound that goes on: its peak is hardly above
};

/// The freshness of cell `i`, among its neighbours. A meter that does not fall holds the peak of each tick:
/// what it shows is fresh and, as it hides nothing, like a sustained sound.
[[nodiscard]] Freshness freshness(std::span<const Cell> cells, std::size_t i, const FallOff& fall_off);

/// A true peak guessed from readings, none of which is above it.
struct TruePeak {
    Decibels likely = Decibels::silence();    ///< as often above as below
    Decibels at_most = Decibels::silence();   ///< above this once in five times
    Decibels at_least = Decibels::silence();  ///< the loudest reading: never below
};

/// The loudest true peak behind the cells: every fresh reading may hide a peak above it, by up to a tick of
/// fall-off and rather by little, so the more readings near the top, the higher. Silence when nothing was
/// heard.
[[nodiscard]] TruePeak true_peak(std::span<const Cell> cells, const MeterLaw& law);

}  // namespace kedge::measure
