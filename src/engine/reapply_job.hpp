#pragma once

#include "engine/pass_job.hpp"
#include "engine/selection.hpp"
#include "journal/journal.hpp"

#include <string>

namespace kedge::engine {

/// Writes once more what a pass and its corrections wrote, or a part of it, over all that stands: a pass of
/// its own, which can be reverted. A control that a person moved since the last pass that wrote it is a
/// conflict.
class ReapplyJob : public PassJob {
  public:
    /// The journal outlives the job. `force` also writes over what a person moved since.
    ReapplyJob(PassId pass, bool force, std::string surface_name, WallTime created, journal::Journal& journal,
               surface::PassRecorder& recorder, Selection selection = {});

    void start(Desk& desk) override;
    [[nodiscard]] const PassReport& report() const { return report_; }

  private:
    [[nodiscard]] Result<PassOrder> order(Desk& desk);
    void ended(PassEnd end) override;

    PassId pass_;
    bool force_;
    std::string surface_name_;
    WallTime created_;
    journal::Journal& journal_;
    Selection selection_;
    PassReport report_;
};

}  // namespace kedge::engine
