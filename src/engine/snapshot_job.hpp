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
    std::optional<Error> error;
};

/// Reads every control of every strip from the DAW and keeps them in the journal under a name.
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
