#pragma once

#include "core/capabilities.hpp"
#include "measure/level_windows.hpp"

#include <cstdint>
#include <span>

namespace kedge::measure {

/// By how much a fall-off meter that is read once a tick under-reads. One-sided, at most one tick of
/// fall-off.
struct MeterBias {
    Decibels robust;     ///< to add to the percentile of the window peaks
    Decibels absolute;   ///< to add to the loudest reading
    Decibels remaining;  ///< as much again a true peak can lie above
};

/// The windows of a track in which the strip is active.
struct ActiveWindows {
    std::span<const LevelWindow> windows;    ///< all of them
    std::size_t length = 1;                  ///< cells in each
    std::span<const std::uint32_t> indices;  ///< of the active ones; not empty
    std::int16_t loudest_peak = Cell::silent;
};

/// A track's readings.
struct Looks {
    std::span<const Cell> first;
    std::span<const Cell> again;  ///< as many, unheard where there was no second look; or none
};

/// What the readings themselves tell of it. A transient alone in its tick, after which the meter falls at its
/// own rate, reads uniformly from 0 to one tick of fall-off under its peak; the loudest of n such in a window
/// reads 1/(n+1) of that low on average; a sustained signal nearly nothing. The spread that these draws add
/// to the windows is taken out of the percentile. A second look is taken with its ticks half-way between
/// those of the first, so what it heard too can hide half as much. `robust` is the percentile of the raw
/// window peaks.
[[nodiscard]] MeterBias meter_bias(const Looks& looks, const ActiveWindows& active, Decibels robust,
                                   const MeterLaw& law);

}  // namespace kedge::measure
