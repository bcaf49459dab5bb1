#include "engine/heard_pass.hpp"

#include "engine/saw_tooth_probe.hpp"
#include "support/catch.hpp"
#include "support/instant_daw.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

Capabilities exact() {
    Capabilities capabilities;
    capabilities.level_tolerance = 0.1_dB;
    return capabilities;
}

std::vector<LinePoint> points_at(std::vector<std::pair<Duration, Decibels>> curve) {
    std::vector<LinePoint> points;
    for (const auto& [at, level] : curve) points.push_back({SongTime(at), level.gain()});
    return points;
}

/// A fader at -4 dB that is ridden from 0:05 to 0:10.
PassLine ridden(const std::string& strip = "Lead Vox") {
    PassLine line;
    line.strip = {StripKind::audio_track, strip, 0};
    line.before = {AutomationMode::manual, (-4.0_dB).gain(), {}};
    line.after = {AutomationMode::play, (-4.0_dB).gain(),
                  points_at({{5s, -4.0_dB}, {6s, 0.0_dB}, {9s, 0.0_dB}, {10s, -4.0_dB}})};
    line.rule = engine::heard_ride_rule;
    line.verdict = Verdict::confirmed;
    return line;
}

/// The list that live writing makes of it.
FaderLine staircase() {
    FaderLine line{AutomationMode::play, (-4.0_dB).gain(), {}};
    line.points.push_back({SongTime(), (-4.0_dB).gain()});
    const auto share = [](Duration span) {
        return std::clamp(std::chrono::duration<double>(span).count(), 0.0, 1.0);
    };
    for (Duration at = 4850ms; at <= 10050ms; at += 25ms)
        line.points.push_back(
            {SongTime(at), Decibels(-4.0 + 4.0 * share(at - 5s) - 4.0 * share(at - 9s)).gain()});
    line.points.push_back({SongTime(60s), (-4.0_dB).gain()});
    return line;
}

Pass pass_of(std::int64_t id, PassLine line, PassKind kind = PassKind::ride) {
    Pass pass;
    pass.id = PassId{id};
    pass.kind = kind;
    pass.state = PassState::applied;
    pass.lines = {std::move(line)};
    return pass;
}

}  // namespace

TEST_CASE("a stretch is a ride with a second around it, and never before the song") {
    const std::vector<RidePoint> early = {{SongTime(400ms), 0.0_dB}, {SongTime(3s), 1.0_dB}};
    CHECK(engine::stretch_of(early) == SongRange{SongTime(), SongTime(4s)});
    PassLine line = ridden();
    CHECK(engine::stretch_of(line) == SongRange{SongTime(4s), SongTime(11s)});
    line.became = FaderLine{AutomationMode::manual, Gain(1.0), points_at({{2s, 0.0_dB}, {7s, 0.0_dB}})};
    CHECK(engine::stretch_of(line) == SongRange{SongTime(1s), SongTime(11s)});
    CHECK_FALSE(engine::stretch_of(PassLine{}));
}

TEST_CASE("a staircase plays what was planned; another curve, or none, does not") {
    const PassLine line = ridden();
    const SongRange stretch = *engine::stretch_of(line);
    CHECK(engine::plays_as(staircase(), line.after, stretch));
    FaderLine other = staircase();
    other.points[other.points.size() / 2].gain = (-20.0_dB).gain();
    CHECK_FALSE(engine::plays_as(other, line.after, stretch));
    CHECK_FALSE(engine::plays_as({AutomationMode::play, (-4.0_dB).gain(), {}}, line.after, stretch));
    CHECK(engine::plays_level({AutomationMode::play, (-4.0_dB).gain(), points_at({{1s, -4.05_dB}})}));
    CHECK_FALSE(engine::plays_level(line.after));
}

TEST_CASE("what was never heard stays, and plays on as it did") {
    const PassLine line = ridden();
    FaderLine now = staircase();
    now.points.back().gain = (-20.0_dB).gain();
    const FaderLine back = engine::heard_target(now, line, line.before);
    CHECK(back.mode == AutomationMode::manual);
    CHECK(back.rest == line.before.rest);
    // The song's two ends, and the level over the stretch.
    REQUIRE(back.points.size() == 4);
    CHECK(back.points[0] == now.points.front());
    CHECK(back.points[1] == LinePoint{SongTime(4s), line.before.rest});
    CHECK(back.points[2] == LinePoint{SongTime(11s), line.before.rest});
    CHECK(back.points[3] == now.points.back());

    // With nothing outside of the stretch the list is empty again.
    now.points.erase(now.points.begin());
    now.points.pop_back();
    CHECK(engine::heard_target(now, line, line.before).points.empty());
    // And forward again: the planned points, in the order of time.
    const FaderLine again = engine::heard_target(staircase(), line, line.after);
    CHECK(again.points.size() == line.after.points.size() + 4);
    CHECK(again.mode == AutomationMode::play);
}

