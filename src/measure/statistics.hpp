#pragma once

#include "core/capabilities.hpp"
#include "core/exactness.hpp"
#include "core/time.hpp"
#include "measure/tape.hpp"

#include <optional>
#include <vector>

namespace kedge::measure {

/// A part of a whole, 0..1.
struct Share {
    double of_one = 0.0;
    constexpr auto operator<=>(const Share&) const = default;
};

/// The numbers that decide what counts as active and as a peak; loaded from the balance profile
/// (mixing-rules: gain staging).
struct ActivityRule {
    Decibels below_loudest = Decibels(40.0);  ///< active: within this of the strip's loudest window …
    Decibels floor = Decibels(-50.0);         ///< … and above this
    Duration window = std::chrono::seconds(1);
    Share percentile = {0.95};  ///< of the active windows' peaks: the robust peak
};

/// What a tape says of one strip. All levels are of the source: before trim and fader, in dBFS sample peak,
/// with the meter's bias taken out as far as its law allows.
struct StripStatistics {
    StripId strip;
    Decibels robust_peak = Decibels::silence();    ///< 95th percentile of active one-second peaks
    Decibels absolute_peak = Decibels::silence();  ///< the loudest reading
    Decibels active_level = Decibels::silence();   ///< mean reading over active cells (power mean)
    Share active_share;                            ///< active windows of the windows heard
    Duration heard{};                              ///< how much of the song this strip was listened to
    Duration active{};
    bool never_active = true;  ///< heard, but nothing above the floor; or not heard at all
    /// The true robust peak can be this much above (what remains after the meter's bias was taken out). With
    /// a meter of steps it can be so far to either side: half of a step and what the ticks leave.
    Decibels uncertainty;
    bool open_above = false;  ///< read in the meter's last step: it can be any higher
    /// Onsets a second by level jumps; tells whether a kick plays at least once in two bars.
    double onsets_per_second = 0.0;
};

/// How exactly a meter of that law tells the robust peak. Without steps that is not asked.
[[nodiscard]] inline Exactness exactness_of(const StripStatistics& statistics, const MeterLaw& law) {
    return law.coarse() ? Exactness{statistics.uncertainty, statistics.open_above} : Exactness{};
}

/// Statistics of every track of a tape, in the tape's order. `range` narrows to a part of the song.
/// Runs at memory speed: an hour of a thousand strips takes tens of milliseconds.
[[nodiscard]] std::vector<StripStatistics> statistics(const Tape& tape, const MeterLaw& law, MeterPoint point,
                                                      const ActivityRule& rule,
                                                      std::optional<SongRange> range = {});

/// Gains to apply on top of the source levels of a tape: where a plan would put trim plus fader.
struct StripGain {
    StripId strip;
    Decibels gain;
};

/// The loudest cell of the sum of the strips (powers of their peaks, after `gains`; strips not named are left
/// out): what a bus is reckoned to peak at where its own meter is not heard. Strips that meet in their crests
/// make more, strips that play against each other less. Silence for an empty tape.
[[nodiscard]] Decibels reckoned_bus_peak(const Tape& tape, MeterPoint point,
                                         const std::vector<StripGain>& gains);

/// The stretch of `length` in which the sum of the strips (powers of their peaks, after `gains`; strips not
/// named are left out) peaks highest, by its three loudest readings together (on rendered songs of 15 to 19
/// strips the bus peaked there, or at most 0.4 dB higher elsewhere; the stretch of most power missed up
/// to 1.2 dB); nullopt for an empty or silent tape. Shorter than `length` only when the tape is.
[[nodiscard]] std::optional<SongRange> loudest_part(const Tape& tape, MeterPoint point,
                                                    const std::vector<StripGain>& gains, Duration length);

}  // namespace kedge::measure
