#include "support/catch.hpp"
#include "unit/banked/banked_bench.hpp"

#include <cmath>
#include <iostream>
#include <random>

using namespace kedge;
using namespace kedge::banked::test;

/// Pans by the text beneath the names, and by knobs that turn them.
namespace {

constexpr double tick = 2.0 / 63.0;
constexpr double half_a_percent = 0.01;

}  // namespace

TEST_CASE("The list has the pans, to the percent that the display says") {
    const std::size_t tracks = GENERATE(3U, 20U);
    const std::size_t units = GENERATE(1U, 4U);
    CAPTURE(tracks, units);
    auto host = sim::as_ardour();
    host.shared.units = static_cast<int>(units);
    BankedBench bench(song_of(tracks), host, setup_for_ardour(), {.units = units});
    for (std::size_t i = 0; i < tracks; ++i) bench.daw.turn_pan(i, Pan(-0.93 + 0.1 * static_cast<double>(i)));
    REQUIRE(bench.run_until_ready());
    REQUIRE(bench.session.capabilities().pan);
    for (std::size_t i = 0; i < tracks; ++i) {
        const Strip& strip = bench.session.mixer().strips.at(i);
        REQUIRE(strip.pan);
        CHECK(std::abs(strip.pan->position() - bench.daw.engine().strips().at(i).pan.position()) <=
              half_a_percent + 1e-9);
    }
    CHECK(bench.daw.wire_writes().empty());
}

TEST_CASE("A pan is set to the knob's nearest place, told anew, and turned back exactly") {
    const auto seed = std::random_device{}();
    std::cout << "pans set and put back: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> places(-0.95, 0.95);
    const std::size_t tracks = GENERATE(5U, 20U);
    CAPTURE(tracks);
    BankedBench bench(song_of(tracks), sim::as_ardour(), setup_for_ardour());
    for (std::size_t i = 0; i < tracks; ++i) bench.daw.turn_pan(i, Pan(places(random)));
    REQUIRE(bench.run_until_ready());
    const auto before = bench.daw.engine().strips();
    const auto told = bench.session.mixer().strips;
    const double tolerance = bench.session.capabilities().pan_tolerance;
    CHECK(tolerance < tick);
    std::vector<Pan> wanted;
    for (std::size_t i = 0; i < tracks; ++i) {
        wanted.emplace_back(places(random));
        bench.command(surface::SetControl{told[i].id, Control::pan, wanted[i]});
    }
    bench.events.clear();
    bench.run(std::chrono::seconds(30));
    for (std::size_t i = 0; i < tracks; ++i) {
        CAPTURE(i);
        CHECK(std::abs(bench.daw.engine().strips()[i].pan.position() - wanted[i].position()) <= tolerance);
        CHECK(bench.session.mixer().strips[i].pan == wanted[i]);
    }
    for (std::size_t i = 0; i < tracks; ++i)
        bench.command(surface::SetControl{told[i].id, Control::pan, *told[i].pan});
    bench.run(std::chrono::seconds(30));
    for (std::size_t i = 0; i < tracks; ++i) {
        CAPTURE(i);
        CHECK(bench.daw.engine().strips()[i].pan.position() == Approx(before[i].pan.position()).margin(1e-9));
    }
    CHECK(bench.refusals.empty());
}

TEST_CASE("A hand on a pan is heard, and a turn starts from there") {
    BankedBench bench(song_of(20), sim::as_ardour(), setup_for_ardour());
    REQUIRE(bench.run_until_ready());
    bench.command(surface::ShowMeters{0});
    bench.run(one_second);
    bench.events.clear();
    bench.daw.turn_pan(3, Pan(-0.4));
    bench.run(one_second);
    const auto reports = bench.heard<surface::ControlReported>();
    REQUIRE(reports.size() == 1);
    CHECK(std::get<Pan>(reports[0].value).position() == Approx(-0.4));
    bench.command(surface::SetControl{bench.session.mixer().strips.at(3).id, Control::pan, Pan(0.2)});
    bench.run(std::chrono::seconds(3));
    CHECK(std::abs(bench.daw.engine().strips().at(3).pan.position() - 0.2) <=
          bench.session.capabilities().pan_tolerance);
}

TEST_CASE("Where a profile knows nothing of pans there are none, and none are set") {
    BankedBench bench(song_of(9), sim::as_reaper(), setup_for_reaper());
    bench.daw.turn_pan(2, Pan(0.5));
    REQUIRE(bench.run_until_ready());
    CHECK_FALSE(bench.session.capabilities().pan);
    const Strip& strip = bench.session.mixer().strips.at(2);
    CHECK_FALSE(strip.pan);
    bench.command(surface::SetControl{strip.id, Control::pan, Pan()});
    CHECK(bench.refusals.size() == 1);
    CHECK(bench.daw.engine().strips().at(2).pan == Pan(0.5));
}

TEST_CASE("Faders that somebody flips to pans are flipped back before a level is sent") {
    BankedBench bench(song_of(20), sim::as_reaper(), setup_for_reaper());
    REQUIRE(bench.run_until_ready());
    const auto before = bench.daw.engine().strips();
    bench.daw.flip();
    bench.run(std::chrono::seconds(4));
    CHECK(bench.heard<surface::StripsUnsettled>().size() == 1);
    REQUIRE(bench.session.ready());
    for (std::size_t i = 0; i < 20; ++i)
        CHECK(bench.session.mixer().strips.at(i).fader->db() == Approx(before[i].fader.db()).margin(0.02));
    bench.command(surface::SetControl{bench.session.mixer().strips.at(4).id, Control::fader, Decibels(-9.0)});
    bench.run(std::chrono::seconds(3));
    CHECK(bench.daw.engine().strips().at(4).fader.db() == Approx(-9.0).margin(0.05));
    for (const auto& write : bench.daw.wire_writes()) CHECK(write.control == Control::fader);
}
