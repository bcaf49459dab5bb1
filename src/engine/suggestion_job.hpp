#pragma once

#include "control/suggestion.hpp"
#include "engine/pass_job.hpp"
#include "engine/pass_report.hpp"
#include "journal/journal.hpp"

#include <string>

namespace kedge::engine {

/// Makes one suggestion true, as a pass of its own that can be taken back. A fader that was moved since is
/// left where it stands: a conflict.
class SuggestionJob : public PassJob {
  public:
    /// The journal and the recorder outlive the job.
    SuggestionJob(StripId strip, control::Suggestion suggestion, std::string surface_name, WallTime created,
                  const journal::Journal& journal, surface::PassRecorder& recorder);

    void start(Desk& desk) override;
    [[nodiscard]] const PassReport& report() const { return report_; }

  private:
    [[nodiscard]] Result<PassOrder> order(const Desk& desk) const;
    void ended(PassEnd end) override;

    StripId strip_;
    control::Suggestion suggestion_;
    std::string surface_name_;
    WallTime created_;
    const journal::Journal& journal_;
    PassReport report_;
};

}  // namespace kedge::engine
