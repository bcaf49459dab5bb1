#pragma once

#include "core/mixer_state.hpp"
#include "core/pass.hpp"
#include "core/result.hpp"
#include "surface/pass_runner.hpp"

#include <string>
#include <vector>

namespace kedge::engine {

/// What taking a pass back asks of the mixer.
struct RevertPlan {
    std::vector<surface::PassRunner::Wish> wishes;
    /// Entries whose strip is not in the session any more: named, left.
    std::vector<PassEntry> gone;
};

/// The inverse of a chain of passes (a mix and the corrections that continue it, in journal order): each
/// control goes back to the first `before`, and is expected to hold the last confirmed `after`. A pass of
/// another session is refused, as is one that never changed anything.
[[nodiscard]] Result<RevertPlan> plan_revert(const std::vector<Pass>& chain, const MixerState& mixer);

}  // namespace kedge::engine
