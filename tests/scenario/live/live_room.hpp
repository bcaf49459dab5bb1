#pragma once

#include "abletonosc/live_session.hpp"
#include "cli/sim_in_memory.hpp"
#include "engine/engine.hpp"
#include "engine/virtual_loop.hpp"
#include "sim/built_in_song.hpp"
#include "sim/faults.hpp"
#include "sim/simulated_live.hpp"
#include "support/catch.hpp"
#include "support/mixing_desk.hpp"
#include "support/pass_job.hpp"
#include "support/ready_job.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace kedge::test {

/// A simulated Live and a session at it, in virtual time, with a wire between them that may be a bad one.
struct LiveRoom {
    explicit LiveRoom(sim::Song song, const sim::FaultPlan& faults = {}, sim::LiveSettings settings = {})
        : daw(std::move(song), with_our_port(settings)),
          faulty(daw, faults),
          session(std::max(faults.to_daw.latest(), faults.to_client.latest())) {}

    static sim::LiveSettings with_our_port(sim::LiveSettings settings) {
        settings.reply_port = cli::SimInMemory<sim::FaultyWire>::client.port;
        return settings;
    }
    void connect() {
        ReadyJob job;
        run(job);
    }
    void run(engine::Job& job) {
        const auto ran = loop.run(job);
        INFO((ran ? std::string() : ran.error().message));
        REQUIRE(ran);
    }
    [[nodiscard]] std::size_t place(const std::string& name) const {
        const auto& tracks = daw.engine().strips();
        const auto found = std::find_if(tracks.begin(), tracks.end(),
                                        [&](const sim::SimStrip& track) { return track.name == name; });
        INFO(name);
        REQUIRE(found != tracks.end());
        return static_cast<std::size_t>(found - tracks.begin());
    }
    [[nodiscard]] const sim::SimStrip& track(const std::string& name) const {
        return daw.engine().strips()[place(name)];
    }
    /// The mixer as the session has it is the mixer as Live has it.
    void require_same_mixer() const {
        const auto& strips = session.mixer().strips;
        const auto& tracks = daw.engine().strips();
        REQUIRE(strips.size() == tracks.size());
        for (std::size_t i = 0; i < strips.size(); ++i) {
            INFO(i << " " << strips[i].name.name);
            REQUIRE(strips[i].name.name == tracks[i].name);
            REQUIRE(strips[i].fader);
            REQUIRE(distance(*strips[i].fader, tracks[i].fader) <= Decibels(0.001));
            REQUIRE(std::abs(strips[i].pan->position() - tracks[i].pan.position()) < 1e-5);
            REQUIRE((strips[i].mute == Mute::muted) == tracks[i].muted);
        }
    }
    /// Every fader, pan and mute of tracks that were there before is what it was.
    void require_as_before(const std::vector<sim::SimStrip>& before) const {
        for (const auto& was : before) {
            const sim::SimStrip* const is = daw.engine().find(was.id);
            INFO(was.name);
            if (!is) continue;
            REQUIRE(distance(is->fader, was.fader) < Decibels(0.001));
            REQUIRE(std::abs(is->pan.position() - was.pan.position()) < 1e-5);
            REQUIRE(is->muted == was.muted);
        }
    }

    sim::SimulatedLive daw;
    sim::FaultyWire faulty;
    cli::SimInMemory<sim::FaultyWire> wire{faulty};
    abletonosc::LiveSession session;
    engine::Engine engine{session};
    engine::VirtualLoop loop{engine, wire};
    MixingDesk<MemoryShelf> desk;
};

}  // namespace kedge::test
