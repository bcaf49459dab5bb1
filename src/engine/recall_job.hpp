#pragma once

#include "engine/reading_pass_job.hpp"
#include "engine/selection.hpp"
#include "journal/journal.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// What a recall did.
struct RecallReport : PassReport {
    std::vector<StripName> added;  ///< strips that the snapshot does not know: left as they are
};

/// Writes what a snapshot holds, or a part of it: an ordinary pass, over whatever stands and whoever put it
/// there, as that is what is asked for. Its before-values are in the journal, so a revert brings them back.
/// Where the mixer stands like that already there is no pass.
class RecallJob : public ReadingPassJob {
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
    void make_sure(Desk& desk);
    void all_read(Desk& desk) override;
    void ended(PassEnd end) override;

    std::string snapshot_;
    std::string surface_name_;
    WallTime created_;
    journal::Journal& journal_;
    Selection selection_;
    std::optional<PassOrder> order_;  ///< until it is applied; where it is read first, question i is wish i
    RecallReport report_;
};

}  // namespace kedge::engine
