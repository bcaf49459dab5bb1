// Rides that are cut off: whatever ends the pass, the report says what stands, and nothing more is sent.

#include "scenario/live_studio.hpp"
#include "support/sanitized.hpp"

#include <cmath>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

constexpr SongRange ends_part{SongTime(3s), SongTime(33s)};
constexpr SongTime midway{Duration(15s)};

engine::LiveOrder ends_order(const LiveStudio& studio, std::uint32_t seed = 1) {
    engine::LiveOrder order;
    for (std::size_t i = 0; i < 3; ++i)
        order.rides.push_back(some_ride(studio.id(i), seed * 10 + static_cast<std::uint32_t>(i), ends_part));
    return order;
}

/// Values that left after the instant and are none of those that put faders back.
std::size_t ride_values_after(LiveStudio& studio, Instant when) {
    std::size_t count = 0;
    for (const GainOnWire& value : studio.tap().sent)
        if (value.at > when && std::abs(value.db) > 0.001) ++count;
    return count;
}

void check_put_back(const LiveStudio& studio, const engine::LiveReport& report, engine::LiveEnd end) {
    for (std::size_t i = 0; i < report.strips.size(); ++i) {
        const auto& strip = report.strips[i];
        INFO("track " << i + 1 << ": " << to_string(strip.end));
        CHECK(strip.end == end);
        CHECK(strip.not_restored.empty());
        CHECK(strip.mode_after == AutomationMode::manual);
        CHECK(studio.strip(i).automation(Control::fader).mode() == AutomationMode::manual);
        CHECK_FALSE(studio.strip(i).automation(Control::fader).touched());
        CHECK(std::abs(studio.strip(i).fader.db()) < 0.03);
    }
}

/// How far each list follows its plan, and that the report says no more.
void check_written_so_far(const LiveStudio& studio, const engine::LiveOrder& order,
                          const engine::LiveReport& report, SongTime until) {
    for (std::size_t i = 0; i < report.strips.size(); ++i) {
        const auto& strip = report.strips[i];
        REQUIRE(strip.written);
        REQUIRE(strip.why);
        CHECK(std::chrono::abs(strip.written->to - until) < 300ms);
        PlanCheck check(studio.strip(i).automation(Control::fader).list(), order.rides[i], SampleRate{});
        CHECK(check.over({ends_part.from, strip.written->to - 100ms}).worst_db <= 0.3);
    }
}

}  // namespace

TEST_CASE("a transport stopped by hand ends the rides where it stopped, and stays there") {
    LiveStudio studio(3);
    Instant stopped{};
    studio.at(midway, [&] {
        studio.other_client("/transport_stop", {});
        stopped = studio.loop().now();
    });
    studio.watch();
    const auto order = ends_order(studio);
    const auto report = studio.write(order);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::interrupted);
    CHECK(report.error->message.starts_with("The transport was stopped at 0:15."));
    CHECK_FALSE(report.transport_back);
    CHECK(std::chrono::abs(studio.position() - midway) < 100ms);
    check_put_back(studio, report, engine::LiveEnd::partly);
    check_written_so_far(studio, order, report, midway);
    CHECK(ride_values_after(studio, stopped) == 0);
}

TEST_CASE("Ctrl-C ends the rides and puts everything back") {
    for (const Duration when : {3200ms, 9s + 0ms, 15s + 0ms, 32s + 0ms}) {
        LiveStudio studio(3);
        Instant stopped{};
        studio.at(SongTime(when), [&] {
            stopped = studio.loop().now();
            studio.interrupt();
        });
        studio.watch();
        const auto order = ends_order(studio);
        const auto report = studio.write(order);
        REQUIRE(report.error);
        CHECK(report.error->kind == ErrorKind::interrupted);
        CHECK(report.transport_back);
        CHECK(studio.position() == SongTime());
        check_put_back(studio, report, engine::LiveEnd::partly);
        check_written_so_far(studio, order, report, SongTime(when));
        CHECK(ride_values_after(studio, stopped) == 0);
    }
}

TEST_CASE("a song that jumps ends the rides; where values may have strayed is told") {
    for (const Duration to : {0ms, 5000ms, 14000ms, 25000ms}) {
        LiveStudio studio(3);
        studio.at(midway, [&] {
            const auto samples = SongTime(to).samples(SampleRate{});
            studio.other_client("/locate", {static_cast<std::int32_t>(samples), std::int32_t{1}});
        });
        studio.watch();
        const auto order = ends_order(studio);
        const auto report = studio.write(order);
        REQUIRE(report.error);
        CHECK(report.error->kind == ErrorKind::interrupted);
        CHECK(report.transport_back);
        check_put_back(studio, report, engine::LiveEnd::partly);
        for (std::size_t i = 0; i < 3; ++i) {
            // Nothing was written but before the jump, and where the report says.
            const auto& list = studio.strip(i).automation(Control::fader).list();
            for (const sim::AutomationPoint& point : list.points()) {
                const SongTime at = SongTime::from_samples(point.at, SampleRate{});
                const bool strayed =
                    report.strayed && at >= report.strayed->from - 50ms && at <= report.strayed->to + 1200ms;
                const bool base = std::abs(std::get<Decibels>(point.value).db()) < 0.03;
                INFO(to_string(at) << " " << std::get<Decibels>(point.value).db());
                CHECK((at <= midway + 120ms || strayed || base));
            }
        }
    }
}

