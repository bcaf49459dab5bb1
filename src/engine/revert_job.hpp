#pragma once

#include "engine/pass_job.hpp"
#include "engine/revert_plan.hpp"
#include "journal/journal.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// What a revert did.
struct RevertReport : PassReport {
    std::vector<PassId> reverted;  ///< the passes of which nothing stands any more
    std::vector<PassEntry>
        covered;  ///< taken out of the record alone: a later pass that stands wrote them too
};

/// Takes a pass, or a part of it, out of what stands: its corrections with it, in any order among the other
/// passes. Of a revert: what it took out comes back.
class RevertJob : public PassJob {
  public:
    /// Without `pass` the newest of the open session that stands. The journal outlives the job. `force` also
    /// takes back what a person moved since.
    RevertJob(std::optional<PassId> pass, bool force, std::string surface_name, WallTime created,
              journal::Journal& journal, surface::PassRecorder& recorder, Selection selection = {});

    void start(Desk& desk) override;
    [[nodiscard]] const RevertReport& report() const { return report_; }

  private:
    [[nodiscard]] Result<PassOrder> order(Desk& desk);
    [[nodiscard]] Result<Pass> named(const Desk& desk) const;
    [[nodiscard]] Result<Pass> newest(const SessionHistory& history, const std::string& session) const;
    void ended(PassEnd end) override;

    std::optional<PassId> pass_;  ///< found out at the start when nobody named it
    bool force_;
    std::string surface_name_;
    WallTime created_;
    journal::Journal& journal_;
    Selection selection_;
    PassId chain_;
    std::vector<PassEntry> covered_;
    RevertReport report_;
};

}  // namespace kedge::engine
