#pragma once

#include "core/pass.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// What a job that writes from the record did: revert, reapply, recall, comparison.
struct PassReport {
    std::optional<Pass> pass;          ///< as it is in the journal; none when nothing was to be done
    std::vector<PassEntry> conflicts;  ///< moved by a person since: left alone; `before` is where it stands
    std::vector<PassEntry> gone;       ///< of strips that are not there any more
    std::vector<PassEntry> automated;  ///< following automation now, so that no value would stay: left alone
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
