#pragma once

#include "core/meter_law.hpp"
#include "measure/level_windows.hpp"
#include "measure/statistics.hpp"

#include <cstdint>
#include <span>
#include <vector>

/// What a meter of a few steps tells of a track. Steps keep the order of what they were made of, so the n-th
/// loudest reading is the step of the n-th loudest peak, and no more is known of that peak: where in the step
/// it lies, the readings do not tell. Told is the middle, as that is never further off than half of the step.
namespace kedge::measure {

/// A peak that lies somewhere in a range.
struct SteppedPeak {
    Decibels middle = Decibels::silence();
    Decibels within;          ///< so far to either side
    bool open_above = false;  ///< of the meter's last step: any higher as well
    bool any = false;         ///< the strip was active
};

/// The windows' peaks of a meter that falls: of a fall only what rises again is new, or what stays in a step
/// for longer than a fall through it takes. Replaces `windows[i].peak`.
void find_stepped_peaks(std::span<const Cell> cells, std::size_t length, const MeterLaw& law,
                        std::span<LevelWindow> windows);

/// A window whose loudest reading is as loud as this may be active, above the upper end it surely is: of the
/// loudest of all, too, no more is known than its step. `floor` is ActivityRule::floor as the meter shows it.
[[nodiscard]] LevelRange least_active(Decibels loudest, const MeterLaw& law, const ActivityRule& rule,
                                      Decibels floor);

/// The percentile of the peaks of the active windows. Which of the quietest are active is not known either:
/// its range holds what all make that may be, and what those make that surely are. `least` is from above.
[[nodiscard]] SteppedPeak stepped_peak(std::span<const LevelWindow> windows, const MeterLaw& law,
                                       LevelRange least, Share share);

}  // namespace kedge::measure