TEST_CASE("a DAW that quits in mid-pass leaves a report of what nobody could put back") {
    LiveStudio studio(3);
    studio.at(midway, [&] { studio.daw().quit(); });
    studio.watch();
    const auto report = studio.write(ends_order(studio));
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::no_daw);
    CHECK_FALSE(report.transport_back);
    for (const auto& strip : report.strips) {
        CHECK(strip.end == engine::LiveEnd::partly);
        REQUIRE(strip.not_restored.size() == 1);
        CHECK(strip.not_restored[0] == "Its automation mode was Manual, and its fader stood at 0.0 dB.");
    }
}

TEST_CASE("a strip that is removed and a mode set by hand end those rides alone") {
    LiveStudio studio(3);
    studio.at(midway, [&] { studio.daw().remove_strip(0); });
    studio.at(midway + 3s, [&] {
        // The second strip is the first now.
        studio.other_client("/strip/gain/automation/1", {std::int32_t{1}});
    });
    studio.watch();
    const auto order = ends_order(studio);
    const auto report = studio.write(order);
    CHECK_FALSE(report.error);
    CHECK(report.strips[0].end == engine::LiveEnd::partly);
    CHECK(report.strips[1].end == engine::LiveEnd::theirs);
    CHECK(report.strips[1].mode_after == AutomationMode::play);
    CHECK(report.strips[2].end == engine::LiveEnd::written);
    PlanCheck check(studio.strip(1).automation(Control::fader).list(), order.rides[2], SampleRate{});
    CHECK(check.over(ends_part).worst_db <= 0.3);
}

TEST_CASE("a fader that stands elsewhere than its ride was planned around is left out") {
    LiveStudio studio(3);
    auto order = ends_order(studio);
    order.rides[1].base = Decibels(-4.0);
    const auto report = studio.write(order);
    CHECK_FALSE(report.error);
    CHECK(report.strips[0].end == engine::LiveEnd::written);
    CHECK(report.strips[1].end == engine::LiveEnd::untouched);
    REQUIRE(report.strips[1].why);
    CHECK(report.strips[1].why->message ==
          "The fader stands at 0.0 dB; its ride was planned around -4.0 dB.");
    CHECK(studio.strip(1).automation(Control::fader).mode() == AutomationMode::manual);
    CHECK(studio.strip(1).automation(Control::fader).list().empty());
}

TEST_CASE("only the part of the song that was asked for is played and written") {
    LiveStudio studio(3);
    auto order = ends_order(studio);
    order.from = SongTime(10s);
    order.to = SongTime(20s);
    SongTime furthest;
    studio.loop().on_step = [&](Instant) {
        if (studio.daw().engine().rolling()) furthest = std::max(furthest, studio.position());
    };
    const auto report = studio.write(order);
    CHECK_FALSE(report.error);
    CHECK(furthest < SongTime(21s));
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(report.strips[i].end == engine::LiveEnd::written);
        PlanCheck check(studio.strip(i).automation(Control::fader).list(), order.rides[i], SampleRate{});
        CHECK(check.over({SongTime(10050ms), SongTime(19950ms)}).worst_db <= 0.3);
        const auto& list = studio.strip(i).automation(Control::fader).list();
        for (const SongTime outside : {SongTime(9s), SongTime(21s), SongTime(27s)})
            CHECK(std::get<Decibels>(*list.at(Control::fader, outside.samples(SampleRate{}))) == Decibels());
    }
}

TEST_CASE("rides are written in latch mode too") {
    LiveStudio studio(3);
    auto order = ends_order(studio);
    order.mode = AutomationMode::latch;
    const auto report = studio.write(order);
    CHECK_FALSE(report.error);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(report.strips[i].end == engine::LiveEnd::written);
        CHECK(list_against_plan(studio, i, order.rides[i]).worst_db <= 0.3);
    }
}

TEST_CASE("on a wire that loses up to a tenth of everything, rides end in a state that is told") {
    int whole = 0;
    const std::uint32_t seeds = steps(60);
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
        sim::FaultRates rates;
        rates.drop = 0.1 * seed / seeds;
        rates.latency = 2ms;
        if (seed % 2 == 0) {
            rates.delay = rates.reorder = rates.duplicate = 0.05;
            rates.longest_delay = 15ms;
        }
        INFO("seed " << seed << ", " << rates.drop << " lost");
        LiveStudio studio(3, seed % 2 == 0 ? rates.latest() : Duration{});
        studio.set_plan({seed, rates, rates});
        const auto order = ends_order(studio, seed);
        const auto report = studio.write(order);
        for (std::size_t i = 0; i < 3; ++i) {
            const auto& strip = report.strips[i];
            const auto mode = studio.strip(i).automation(Control::fader).mode();
            INFO("track " << i + 1 << ": " << to_string(strip.end) << ", "
                          << (report.error ? report.error->message : "no error") << ", "
                          << (strip.why ? strip.why->message : "no reason"));
            CHECK((strip.end == engine::LiveEnd::written || report.error || strip.why));
            CHECK((mode == strip.mode_after || !strip.not_restored.empty()));
            CHECK_FALSE(studio.strip(i).automation(Control::fader).touched());
            if (strip.end != engine::LiveEnd::written || strip.why || !strip.missed.empty()) continue;
            ++whole;
            // A value that was lost is made up for, but later than it was meant.
            CHECK(list_against_plan(studio, i, order.rides[i]).worst_db <= 0.8);
        }
    }
    CHECK(whole >= static_cast<int>(seeds) * 3 / 2);
}
