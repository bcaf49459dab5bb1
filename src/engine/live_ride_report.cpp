#include "engine/live_ride_report.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

PassState state_by_verdicts(const std::vector<PassLine>& lines) {
    const auto all = [&](Verdict one, Verdict other) {
        return std::all_of(lines.begin(), lines.end(), [&](const PassLine& line) {
            return line.verdict == one || line.verdict == other;
        });
    };
    if (all(Verdict::rolled_back, Verdict::conflict)) return PassState::rolled_back;
    return all(Verdict::confirmed, Verdict::conflict) ? PassState::applied : PassState::broken;
}

Verdict verdict_of(const LiveStripReport& strip) {
    switch (strip.end) {
        case LiveEnd::written:
            return strip.missed.empty() ? Verdict::confirmed : Verdict::failed;
        case LiveEnd::untouched:
            return Verdict::rolled_back;
        case LiveEnd::partly:
        case LiveEnd::theirs:
            break;
    }
    return Verdict::failed;
}

void settle_live(LiveRideReport& report, Pass pass, const std::optional<Error>& why,
                 surface::PassRecorder& recorder) {
    pass.state = state_by_verdicts(pass.lines);
    const auto recorded = recorder.record_outcome(pass);
    report.pass = std::move(pass);
    if (!recorded) {
        report.error = recorded.error();
        return;
    }
    if (report.pass->state == PassState::applied) return;
    report.error = why.value_or(
        Error{ErrorKind::conflict, "Not every ride was written from its first point to its last.", {}});
    if (report.pass->state == PassState::broken)
        report.error->next =
            fmt::format("`kedge revert {}` takes back what was written.", report.pass->id.value);
}

void cut_off_live(LiveRideReport& report, const Pass& pass, const Error& why) {
    report.pass = pass;
    report.error = Error{ErrorKind::no_daw,
                         fmt::format("The DAW fell silent in the middle of the ride (pass {}): {}",
                                     pass.id.value, why.message),
                         "`kedge recover` says where the pass stands, once the DAW is back."};
}

}  // namespace kedge::engine
