#pragma once

#include "engine/pass_job.hpp"
#include "engine/selection.hpp"
#include "journal/journal.hpp"

#include <string>
#include <vector>

namespace kedge::engine {

/// What a recall did.
struct RecallReport : PassReport {
    std::vector<StripName> added;  ///< strips that the snapshot does not know: left as they are
};

/// Writes what a snapshot holds, or a part of it: an ordinary pass, over whatever stands and whoever put it
/// there, as that is what is asked for. Its before-values are in the journal, so a revert brings them back.
class RecallJob : public PassJob {
  public:
    /// The journal outlives the job.
    RecallJob(std::string snapshot, std::string surface_name, WallTime created, journal::Journal& journal,
              surface::PassRecorder& recorder, Selection selection = {});

    void start(Desk& desk) override;
    [[nodiscard]] const RecallReport& report() const { return report_; }

  private:
    [[nodiscard]] Result<PassOrder> order(Desk& desk);
    void take(const SnapshotValue& value, const Strip* strip, PassOrder& order);
    [[nodiscard]] Error nothing_to_recall() const;
    void ended(PassEnd end) override;

    std::string snapshot_;
    std::string surface_name_;
    WallTime created_;
    journal::Journal& journal_;
    Selection selection_;
    RecallReport report_;
};

}  // namespace kedge::engine
