#pragma once

#include "engine/line_pass_job.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// A line of the record that was not written, and why: a sentence.
struct LeftLine {
    StripName strip;
    std::string reason;
};

/// What a job on fader lines did.
struct LineReport {
    std::optional<Pass> pass;         ///< as it is in the journal; none when nothing was to be done
    std::vector<LeftLine> conflicts;  ///< changed by a person since
    std::vector<LeftLine> gone;       ///< of strips that are not there any more
    std::vector<LeftLine> stays;  ///< what is in a fader's list and could not be taken away: it does not play
    std::optional<Error> error;
};

/// Fills in pass and error. `what`: "ride"; `by_force`: what the user may do about conflicts.
void settle_line_report(LineReport& report, LineEnd end, const std::string& what,
                        const std::string& by_force);

}  // namespace kedge::engine
