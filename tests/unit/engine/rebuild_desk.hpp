#pragma once

#include "engine/journal_recorder.hpp"
#include "engine/rebuild_job.hpp"
#include "engine/recover_job.hpp"
#include "support/catch.hpp"
#include "support/rolling_daw.hpp"
#include "support/shipped_rules.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kedge::test {

/// A DAW of six tracks in five layers and two strips that are none, a journal in memory, and rebuilds.
struct RebuildDesk {
    RebuildDesk() {
        for (const char* name : {"Kick In", "Snare", "OH", "Bass DI", "Keys", "Lead Vox"}) daw.add(name);
        daw.add("Verb").name.kind = StripKind::audio_bus;
        daw.add("Master").name.kind = StripKind::master;
        daw.mixer().session.end = SongTime::from_seconds(120.0);
        before = daw.mixer();
    }

    [[nodiscard]] engine::RebuildJob job(engine::LayerSpan span = engine::Bars{2}) {
        return {engine::RebuildOrder{span, by_hand}, roles, profile, "desk", {}, *journal, recorder};
    }
    engine::RebuildReport rebuild(engine::LayerSpan span = engine::Bars{2}) {
        auto work = job(span);
        REQUIRE(daw.roll(work));
        return work.report();
    }
    engine::RecoverReport recover(engine::Recovery recovery) {
        engine::RecoverJob work(recovery, false, *journal);
        REQUIRE(daw.roll(work));
        return work.report();
    }
    void interrupt_at(std::chrono::milliseconds when) {
        daw.at(when, [this](engine::Engine& engine) { RollingDaw::interrupt(engine, daw.clock()); });
    }
    /// A person sets a mute.
    void set_by_hand(std::chrono::milliseconds when, const std::string& track, Mute to) {
        daw.at(when, [this, track, to](engine::Engine&) { daw.strip(track).mute = to; });
    }
    [[nodiscard]] Pass pass() const { return journal->pass(PassId{1}).value(); }
    [[nodiscard]] std::set<std::string> open() const {
        std::set<std::string> names;
        for (const Strip& strip : daw.mixer().strips)
            if (strip.name.kind == StripKind::audio_track && strip.mute == Mute::open)
                names.insert(strip.name.name);
        return names;
    }
    [[nodiscard]] Verdict verdict_of(const std::string& track) const {
        const Pass recorded = pass();
        for (const PassEntry& entry : recorded.entries)
            if (entry.strip.name == track) return entry.verdict;
        FAIL("no entry of " << track);
        return Verdict::pending;
    }

    RollingDaw daw;
    MixerState before;
    std::map<StripName, Role> by_hand;
    mix::RoleBook roles = shipped_roles();
    mix::RebuildProfile profile = shipped_rebuild();
    std::unique_ptr<journal::Journal> journal = std::move(*journal::open_journal(":memory:"));
    engine::JournalRecorder recorder{*journal};
};

/// The names of layers that came in.
inline std::vector<std::string> came_in(const engine::RebuildReport& report) {
    std::vector<std::string> names;
    for (const engine::LayerCameIn& layer : report.came_in) names.push_back(layer.name);
    return names;
}

}  // namespace kedge::test
