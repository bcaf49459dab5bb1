#pragma once

#include "core/mixer_state.hpp"
#include "core/pass.hpp"
#include "core/result.hpp"
#include "engine/pass_report.hpp"
#include "engine/selection.hpp"
#include "engine/session_history.hpp"
#include "surface/pass_runner.hpp"

#include <vector>

namespace kedge::engine {

/// What taking a pass back asks of the mixer and of the record.
struct RevertPlan {
    PassId chain;  ///< the pass that is named as taken back
    std::vector<surface::PassRunner::Wish> wishes;
    /// Controls that do not move, as a later pass that stands wrote them too: the record alone takes the pass
    /// out there. Confirmed; or a conflict where a person moved the control in between.
    std::vector<PassEntry> covered;
    LeftAlone left;
};

/// How to take a pass out of what stands, its corrections with it, by the rule of ControlHistory. A pass of
/// another session is refused, as is one of which nothing selected stands. `forced` takes also what a person
/// moved.
[[nodiscard]] Result<RevertPlan> plan_revert(const SessionHistory& history, const Pass& pass,
                                             const Selection& selection, bool forced,
                                             const MixerState& mixer);

/// Refused when the pass belongs to another session than the one that is open.
[[nodiscard]] Result<void> check_session(const Pass& pass, const MixerState& mixer);

}  // namespace kedge::engine
