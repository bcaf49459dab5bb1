#pragma once

#include "banked/banked_session.hpp"
#include "engine/engine.hpp"
#include "engine/virtual_loop.hpp"
#include "hui/hui_panel.hpp"
#include "mackie/mackie_panel.hpp"
#include "scenario/banked/slow_wire.hpp"
#include "sim/built_in_song.hpp"
#include "sim/simulated_hui.hpp"
#include "sim/simulated_mackie.hpp"
#include "support/catch.hpp"
#include "support/mixing_desk.hpp"
#include "support/pass_job.hpp"
#include "support/ready_job.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kedge::test {

/// A DAW with strips that a person can tell apart, also by six characters.
[[nodiscard]] inline sim::Song numbered_song(std::size_t tracks) {
    sim::Song song = sim::many_strips_song(static_cast<int>(tracks));
    for (std::size_t i = 0; i < song.stems.size(); ++i) song.stems[i].name = "T" + std::to_string(i + 1);
    return song;
}

/// A DAW behind a surface, and what kedge is told of it.
struct HostSetup {
    std::string name;
    banked::BankedSetup setup;
    std::function<std::unique_ptr<sim::BankedHost>(sim::Song, Duration bank_lag)> host;
    std::function<std::unique_ptr<banked::Panel>()> panel;
    Decibels tolerance = Decibels(0.05);
    Duration bank_lag{};  ///< of the DAW, where its own is shorter
};

[[nodiscard]] inline banked::BankedSetup setup_with(FaderCurve curve) {
    banked::BankedSetup setup;
    setup.scale = FaderScale(curve);
    setup.fader_top = setup.scale.top();
    setup.session_name = "song";
    return setup;
}

template <typename HostSettings>
[[nodiscard]] HostSettings slower(HostSettings host, Duration bank_lag) {
    host.shared.bank_lag = std::max(host.shared.bank_lag, bank_lag);
    return host;
}

/// Names cut to their first characters, as most DAWs do.
[[nodiscard]] inline HostSetup behind_mackie(std::string name, sim::MackieHostSettings host,
                                             banked::BankedSetup setup, int units) {
    host.shared.labels.shortening = Shortening::cut;
    host.shared.units = units;
    return {std::move(name), std::move(setup),
            [host](sim::Song song, Duration bank_lag) {
                return std::make_unique<sim::SimulatedMackie>(std::move(song), slower(host, bank_lag));
            },
            [units] {
                return std::make_unique<mackie::MackiePanel>(
                    mackie::PanelMake{.units = static_cast<std::size_t>(units)});
            }};
}

[[nodiscard]] inline HostSetup behind_hui(std::string name, sim::HuiHostSettings host,
                                          banked::BankedSetup setup, int units) {
    host.shared.labels.shortening = Shortening::cut;
    host.shared.units = units;
    return {std::move(name), std::move(setup),
            [host](sim::Song song, Duration bank_lag) {
                return std::make_unique<sim::SimulatedHui>(std::move(song), slower(host, bank_lag));
            },
            [units] { return std::make_unique<hui::HuiPanel>(static_cast<std::size_t>(units)); }};
}

[[nodiscard]] inline HostSetup ardour_behind_mackie(int units = 1) {
    auto setup = setup_with(FaderCurve::ardour);
    setup.to_start = {banked::Known::yes, {{0, 0x46}, {0, 0x5B}}};
    setup.pan_ticks = 63;
    return behind_mackie("Mackie Control, as Ardour", sim::as_ardour(), setup, units);
}

[[nodiscard]] inline HostSetup reaper_behind_mackie(int units = 1) {
    auto setup = setup_with(FaderCurve::reaper);
    setup.bank_step = banked::BankStep::one_unit;
    return behind_mackie("Mackie Control, as REAPER", sim::as_reaper(), setup, units);
}

[[nodiscard]] inline HostSetup pro_tools_behind_hui(int units = 1) {
    auto setup = setup_with(FaderCurve::reaper);
    setup.last_bank = banked::LastBank::overlapping;
    setup.to_start = {banked::Known::yes, {{0x0F, 0}}};
    return behind_hui("HUI, as Pro Tools", sim::hui_as_pro_tools(), setup, units);
}

/// A simulated DAW behind a control surface and a session at it, in virtual time.
struct BankedRoom {
    BankedRoom(sim::Song song, const HostSetup& there)
        : host(there.host(std::move(song), there.bank_lag)),
          daw(*host),
          session(there.panel(), there.setup),
          wire(daw, session.ports()) {}

    void connect() {
        ReadyJob job;
        const auto ran = loop.run(job, std::chrono::seconds(60));
        INFO((ran ? std::string() : ran.error().message));
        REQUIRE(ran);
    }
    [[nodiscard]] const sim::SimStrip& track(std::size_t place) const {
        return daw.engine().strips().at(place);
    }

    std::unique_ptr<sim::BankedHost> host;
    sim::BankedHost& daw;
    banked::BankedSession session;
    SlowWire wire;
    engine::Engine engine{session};
    engine::VirtualLoop loop{engine, wire};
    MixingDesk<MemoryShelf> desk;
};

}  // namespace kedge::test
