#pragma once

#include "core/mixer_state.hpp"
#include "core/pass.hpp"
#include "core/plan.hpp"
#include "core/result.hpp"
#include "measure/statistics.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// Where a strip ended.
struct StripOutcome {
    StripId strip;
    Decibels peak = Decibels::silence();  ///< robust peak after the fader, dBFS
    Exactness known{};                    ///< how exactly the peak is
    std::optional<bool> in_range;  ///< or may be, as far as it is known; nullopt for a strip without a range
};

/// What the bus did.
struct BusOutcome {
    std::optional<Decibels> before;  ///< loudest reading of the tape, at the old balance
    std::optional<Decibels> after;  ///< loudest of the check, bias taken out; nullopt when there was no check
    Decibels uncertainty;           ///< `after` can be this much higher
    std::optional<LevelRange> range;
    bool reckoned = false;  ///< the surface has no meter of the bus: `before` and `after` are from its strips
};

/// Everything a listen, plan or mix found and did.
struct MixReport {
    MixerState before;
    MixerState after;  ///< as last reported by the DAW
    SongRange heard;
    std::optional<Duration> song_length;
    measure::Share share_heard;  ///< of the song, 1 when its length is unknown
    bool tape_reused = false;
    std::vector<measure::StripStatistics> statistics;  ///< of the sources, by strip
    bool meter_of_steps = false;                       ///< what they were read from
    Plan plan;
    std::vector<Pass> passes;  ///< the mix, then its corrections
    std::vector<StripOutcome> outcomes;
    BusOutcome bus;
    std::vector<std::string> notes;  ///< beside the plan's own
    std::optional<Error> error;

    [[nodiscard]] const measure::StripStatistics* statistics_of(StripId strip) const;
    [[nodiscard]] const StripOutcome* outcome_of(StripId strip) const;
    [[nodiscard]] const StripTarget* target_of(StripId strip) const;
};

}  // namespace kedge::engine
