#pragma once

#include "cli/sim_in_memory.hpp"
#include "engine/engine.hpp"
#include "engine/virtual_loop.hpp"
#include "profiles/shipped_profiles.hpp"
#include "reaper/reaper_session.hpp"
#include "sim/built_in_song.hpp"
#include "sim/simulated_reaper.hpp"
#include "support/catch.hpp"
#include "support/mixing_desk.hpp"
#include "support/pass_job.hpp"
#include "support/ready_job.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace kedge::test {

/// kedge's own pattern file.
inline std::string kedge_patterns() {
    for (const auto& shipped : shipped_profiles())
        if (shipped.path == "daws/kedge.ReaperOSC") return std::string(shipped.text);
    FAIL("daws/kedge.ReaperOSC is not shipped");
    return {};
}

/// The patterns that REAPER comes with.
inline std::string stock_patterns() {
    std::ifstream file(std::string(KEDGE_SOURCE_DIR) + "/tests/golden/reaper/stock.ReaperOSC");
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A simulated REAPER and a session at it, in virtual time, both with the same pattern file.
struct ReaperRoom {
    explicit ReaperRoom(sim::Song song, const std::string& patterns = kedge_patterns())
        : daw(std::move(song), settings_of(patterns)),
          session({reaper::PatternFile::read(patterns),
                   Duration{},
                   {Decibels(-62.0), Decibels(6.0)},
                   Decibels(120.0),
                   "song"}) {}

    ReaperRoom(sim::Song song, sim::ReaperSettings settings)
        : daw(std::move(song), std::move(settings)),
          session({reaper::PatternFile::read(kedge_patterns()), Duration{}}) {}

    static sim::ReaperSettings settings_of(const std::string& patterns) {
        sim::ReaperSettings settings;
        settings.patterns = reaper::PatternFile::read(patterns);
        settings.feedback_to = cli::SimInMemory<sim::SimulatedReaper>::client;
        return settings;
    }

    void connect() {
        ReadyJob job;
        const auto ran = loop.run(job, std::chrono::seconds(30));
        INFO((ran ? std::string() : ran.error().message));
        REQUIRE(ran);
    }
    [[nodiscard]] StripId id(const std::string& name) const {
        for (const Strip& strip : session.mixer().strips)
            if (strip.name.name == name) return strip.id;
        FAIL("no strip " << name);
        return {};
    }
    [[nodiscard]] std::size_t place(const std::string& name) const {
        const auto& strips = daw.engine().strips();
        for (std::size_t i = 0; i < strips.size(); ++i)
            if (strips[i].name == name) return i;
        FAIL("no track " << name);
        return 0;
    }
    [[nodiscard]] const sim::SimStrip& track(const std::string& name) const {
        return daw.engine().strips()[place(name)];
    }
    /// The mixer as the session has it is the mixer as REAPER has it.
    void require_same_mixer() const {
        for (const Strip& strip : session.mixer().strips) {
            if (strip.name.kind == StripKind::master) continue;
            const auto& truth = track(strip.name.name);
            INFO(strip.name.name);
            REQUIRE(distance(*strip.fader, truth.fader) <= Decibels(0.001));
            REQUIRE(std::abs(strip.pan->position() - truth.pan.position()) < 1e-5);
            REQUIRE((strip.mute == Mute::muted) == truth.muted);
        }
    }

    sim::SimulatedReaper daw;
    cli::SimInMemory<sim::SimulatedReaper> wire{daw};
    reaper::ReaperSession session;
    engine::Engine engine{session};
    engine::VirtualLoop loop{engine, wire};
    MixingDesk<MemoryShelf> desk;
};

}  // namespace kedge::test
