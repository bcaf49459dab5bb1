#pragma once

#include "engine/job.hpp"
#include "engine/revert_plan.hpp"
#include "journal/journal.hpp"
#include "surface/pass_runner.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// What a revert did.
struct RevertReport {
    std::vector<PassId> reverted;      ///< the passes taken back
    std::optional<Pass> pass;          ///< the pass that took them back; none when nothing was to be done
    std::vector<PassEntry> gone;       ///< strips that are not there any more
    std::vector<PassEntry> conflicts;  ///< moved by a person since: left alone
    std::optional<Error> error;
};

/// Takes a pass back from the journal's record, its corrections with it.
class RevertJob : public Job {
  public:
    /// The journal outlives the job. `force` also takes back what a person moved since.
    RevertJob(PassId pass, bool force, std::string surface_name, WallTime created, journal::Journal& journal,
              surface::PassRecorder& recorder);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] Progress progress() const override;
    [[nodiscard]] const RevertReport& report() const { return report_; }

  private:
    void pump(Desk& desk, const surface::RunnerOutbox& out);
    void ended();
    void end_with(Error error);

    PassId pass_;
    bool force_;
    std::string surface_name_;
    WallTime created_;
    journal::Journal& journal_;
    surface::PassRecorder& recorder_;
    std::vector<Pass> chain_;
    std::optional<surface::PassRunner> runner_;
    bool done_ = false;
    RevertReport report_;
};

/// The pass and those that continue it, in journal order. A usage error when the pass is not there; a pass
/// that continues another leads to that other's chain.
[[nodiscard]] Result<std::vector<Pass>> chain_of(const journal::Journal& journal, PassId id);

}  // namespace kedge::engine
