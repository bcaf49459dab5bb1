#pragma once

#include "engine/live_order.hpp"
#include "engine/ride_write_job.hpp"

#include <optional>
#include <vector>

namespace kedge::engine {

/// What writing rides live did: the pass, and how it went with each fader.
struct LiveRideReport : RideReport {
    std::optional<LiveReport> live;  ///< none when the song was never played to write
};

/// What a fader's ride came to. What a person has of it is not ours to call confirmed.
[[nodiscard]] Verdict verdict_of(const LiveStripReport& strip);

/// `applied` when each line was written whole or left alone; `rolled_back` when none was written; else
/// `broken`.
[[nodiscard]] PassState state_by_verdicts(const std::vector<PassLine>& lines);

/// Gives a pass that was written live its state, by the verdicts of its lines, and records it. `why`: what
/// went wrong, if that is known.
void settle_live(LiveRideReport& report, Pass pass, const std::optional<Error>& why,
                 surface::PassRecorder& recorder);

/// The DAW fell silent: the pass stays prepared, for `kedge recover`.
void cut_off_live(LiveRideReport& report, const Pass& pass, const Error& why);

}  // namespace kedge::engine
