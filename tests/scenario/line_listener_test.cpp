// A fader's automation heard while the song plays, against the simulated DAW's own list.

#include "engine/line_listener.hpp"

#include "scenario/live_studio.hpp"

#include <cmath>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

constexpr SongRange line_part{SongTime(2s), SongTime(42s)};

/// Gives a track automation by hand, in manual mode.
void draw(LiveStudio& studio, std::size_t track, const Ride& ride) {
    auto& list = studio.daw().engine().strips()[track].automation(Control::fader).list();
    for (const RidePoint& point : ride.points)
        list.add({point.at.samples(SampleRate{}), ride.base + point.offset});
}

double heard_at(const FaderLine& line, SongTime at) {
    const auto next = std::find_if(line.points.begin(), line.points.end(),
                                   [&](const LinePoint& point) { return point.at >= at; });
    if (next == line.points.end()) return Decibels::from_gain(line.points.back().gain).db();
    const double after = Decibels::from_gain(next->gain).db();
    if (next == line.points.begin()) return after;
    const double before = Decibels::from_gain((next - 1)->gain).db();
    const auto share = std::chrono::duration<double>(at - (next - 1)->at) /
                       std::chrono::duration<double>(next->at - (next - 1)->at);
    return before + share * (after - before);
}

}  // namespace

TEST_CASE("an old curve is heard in one pass of the song, and everything is as it was") {
    for (const std::uint32_t seed : {1U, 2U, 3U, 4U}) {
        INFO("seed " << seed);
        sim::FaultRates rates;
        rates.latency = Duration(std::chrono::milliseconds(10 * (seed - 1)));
        LiveStudio studio(3);
        studio.set_plan({seed, rates, rates});
        const Ride ride = some_ride(studio.id(0), seed, line_part);
        draw(studio, 0, ride);
        studio.move_fader(1, Decibels(-7.0));
        draw(studio, 2,
             {studio.id(2), Control::fader, Decibels(-3.0), {{SongTime(5s), Decibels()}}, {}, {}, {}});
        const auto list_before = studio.strip(0).automation(Control::fader).list().points().size();
        engine::LineListener listener({studio.id(0), studio.id(1), studio.id(2)}, line_part);
        REQUIRE(studio.run(listener));
        REQUIRE_FALSE(listener.error());
        const auto& heard = listener.lines()[0];
        CHECK(heard.followed);
        CHECK(heard.line.mode == AutomationMode::manual);
        CHECK(heard.line.rest == Gain(1.0));
        REQUIRE_FALSE(heard.line.points.empty());
        for (SongTime at = line_part.from; at < line_part.to; at = at + 20ms) {
            double least = 1e9;
            for (Duration off = -120ms; off <= 120ms; off += 10ms)
                least = std::min(least, std::abs(heard_at(heard.line, at) - ride.value_at(at + off).db()));
            INFO("at " << at.seconds());
            REQUIRE(least <= 0.3);
        }
        CHECK(listener.lines()[1].followed);
        CHECK(listener.lines()[1].line.points.empty());
        CHECK(std::abs(Decibels::from_gain(listener.lines()[1].line.rest).db() + 7.0) < 0.03);
        REQUIRE(listener.lines()[2].line.points.size() == 1);
        CHECK(std::abs(heard_at(listener.lines()[2].line, SongTime(30s)) + 3.0) < 0.03);
        // As it was.
        CHECK(studio.position() == SongTime());
        CHECK(studio.strip(0).automation(Control::fader).mode() == AutomationMode::manual);
        CHECK(studio.strip(0).automation(Control::fader).list().points().size() == list_before);
        CHECK(std::abs(studio.strip(0).fader.db()) < 0.03);
        CHECK(listener.lines()[0].not_restored.empty());
    }
}

TEST_CASE("what was heard until the transport was stopped by hand is told") {
    LiveStudio studio(1);
    draw(studio, 0, some_ride(studio.id(0), 5, line_part));
    studio.at(SongTime(20s), [&] { studio.other_client("/transport_stop", {}); });
    studio.watch();
    engine::LineListener listener({studio.id(0)}, line_part);
    REQUIRE(studio.run(listener));
    REQUIRE(listener.error());
    REQUIRE(listener.heard());
    CHECK(listener.heard()->from == line_part.from);
    CHECK(std::chrono::abs(listener.heard()->to - SongTime(20s)) < 200ms);
    CHECK(studio.strip(0).automation(Control::fader).mode() == AutomationMode::manual);
}

TEST_CASE("a machine that stalls again and again does not end the listening") {
    LiveStudio studio(1);
    const Ride ride = some_ride(studio.id(0), 1, line_part);
    draw(studio, 0, ride);
    std::optional<Instant> thaws;
    SongTime next(8s);
    int stalls = 0;
    studio.loop().on_step = [&](Instant now) {
        if (thaws && now >= *thaws) {
            studio.daw().freeze(false);
            thaws.reset();
        }
        if (thaws || studio.position() < next || !studio.daw().engine().rolling()) return;
        studio.daw().freeze(true);
        ++stalls;
        next = studio.position() + 1s;
        thaws = now + 200ms;
    };
    engine::LineListener listener({studio.id(0)}, line_part);
    REQUIRE(studio.run(listener));
    CHECK(stalls > 20);
    INFO((listener.error() ? listener.error()->message : std::string("heard")));
    REQUIRE_FALSE(listener.error());
    CHECK(listener.heard() == line_part);
    for (const LinePoint& point : listener.lines()[0].line.points) {
        const double heard = Decibels::from_gain(point.gain).db();
        double least = 1e9;
        for (Duration shift = -350ms; shift <= 350ms; shift += 10ms)
            least = std::min(least, std::abs(ride.value_at(point.at + shift).db() - heard));
        CHECK(least < 0.5);
    }
}
