// One owner for each control: hands on kedge's own controllers, while passes and rides are at work.

#include "faults/faulty_studio.hpp"
#include "scenario/controller_box.hpp"
#include "support/pass_job.hpp"
#include "support/sanitized.hpp"

#include <algorithm>
#include <cmath>
#include <random>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

const Decibels wanted(-6.0);

std::vector<surface::PassRunner::Wish> all_faders(const LiveStudio& studio) {
    std::vector<surface::PassRunner::Wish> wishes;
    for (const Strip& strip : studio.mixer().strips)
        if (strip.control(Control::fader))
            wishes.push_back({strip.id, Control::fader, wanted, std::nullopt, "test", ""});
    return wishes;
}

const PassEntry& entry_of(const Pass& pass, const LiveStudio& studio, std::size_t track) {
    const auto& name = studio.mixer().strips[track].name;
    const auto found = std::find_if(pass.entries.begin(), pass.entries.end(),
                                    [&](const PassEntry& each) { return each.strip == name; });
    REQUIRE(found != pass.entries.end());
    return *found;
}

/// Values for the strip that left after an instant, and are none of the hand's.
std::vector<GainOnWire> others_values(LiveStudio& studio, int strip, Instant after, Instant until) {
    std::vector<GainOnWire> values;
    for (const GainOnWire& value : studio.tap().sent)
        if (value.strip == strip && value.at > after && value.at < until) values.push_back(value);
    return values;
}

}  // namespace

TEST_CASE("hands and jobs: a pass leaves a fader that is held to the hand, and is applied to the others") {
    LiveStudio studio(8);
    ControllerBox box(studio, "mackie");
    studio.loop().idle(1s);
    box.touches(2, true);
    box.moves(2, 500);
    studio.loop().idle(500ms);
    CHECK(studio.engine().owner({studio.id(2), Control::fader}) == control::ControlOwner::hand);
    CountingRecorder recorder;
    PassJob job(all_faders(studio), recorder);
    REQUIRE(studio.run(job));
    CHECK(job.runner().pass().state == PassState::applied);
    CHECK(entry_of(job.runner().pass(), studio, 2).verdict == Verdict::conflict);
    CHECK(distance(studio.strip(2).fader, level_of(500)) < Decibels(0.05));
    for (const std::size_t other : {0U, 1U, 3U, 7U}) {
        CHECK(entry_of(job.runner().pass(), studio, other).verdict == Verdict::confirmed);
        CHECK(distance(studio.strip(other).fader, wanted) < Decibels(0.02));
    }
    box.touches(2, false);
    CHECK(studio.engine().owner({studio.id(2), Control::fader}) == control::ControlOwner::nobody);
    PassJob again(all_faders(studio), recorder);
    REQUIRE(studio.run(again));
    CHECK(entry_of(again.runner().pass(), studio, 2).verdict == Verdict::confirmed);
    CHECK(distance(studio.strip(2).fader, wanted) < Decibels(0.02));
}

TEST_CASE("hands and jobs: a hand in mid-pass has its fader from then on, whether the pass is kept or not") {
    for (std::uint32_t seed = 1; seed <= steps(200); ++seed) {
        std::mt19937 random(seed);
        const auto any = [&](int from, int to) {
            return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
        };
        INFO("seed " << seed);
        LiveStudio studio(8, 200ms);
        const bool felt = any(0, 1) == 1;
        ControllerBox box(studio, felt ? "mackie" : "behringer-bcf2000");
        studio.loop().idle(1s);
        sim::FaultPlan wire;
        wire.to_daw.latency = std::chrono::milliseconds(any(0, 60));
        wire.to_client.latency = std::chrono::milliseconds(any(0, 60));
        wire.to_daw.drop = wire.to_client.drop = any(0, 1) * 0.05;
        studio.set_plan(wire);
        const int fader = any(0, 7);
        const Instant when = studio.loop().now() + std::chrono::milliseconds(any(0, 400));
        Instant taken{};
        bool let_go = false;
        if (!felt) {  // or it would be its motor's, which the pass moves
            taken = studio.loop().now();
            box.moves(fader, any(300, 480));
        }
        box.then = [&](Instant now) {
            if (now < when || let_go) return;
            if (taken == Instant{}) {
                taken = now;
                if (felt) box.touches(fader, true);
                box.moves(fader, any(300, 480));
            } else if (now >= taken + 300ms) {
                let_go = true;
                box.moves(fader, 500);
                if (felt) box.touches(fader, false);
            }
        };
        CountingRecorder recorder;
        PassJob job(all_faders(studio), recorder);
        if (any(0, 2) == 0) job.interrupt_after(std::chrono::milliseconds(any(0, 600)));
        const auto before = studio.strip(static_cast<std::size_t>((fader + 1) % 8)).fader;
        REQUIRE(studio.run(job));
        const Pass& pass = job.runner().pass();
        studio.loop().idle(5s);
        REQUIRE(let_go);
        CAPTURE(fader, felt, static_cast<int>(pass.state));
        CHECK(distance(studio.strip(static_cast<std::size_t>(fader)).fader, level_of(500)) < Decibels(0.05));
        if (job.runner().refused()) continue;  // interrupted before anything was sent
        CHECK((pass.state == PassState::applied || pass.state == PassState::rolled_back));
        const bool kept = pass.state == PassState::applied;
        CHECK(distance(studio.strip(static_cast<std::size_t>((fader + 1) % 8)).fader,
                       kept ? wanted : before) < Decibels(0.02));
        for (const auto& value : others_values(studio, fader + 1, taken, Instant::max()))
            CHECK(std::abs(value.db - wanted.db()) > 0.01);
    }
}

