#pragma once

#include "engine/journal_recorder.hpp"
#include "engine/pass_job.hpp"
#include "engine/reapply_job.hpp"
#include "engine/recall_job.hpp"
#include "engine/recover_job.hpp"
#include "engine/revert_job.hpp"
#include "engine/snapshot_job.hpp"
#include "support/catch.hpp"
#include "support/instant_daw.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kedge::test {

/// What a plan wants of one control, by the strip's name.
struct Wanted {
    std::string strip;
    Control control = Control::fader;
    ControlValue to;
};

/// Writes wanted values as one pass, as a mix does.
class WriteJob : public engine::PassJob {
  public:
    WriteJob(std::vector<Wanted> wanted, surface::PassRecorder& recorder)
        : PassJob("writing", recorder), wanted_(std::move(wanted)) {}
    void start(engine::Desk& desk) override {
        engine::PassOrder order;
        order.header.session = desk.mixer().session.name;
        order.header.continues = continues;
        if (continues) order.header.kind = PassKind::correction;
        for (const Wanted& each : wanted_)
            order.wishes.push_back({desk.mixer().find(StripName{StripKind::audio_track, each.strip, 0})->id,
                                    each.control, each.to, std::nullopt, "test", "a test wants it"});
        apply(desk, std::move(order));
    }
    [[nodiscard]] const engine::PassEnd& end() const { return end_; }
    std::optional<PassId> continues;

  private:
    void ended(engine::PassEnd end) override { end_ = std::move(end); }
    std::vector<Wanted> wanted_;
    engine::PassEnd end_;
};

/// A DAW that answers at once, a journal in memory, and the jobs that work on both.
struct PassDesk {
    explicit PassDesk(int strips = 3) : daw(strips) {}

    PassId write(std::vector<Wanted> wanted, std::optional<PassId> continues = std::nullopt) {
        WriteJob job(std::move(wanted), recorder);
        job.continues = continues;
        REQUIRE(daw.run(job));
        REQUIRE(job.end().pass);
        REQUIRE(job.end().pass->state == PassState::applied);
        return job.end().pass->id;
    }
    /// Without a pass the newest that stands.
    engine::RevertReport revert(std::optional<PassId> pass, bool force = false,
                                engine::Selection selection = {}) {
        engine::RevertJob job(pass, force, "desk", {}, *journal, recorder, std::move(selection));
        REQUIRE(daw.run(job));
        return job.report();
    }
    engine::PassReport reapply(PassId pass, bool force = false, engine::Selection selection = {}) {
        engine::ReapplyJob job(pass, force, "desk", {}, *journal, recorder, std::move(selection));
        REQUIRE(daw.run(job));
        return job.report();
    }
    engine::SnapshotReport snapshot(const std::string& name) {
        engine::SnapshotJob job(name, "desk", {}, *journal);
        REQUIRE(daw.run(job));
        return job.report();
    }
    engine::RecallReport recall(const std::string& name, engine::Selection selection = {}) {
        engine::RecallJob job(name, "desk", {}, *journal, recorder, std::move(selection));
        REQUIRE(daw.run(job));
        return job.report();
    }
    engine::RecoverReport recover(engine::Recovery recovery, bool force = false) {
        engine::RecoverJob job(recovery, force, *journal);
        REQUIRE(daw.run(job));
        return job.report();
    }
    [[nodiscard]] PassState state(PassId pass) const { return journal->pass(pass).value().state; }
    [[nodiscard]] Decibels fader(const std::string& name) { return *daw.strip(name).fader; }

    InstantDaw daw;
    std::unique_ptr<journal::Journal> journal = std::move(*journal::open_journal(":memory:"));
    engine::JournalRecorder recorder{*journal};
};

}  // namespace kedge::test
