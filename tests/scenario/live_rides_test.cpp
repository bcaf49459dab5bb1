// Rides written while the song plays, judged by the simulated DAW's own automation lists.

#include "scenario/live_studio.hpp"

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

SongTime live_second(double at) {
    return SongTime::from_seconds(at);
}

engine::LiveOrder order_of(const LiveStudio& studio, std::size_t tracks, SongRange part,
                           std::uint32_t seed = 1) {
    engine::LiveOrder order;
    for (std::size_t i = 0; i < tracks; ++i)
        order.rides.push_back(some_ride(studio.id(i), seed * 100 + static_cast<std::uint32_t>(i), part));
    return order;
}

void check_written(const LiveStudio& studio, const engine::LiveOrder& order,
                   const engine::LiveReport& report) {
    REQUIRE(report.strips.size() == order.rides.size());
    for (std::size_t i = 0; i < order.rides.size(); ++i) {
        const auto& strip = report.strips[i];
        INFO("track " << i + 1 << ": " << to_string(strip.end) << ", "
                      << (strip.why ? strip.why->message : "no reason"));
        CHECK(strip.end == engine::LiveEnd::written);
        CHECK(strip.missed.empty());
        CHECK(strip.theirs.empty());
        CHECK(strip.not_restored.empty());
        const auto off = list_against_plan(studio, i, order.rides[i]);
        INFO("off by " << off.worst_db << " dB at " << to_string(off.where) << ", " << off.points
                       << " points, " << strip.values << " values, " << strip.repeated << " repeated");
        CHECK(off.worst_db <= 0.3);
    }
}

}  // namespace

TEST_CASE("rides of several strips are written in one pass of the song, and all else is as before") {
    LiveStudio studio(4);
    const auto order = order_of(studio, 3, {live_second(4.0), live_second(64.0)});
    const SongTime stood = live_second(2.0);
    studio.other_client("/locate", {static_cast<std::int32_t>(stood.samples(SampleRate{})), std::int32_t{0}});
    studio.loop().idle(1s);
    const auto report = studio.write(order);
    REQUIRE_FALSE(report.error);
    check_written(studio, order, report);
    CHECK(report.transport_back);
    CHECK(std::chrono::abs(studio.position() - stood) < 1ms);
    CHECK_FALSE(studio.daw().engine().rolling());
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(studio.strip(i).automation(Control::fader).mode() == AutomationMode::play);
        CHECK_FALSE(studio.strip(i).automation(Control::fader).touched());
        CHECK(report.strips[i].mode_before == AutomationMode::manual);
        CHECK(report.strips[i].mode_after == AutomationMode::play);
    }
    CHECK(studio.strip(3).automation(Control::fader).mode() == AutomationMode::manual);
    CHECK(studio.strip(3).automation(Control::fader).list().empty());
}

TEST_CASE("24 rides on a song of an hour are written within 0.3 dB and 50 ms") {
    LiveStudio studio(24);
    studio.tap().notes = false;
    const auto order = order_of(studio, 24, {live_second(3.0), live_second(3598.0)});
    const auto report = studio.write(order);
    REQUIRE_FALSE(report.error);
    check_written(studio, order, report);
}

TEST_CASE("a wire that takes its time, and not always the same, is made up for") {
    for (const std::uint32_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
        INFO("seed " << seed);
        sim::FaultRates rates;
        rates.latency = Duration(std::chrono::milliseconds(7 * seed));
        rates.delay = 0.1;
        rates.longest_delay = 30ms;
        LiveStudio studio(4, rates.latest());
        studio.set_plan({seed, rates, rates});
        const auto order = order_of(studio, 4, {live_second(3.0), live_second(123.0)}, seed);
        const auto report = studio.write(order);
        REQUIRE_FALSE(report.error);
        check_written(studio, order, report);
        CHECK(std::chrono::abs(report.latency - 2 * rates.latency) < 15ms);
    }
}