TEST_CASE("hands and jobs: a ride is the hand's as long as it holds the fader, and comes back by a ramp") {
    for (std::uint32_t seed = 1; seed <= steps(20); ++seed) {
        INFO("seed " << seed);
        LiveStudio studio(3);
        ControllerBox box(studio, "mackie");
        studio.loop().idle(1s);
        engine::LiveOrder order;
        constexpr SongRange part{SongTime(3s), SongTime(20s)};
        for (std::size_t i = 0; i < 3; ++i)
            order.rides.push_back(some_ride(studio.id(i), seed * 10 + static_cast<std::uint32_t>(i), part));
        const Ride ride = order.rides[1];
        Instant taken{};
        Instant let_go{};
        bool touched_in_daw = false;
        box.then = [&](Instant now) {
            if (!studio.daw().engine().rolling()) return;
            if (taken == Instant{} && studio.position() >= SongTime(8s)) {
                taken = now;
                box.touches(1, true);
                box.moves(1, 560);
            } else if (taken != Instant{} && let_go == Instant{} && studio.position() >= SongTime(10s)) {
                touched_in_daw = studio.strip(1).automation(Control::fader).touched();
                CHECK(studio.engine().owner({studio.id(1), Control::fader}) == control::ControlOwner::hand);
                let_go = now;
                box.touches(1, false);
            }
        };
        const auto report = studio.write(std::move(order));
        REQUIRE(let_go != Instant{});
        CHECK(touched_in_daw);
        CHECK(report.strips[1].end == engine::LiveEnd::written);
        REQUIRE(report.strips[1].theirs.size() == 1);
        CHECK(report.strips[1].theirs[0].from >= SongTime(7900ms));
        CHECK(report.strips[1].theirs[0].to <= SongTime(10'600ms));
        // What left meanwhile is the hand's; then it goes from there by a ramp of a second.
        for (const auto& value : others_values(studio, 2, taken, let_go))
            CHECK(std::abs(value.db - level_of(560).db()) < 0.05);
        const auto after = others_values(studio, 2, let_go, Instant::max());
        REQUIRE(after.size() > 10);
        double last = level_of(560).db();
        for (const auto& value : after) {
            CHECK(std::abs(value.db - last) < 1.5);
            last = value.db;
        }
        CHECK(std::abs(last - ride.points.back().offset.db()) < 0.05);
        CHECK(studio.strip(1).automation(Control::fader).touched() == false);
    }
}

TEST_CASE("hands and jobs: a fader that the DAW automates is touched there as long as the hand is on it") {
    LiveStudio studio(8);
    ControllerBox box(studio, "mackie");
    studio.loop().idle(1s);
    const auto touched = [&] { return studio.strip(2).automation(Control::fader).touched(); };
    box.touches(2, true);
    studio.loop().idle(100ms);
    CHECK_FALSE(touched());  // by hand alone: nothing is recorded
    box.touches(2, false);
    constexpr int touch_mode = 3;
    studio.other_client("/strip/fader/automation/3", {touch_mode});
    studio.loop().idle(500ms);
    CHECK(studio.engine().owner({studio.id(2), Control::fader}) == control::ControlOwner::automation);
    box.touches(2, true);
    studio.loop().idle(100ms);
    CHECK(touched());
    box.plug(false);  // with the hand on it
    studio.loop().idle(100ms);
    CHECK_FALSE(touched());
    box.plug(true);
    box.touches(2, true);
    box.presses(47);  // the bank goes on under the hand
    box.touches(2, false);
    studio.loop().idle(100ms);
    CHECK_FALSE(touched());
}

TEST_CASE("hands and jobs: a box that feels no hand has let go a second after its last move") {
    LiveStudio studio(8);
    ControllerBox box(studio, "korg-nanokontrol2");
    studio.loop().idle(1s);
    for (int place = 127; place > 60; --place) {  // down past where the fader stands: picked up
        box.turns_controller(2, place);
        studio.loop().idle(10ms);
    }
    const auto owner = [&] { return studio.engine().owner({studio.id(2), Control::fader}); };
    CHECK(owner() == control::ControlOwner::hand);
    studio.loop().idle(700ms);
    CHECK(owner() == control::ControlOwner::hand);
    studio.loop().idle(500ms);
    CHECK(owner() == control::ControlOwner::nobody);
}
