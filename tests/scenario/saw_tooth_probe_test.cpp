// How a DAW writes automation, found out by what it does.

#include "engine/saw_tooth_probe.hpp"

#include "scenario/live_studio.hpp"

#include <cmath>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

engine::ProbeSpot spot_of(const LiveStudio& studio) {
    return {studio.id(0), Decibels(), {SongTime(10s), SongTime(12s)}};
}

double furthest_from_base(const LiveStudio& studio) {
    double furthest = 0.0;
    for (const auto& point : studio.strip(0).automation(Control::fader).list().points())
        furthest = std::max(furthest, std::abs(std::get<Decibels>(point.value).db()));
    return furthest;
}

void check_as_before(LiveStudio& studio, AutomationMode mode) {
    CHECK(studio.strip(0).automation(Control::fader).mode() == mode);
    CHECK(std::abs(studio.strip(0).fader.db()) < 0.03);
    CHECK(studio.position() == SongTime());
    CHECK_FALSE(studio.daw().engine().rolling());
}

}  // namespace

TEST_CASE("a DAW that holds what is written is told from one that does not") {
    for (const Duration latency : {0ms, 15ms, 40ms}) {
        INFO("latency " << latency.count());
        sim::FaultRates rates;
        rates.latency = latency;
        for (const bool headless : {false, true}) {
            LiveStudio studio(2);
            studio.set_plan({1, rates, rates});
            studio.daw().headless(headless);
            engine::SawToothProbe probe(spot_of(studio));
            REQUIRE(studio.run(probe));
            check_as_before(studio, AutomationMode::manual);
            const auto& report = probe.report();
            if (headless) {
                CHECK(report.style == engine::WritingStyle::saw_tooth);
                REQUIRE(report.error);
                CHECK(report.error->kind == ErrorKind::refused);
                REQUIRE(report.not_restored.size() == 1);
                CHECK(report.not_restored[0] ==
                      "Its automation may be 0.3 dB off its old level between 0:10.0 and 0:11.8.");
            } else {
                CHECK(report.style == engine::WritingStyle::staircase);
                CHECK_FALSE(report.error);
                CHECK(report.not_restored.empty());
                CHECK(furthest_from_base(studio) < 0.02);
            }
        }
    }
}

TEST_CASE("a probe that is broken off takes back what it wrote") {
    for (const bool by_hand : {false, true}) {
        LiveStudio studio(2);
        studio.at(SongTime(11s), [&] {
            if (by_hand) {
                studio.other_client("/transport_stop", {});
            } else {
                studio.interrupt();
            }
        });
        studio.watch();
        engine::SawToothProbe probe(spot_of(studio));
        REQUIRE(studio.run(probe));
        CHECK(probe.report().style == engine::WritingStyle::unknown);
        REQUIRE(probe.report().error);
        CHECK(probe.report().error->kind == ErrorKind::interrupted);
        CHECK(furthest_from_base(studio) < 0.02);
        CHECK(studio.strip(0).automation(Control::fader).mode() == AutomationMode::manual);
    }
}

TEST_CASE("the probe goes where ride and old curve are level") {
    Ride ride;
    ride.strip = StripId{1};
    ride.points = {{SongTime(1s), Decibels()},    {SongTime(2s), Decibels()}, {SongTime(3s), Decibels(2.0)},
                   {SongTime(6s), Decibels(2.0)}, {SongTime(7s), Decibels()}, {SongTime(20s), Decibels()}};
    const auto from_of = [](const std::optional<engine::ProbeSpot>& spot) {
        REQUIRE(spot);
        return spot->range.from;
    };
    CHECK(from_of(engine::choose_probe_spot({&ride, 1}, {})) == SongTime(3s));
    engine::HeardLine old{StripId{1}, {}, true, {}};
    CHECK(from_of(engine::choose_probe_spot({&ride, 1}, {&old, 1})) == SongTime(3s));
    old.line.points = {{SongTime(2s), Gain(1.0)}, {SongTime(6s), Gain(0.5)}, {SongTime(6500ms), Gain(1.0)}};
    CHECK(from_of(engine::choose_probe_spot({&ride, 1}, {&old, 1})) == SongTime(7s));
    old.line.points = {{SongTime(2s), Gain(0.5)}};
    CHECK_FALSE(engine::choose_probe_spot({&ride, 1}, {&old, 1}));
    ride.points = {{SongTime(1s), Decibels()}, {SongTime(9s), Decibels(1.0)}};
    CHECK_FALSE(engine::choose_probe_spot({&ride, 1}, {}));
}
