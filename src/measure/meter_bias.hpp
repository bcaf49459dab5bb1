#pragma once

#include "core/capabilities.hpp"
#include "measure/level_windows.hpp"

#include <span>

namespace kedge::measure {

/// By how much a fall-off meter that is read once a tick under-reads. One-sided, at most one tick of
/// fall-off.
struct MeterBias {
    Decibels robust;     ///< to add to the percentile of the window peaks
    Decibels absolute;   ///< to add to the loudest reading
    Decibels remaining;  ///< as much again a true peak can lie above
};

/// What the readings themselves tell of it. A transient alone in its tick, after which the meter falls at its
/// own rate, reads uniformly from 0 to one tick of fall-off under its peak; the loudest of n such in a window
/// reads 1/(n+1) of that low on average; a sustained signal nearly nothing. The spread that these draws add
/// to the windows is taken out of the percentile. `robust` is the percentile of the raw window peaks;
/// `active` are indices into `windows`, not empty; `scratch` is memory to reuse.
[[nodiscard]] MeterBias meter_bias(std::span<const Cell> cells, std::size_t length,
                                   std::span<const LevelWindow> windows, std::span<const std::size_t> active,
                                   Decibels robust, const MeterLaw& law, std::vector<std::size_t>& scratch);

}  // namespace kedge::measure
