#pragma once

#include "banked/banked_session.hpp"
#include "cli/banked_in_memory.hpp"
#include "engine/engine.hpp"
#include "engine/virtual_loop.hpp"
#include "mackie/mackie_panel.hpp"
#include "sim/built_in_song.hpp"
#include "sim/simulated_mackie.hpp"
#include "support/catch.hpp"
#include "support/mixing_desk.hpp"
#include "support/pass_job.hpp"
#include "support/ready_job.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kedge::test {

/// A DAW with strips that a person can tell apart, also by six characters.
[[nodiscard]] inline sim::Song numbered_song(std::size_t tracks) {
    sim::Song song = sim::many_strips_song(static_cast<int>(tracks));
    for (std::size_t i = 0; i < song.stems.size(); ++i) song.stems[i].name = "Tr " + std::to_string(i + 1);
    return song;
}

/// What kedge is told of a DAW like the simulated Ardour.
[[nodiscard]] inline banked::BankedSetup ardour_behind_mackie() {
    banked::BankedSetup setup;
    setup.scale = FaderScale(FaderCurve::ardour);
    setup.fader_top = setup.scale.top();
    setup.to_start = {banked::Known::yes, {{0, 0x46}, {0, 0x5B}}};
    setup.session_name = "song";
    return setup;
}

/// Names cut to their first characters, as most DAWs do.
[[nodiscard]] inline sim::MackieHostSettings ardour_that_cuts(int units = 1) {
    auto host = sim::as_ardour();
    host.shared.labels = sim::LabelStyle::cut;
    host.shared.units = units;
    return host;
}

/// A simulated DAW behind a Mackie Control and a session at it, in virtual time.
struct MackieRoom {
    explicit MackieRoom(sim::Song song, const sim::MackieHostSettings& host = ardour_that_cuts(),
                        const banked::BankedSetup& setup = ardour_behind_mackie())
        : daw(std::move(song), host),
          wire(daw, static_cast<std::size_t>(host.shared.units)),
          session(std::make_unique<mackie::MackiePanel>(mackie::PanelMake{
                      .units = static_cast<std::size_t>(host.shared.units)}),
                  setup) {}

    void connect() {
        ReadyJob job;
        const auto ran = loop.run(job, std::chrono::seconds(60));
        INFO((ran ? std::string() : ran.error().message));
        REQUIRE(ran);
    }
    [[nodiscard]] const sim::SimStrip& track(std::size_t place) const {
        return daw.engine().strips().at(place);
    }

    sim::SimulatedMackie daw;
    cli::BankedInMemory wire;
    banked::BankedSession session;
    engine::Engine engine{session};
    engine::VirtualLoop loop{engine, wire};
    MixingDesk<MemoryShelf> desk;
};

}  // namespace kedge::test
