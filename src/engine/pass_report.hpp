#pragma once

#include "core/mixer_state.hpp"
#include "core/pass.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// Controls of the record that cannot be written now: named, and left.
struct LeftAlone {
    std::vector<PassEntry> gone;       ///< of strips that are not there any more, or have no such control
    std::vector<PassEntry> automated;  ///< following automation now, so that no value would stay

    /// Whether the control can be written; else it is left, with the reason. `strip`: the recorded one as the
    /// mixer has it, nullptr when it is not there any more.
    [[nodiscard]] bool lets(const Strip* strip, const PassEntry& entry);
};

/// What a job that writes from the record did: revert, reapply, recall, comparison.
struct PassReport : LeftAlone {
    std::optional<Pass> pass;          ///< as it is in the journal; none when nothing was to be done
    std::vector<PassEntry> conflicts;  ///< moved by a person since: left alone; `before` is where it stands
    std::vector<PassEntry> unread;     ///< the DAW does not tell them: left alone, where that was allowed
    std::optional<Error> error;

    /// Controls that were asked for and left alone.
    [[nodiscard]] std::size_t left() const {
        return conflicts.size() + gone.size() + automated.size() + unread.size();
    }
};

/// How a pass ended, for `settle_report`.
struct PassEnd {
    std::optional<Pass> pass;      ///< as it is in the journal; none when nothing was sent or recorded
    std::optional<Error> refused;  ///< why nothing was sent
    std::optional<Error> cause;    ///< why it was not applied, or its outcome not recorded
    bool interrupted = false;
    PassState wanted = PassState::applied;  ///< rolled back, where that was asked for
};

/// Fills in pass, conflicts and error. `what`: "revert"; `by_force`: what the user may do about conflicts.
void settle_report(PassReport& report, PassEnd end, const std::string& what, const std::string& by_force);

}  // namespace kedge::engine
