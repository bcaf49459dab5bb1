#include "support/catch.hpp"
#include "unit/banked/banked_bench.hpp"

#include <cmath>
#include <numbers>

using namespace kedge;
using namespace kedge::banked;
using namespace kedge::banked::test;

/// What a surface's lamps tell of a level, and that a plan is told how little that is.
namespace {

MeterSteps steps_of_ardour() {
    std::vector<Decibels> lowest;
    for (const double level : {-56.1538, -42.3077, -35.2564, -29.5192, -25.0962, -20.6731, -17.0, -13.4615,
                               -9.9231, -6.3846, -2.8462, 0.6923, 4.2308})
        lowest.emplace_back(level);
    return *MeterSteps::from(lowest);
}

MeterSteps steps_of_reaper() {
    std::vector<Decibels> lowest;
    for (int step = 1; step <= 13; ++step) lowest.emplace_back(-70.0 + 70.0 / 13.0 * step);
    return *MeterSteps::from(lowest);
}

/// Tones that peak at -3, -7, -11 dB and so on, for so long, and then silence.
sim::Song tones(std::size_t tracks, double seconds) {
    constexpr double rate = 48'000.0;
    sim::Song song = song_of(tracks);
    for (std::size_t i = 0; i < tracks; ++i) {
        auto samples = std::make_shared<std::vector<float>>(static_cast<std::size_t>(rate * 8.0));
        const double peak = std::pow(10.0, (1.0 - 4.0 * static_cast<double>(i + 1)) / 20.0);
        for (std::size_t at = 0; at < static_cast<std::size_t>(rate * seconds); ++at)
            (*samples)[at] = static_cast<float>(
                peak * std::sin(2.0 * std::numbers::pi * 480.0 * static_cast<double>(at) / rate));
        song.stems[i].samples = samples;
    }
    return song;
}

}  // namespace

TEST_CASE("A surface tells its meters' steps with what it can, and none where it has no meters") {
    auto setup = setup_for_ardour();
    BankedBench dark(song_of(1), sim::as_ardour(), setup);
    CHECK_FALSE(dark.session.capabilities().meters);
    CHECK_FALSE(dark.session.capabilities().meter.coarse());
    setup.meter_steps = steps_of_ardour();
    BankedBench bench(song_of(1), sim::as_ardour(), setup);
    const MeterLaw& law = bench.session.capabilities().meter;
    CHECK(bench.session.capabilities().meters);
    REQUIRE(law.steps.size() == 13);
    CHECK(law.steps.front() == Decibels(-56.1538));
    CHECK(law.steps.back() == Decibels(4.2308));
}

TEST_CASE("What a surface reads of a strip is no further from its level than it says") {
    auto setup = setup_for_ardour();
    setup.meter_steps = steps_of_ardour();
    BankedBench bench(tones(8, 8.0), sim::as_ardour(), setup);
    REQUIRE(bench.run_until_ready());
    bench.command(surface::Play{});
    bench.run(std::chrono::seconds(2));
    const MeterLaw& law = bench.session.capabilities().meter;
    for (std::size_t i = 0; i < 8; ++i) {
        const Strip& strip = bench.session.mixer().strips.at(i);
        const Decibels level = Decibels(1.0 - 4.0 * static_cast<double>(i + 1)) + *strip.fader;
        const auto read = bench.session.meter(strip.id);
        INFO(strip.name.name << " at " << level.db());
        REQUIRE(read);
        INFO("read " << read->db());
        CHECK(distance(*read, level) <= law.off_by(*read) + Decibels(0.05));
        CHECK(*read == law.told(*read));
    }
}

TEST_CASE("A meter that falls in the unit falls step by step, as its lamps would, and is dark at last") {
    auto setup = setup_for_reaper();
    setup.meter_steps = steps_of_reaper();
    setup.meters_fall_here = true;
    setup.meter.fall_off_per_second = Decibels(50.0);
    BankedBench bench(tones(1, 2.0), sim::as_reaper(), setup);
    REQUIRE(bench.run_until_ready());
    bench.command(surface::Play{});
    bench.run(std::chrono::milliseconds(1500));
    const StripId id = bench.strip("Tr 1").id;
    const MeterLaw& law = bench.session.capabilities().meter;
    REQUIRE(bench.session.meter(id));
    REQUIRE_FALSE(bench.session.meter(id)->is_silence());
    std::size_t falls = 0;
    Decibels before = *bench.session.meter(id);
    for (int i = 0; i < 300; ++i) {
        bench.run(std::chrono::milliseconds(10));
        const Decibels now = *bench.session.meter(id);
        CHECK(now == law.told(now));
        if (now < before) ++falls;
        before = now;
    }
    CHECK(falls >= 10);
    CHECK(before.is_silence());
}
