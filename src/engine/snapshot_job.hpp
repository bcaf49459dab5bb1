#pragma once

#include "engine/control_reader.hpp"
#include "journal/journal.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kedge::engine {

/// What was taken.
struct SnapshotReport {
    std::optional<Snapshot> snapshot;  ///< as it is in the journal
    /// Left out: strips that share their kind and name with another, as no recall could tell them apart.
    std::vector<StripName> twins;
    std::optional<Error> error;
};

/// Reads every control of every strip that has a name of its own from the DAW and keeps them in the journal
/// under a name. That name is none that could be a pass's number, shows as it is typed, and is typed as it
/// shows: a usage error otherwise.
class SnapshotJob : public Job {
  public:
    /// The journal outlives the job.
    SnapshotJob(std::string name, std::string surface_name, WallTime created, journal::Journal& journal);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return done_; }
    [[nodiscard]] Progress progress() const override;
    [[nodiscard]] const SnapshotReport& report() const { return report_; }

  private:
    [[nodiscard]] Result<void> take_up(const MixerState& mixer);
    void advance();
    void store();
    void end_with(Error error);

    Snapshot snapshot_;  ///< its values are what the DAW last reported until they are read
    journal::Journal& journal_;
    std::optional<ControlReader> reader_;
    bool done_ = false;
    SnapshotReport report_;
};

}  // namespace kedge::engine