TEST_CASE("no splice takes a point away outside of its stretch, or puts two at one place") {
    const auto seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto any = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    FaderLine now;
    for (int at = any(500); at < 20'000; at += 1 + any(900))
        now.points.push_back({SongTime(std::chrono::milliseconds(at)), Decibels(-any(30)).gain()});
    const PassLine line = ridden();
    const SongRange stretch = *engine::stretch_of(line);
    for (const FaderLine& side : {line.before, line.after}) {
        const FaderLine to = engine::spliced(now, stretch, side);
        for (const LinePoint& point : now.points)
            if (point.at < stretch.from || point.at > stretch.to)
                CHECK(std::count(to.points.begin(), to.points.end(), point) == 1);
        for (std::size_t i = 1; i < to.points.size(); ++i) CHECK(to.points[i - 1].at < to.points[i].at);
    }
}

TEST_CASE("a fader in manual mode holds what was before, with or without points that do not play") {
    const PassLine line = ridden();
    FaderLine now{AutomationMode::manual, (-4.06_dB).gain(), {}};
    CHECK(engine::holds_heard(now, line, line.before, exact()));
    now.points = staircase().points;
    CHECK(engine::holds_heard(now, line, line.before, exact()));
    now.points = points_at({{6s, -20.0_dB}, {8s, -4.0_dB}});
    CHECK_FALSE(engine::holds_heard(now, line, line.before, exact()));
    CHECK_FALSE(engine::holds_heard(staircase(), line, line.before, exact()));
    CHECK(engine::holds_heard(staircase(), line, line.after, exact()));
    CHECK_FALSE(
        engine::holds_heard({AutomationMode::manual, (-9.0_dB).gain(), {}}, line, line.before, exact()));
}

TEST_CASE("a level that its ride never goes through was set by a person") {
    const PassLine line = ridden();
    CHECK(engine::perhaps_ours(AutomationMode::manual, -1.0_dB, line));
    CHECK_FALSE(engine::perhaps_ours(AutomationMode::manual, 3.0_dB, line));
    CHECK_FALSE(engine::perhaps_ours(AutomationMode::manual, -7.0_dB, line));
    CHECK(engine::perhaps_ours(AutomationMode::touch, -7.0_dB, line));
}

TEST_CASE("what a pass left in a list is ours until something is written exactly") {
    const StripName strip = ridden().strip;
    std::vector<Pass> history = {pass_of(1, ridden())};
    CHECK(engine::left_behind(history, strip) == nullptr);
    PassLine back = ridden();
    std::swap(back.before, back.after);
    history.push_back(pass_of(2, back, PassKind::revert));
    history.back().reverts = PassId{1};
    CHECK(engine::left_behind(history, strip) == &history[0].lines[0]);
    CHECK(engine::left_behind(history, {StripKind::audio_track, "Bass", 0}) == nullptr);
    PassLine exactly = ridden();
    exactly.rule = "ride";
    history.push_back(pass_of(3, exactly));
    CHECK(engine::left_behind(history, strip) == nullptr);
}

TEST_CASE("the ride of a line is the line, whatever the fader rests at") {
    const PassLine line = ridden();
    const Ride ride = engine::ride_of(line, StripId{7});
    CHECK(ride.strip == StripId{7});
    for (const LinePoint& point : line.after.points)
        CHECK(ride.value_at(point.at).db() == Approx(Decibels::from_gain(point.gain).db()).margin(1e-9));
}

TEST_CASE("a ride without a level stretch gets one for the probe, before it or after it") {
    Ride ride;
    ride.strip = StripId{1};
    ride.points = {{SongTime(5s), 0.0_dB}, {SongTime(6s), 2.0_dB}, {SongTime(7s), 0.0_dB}};
    const Ride before = engine::with_room_for_probe(ride);
    REQUIRE(before.points.size() == 4);
    CHECK(before.points.front() == RidePoint{SongTime(2700ms), 0.0_dB});
    ride.points.front().at = SongTime(1s);
    const Ride after = engine::with_room_for_probe(ride);
    CHECK(after.points.back() == RidePoint{SongTime(10300ms), 0.0_dB});
    CHECK(engine::with_room_for_probe(after).points == after.points);
}

TEST_CASE("what a probe found is forgotten once the DAW was lost in between") {
    struct Reconnecting : InstantDaw {
        [[nodiscard]] const surface::Counters& counters() const override { return count; }
        surface::Counters count;
    } daw;
    engine::KnownStyle known;
    CHECK(known.of(daw) == engine::WritingStyle::unknown);
    known.keep(engine::WritingStyle::staircase, daw);
    CHECK(known.of(daw) == engine::WritingStyle::staircase);
    ++daw.count.reconnects;
    CHECK(known.of(daw) == engine::WritingStyle::unknown);
}
