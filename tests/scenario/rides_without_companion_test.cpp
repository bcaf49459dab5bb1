// Rides written while the song plays where automation can only be heard: no companion in the DAW.

#include "engine/line_return_job.hpp"
#include "scenario/heard_room.hpp"

using namespace kedge;
using namespace kedge::test;

TEST_CASE("without a companion rides are heard, tried out and written live; mode and fader go back") {
    HeardRoom room;
    const auto before = room.seen();
    const auto rides = std::vector{room.ride(0), room.ride(1)};
    const auto report = room.ride_live();
    INFO((report.error ? report.error->message : std::string("written")));
    REQUIRE_FALSE(report.error);
    CHECK(room.state(1) == PassState::applied);
    for (std::size_t i = 0; i < rides.size(); ++i) check_written(room, i, rides[i]);
    CHECK(room.known.of(room.studio.surface()) == engine::WritingStyle::staircase);

    const auto back = room.revert(PassId{1});
    INFO((back.error ? back.error->message : std::string("reverted")));
    REQUIRE_FALSE(back.error);
    CHECK(room.stands_as(before));
    CHECK(room.state(1) == PassState::reverted);
    REQUIRE(back.stays.size() == 2);
    CHECK_THAT(back.stays[0].reason, Catch::Contains("the points from 0:05.0 to 0:14.0"));

    // What it left behind is ours: written over, and not called somebody's automation; also on a connection
    // of which nothing is known yet.
    room.known = {};
    const auto again = room.ride_live();
    INFO((again.error ? again.error->message : std::string("written again")));
    REQUIRE_FALSE(again.error);
    CHECK(again.automated.empty());
    for (std::size_t i = 0; i < rides.size(); ++i) check_written(room, i, rides[i]);
    const auto undone = room.revert(PassId{2});
    REQUIRE(undone.error);
    CHECK_THAT(undone.error->next, Catch::Contains("kedge reapply 1"));
}

TEST_CASE(
    "a DAW that writes saw-teeth is found out by a probe, refused with the way out, and left as it was") {
    HeardRoom room;
    room.studio.daw().headless(true);
    const auto before = room.seen();
    const auto report = room.ride_live();
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::refused);
    CHECK_THAT(report.error->message, Catch::Contains("saw-tooth"));
    CHECK_THAT(report.error->next, Catch::Contains("kedge doctor --install-companion"));
    CHECK(room.stands_as(before));
    CHECK(room.state(1) == PassState::rolled_back);
    REQUIRE(report.stays.size() == 1);
    CHECK(report.stays[0].strip == room.studio.mixer().strips[0].name);
    CHECK(room.points(1).empty());

    // Once is enough for a connection: nothing is played, and nothing recorded.
    const auto again = room.ride_live();
    REQUIRE(again.error);
    CHECK(again.error->message == report.error->message);
    CHECK(room.passes() == 1);
}

TEST_CASE("a fader with automation of its own is left alone as it was heard, in whatever mode") {
    HeardRoom room;
    room.draw(0, {{4s, Decibels(-4.0)}, {8s, Decibels(-8.0)}, {12s, Decibels(-4.0)}});
    const auto drawn = room.points(0).size();
    const auto before = room.seen();
    const bool alone = GENERATE(false, true);
    const auto report = alone ? room.ride_live({0}) : room.ride_live();
    REQUIRE(report.automated.size() == 1);
    CHECK_THAT(report.automated[0].reason, Catch::StartsWith("its fader has automation already"));
    CHECK(room.points(0).size() == drawn);
    CHECK(room.mode(0) == AutomationMode::manual);
    CHECK(room.state(1) == (alone ? PassState::rolled_back : PassState::applied));
    CHECK(report.error.has_value() == alone);
    if (!alone) {
        check_written(room, 1, room.ride(1));
        // In play mode by now: not listened to, and not touched.
        const auto second = room.ride_live({1});
        REQUIRE(second.error);
        CHECK_THAT(second.automated[0].reason, Catch::Contains("in Play mode"));
        CHECK(room.passes() == 1);
        REQUIRE_FALSE(room.revert(PassId{1}).error);
    }
    CHECK(room.stands_as(before));
}

TEST_CASE(
    "a pass that was heard is taken back exactly once there is a companion, but for what was never heard") {
    HeardRoom room;
    room.draw(0, {{30s, Decibels(-4.0)}, {40s, Decibels(-20.0)}});
    const auto before = room.seen();
    const bool taken_back = GENERATE(false, true);
    REQUIRE_FALSE(room.ride_live().error);
    if (taken_back) {
        REQUIRE_FALSE(room.revert(PassId{1}).error);
    }
    room.studio.use_companion();
    const auto way = taken_back ? engine::LineWay::again : engine::LineWay::back;
    engine::LineReturnJob job(way, PassId{1}, false, "sim", {}, *room.journal, room.recorder);
    REQUIRE(room.studio.run(job));
    INFO((job.report().error ? job.report().error->message : std::string("returned")));
    REQUIRE_FALSE(job.report().error);
    const auto last = room.points(0).back();
    CHECK(std::get<Decibels>(last.value).db() == Approx(-20.0).margin(0.01));
    CHECK(last.at == SongTime(40s).samples(SampleRate{}));
    if (taken_back) {
        check_written(room, 0, room.ride(0));
        engine::LineReturnJob back(engine::LineWay::back, PassId{3}, false, "sim", {}, *room.journal,
                                   room.recorder);
        REQUIRE(room.studio.run(back));
        REQUIRE_FALSE(back.report().error);
    } else {
        // What is left of the stretch is level, so that the points that were never heard play what they did.
        for (const auto& point : room.points(0)) {
            const SongTime at = SongTime::from_samples(point.at, SampleRate{});
            if (at < SongTime(30s)) {
                CHECK(std::get<Decibels>(point.value).db() == Approx(-4.0).margin(0.03));
            }
        }
        CHECK(room.state(1) == PassState::reverted);
    }
    CHECK(room.stands_as(before));
}

TEST_CASE("a hand on a fader wins, while it is written and when it is taken back") {
    HeardRoom room;
    engine::HeardRideJob job(room.order(), room.known, room.recorder);
    room.when(job, "writing rides", SongTime(7500ms), [&] { room.studio.move_fader(1, Decibels(-20.0)); });
    REQUIRE(room.studio.run(job));
    REQUIRE(job.report().error);
    CHECK(job.report().error->kind == ErrorKind::conflict);
    CHECK(room.state(1) == PassState::broken);
    CHECK(job.report().pass->lines[0].verdict == Verdict::confirmed);
    CHECK(job.report().pass->lines[1].verdict == Verdict::failed);

    // And once more, long after: in manual mode, at another level.
    auto& strip = room.studio.daw().engine().strips()[0];
    strip.automation(Control::fader).set_mode(AutomationMode::manual, {0, strip.fader}, false, 0);
    room.studio.other_client("/strip/fader/automation", {std::int32_t{1}, std::int32_t{1}});
    room.studio.other_client("/strip/fader/automation", {std::int32_t{1}, std::int32_t{0}});
    room.studio.move_fader(0, Decibels(-33.0));
    room.studio.loop().idle(1s);
    const auto back = room.revert(PassId{1});
    REQUIRE(back.error);
    CHECK(back.error->kind == ErrorKind::conflict);
    REQUIRE(back.conflicts.size() == 1);
    CHECK(back.conflicts[0].strip == room.studio.mixer().strips[0].name);
    CHECK(room.studio.strip(0).fader.db() == Approx(-33.0).margin(0.03));
    CHECK(room.mode(1) == AutomationMode::manual);
    REQUIRE_FALSE(room.revert(PassId{1}, true).error);
    CHECK(room.studio.strip(0).fader.db() == Approx(-4.0).margin(0.03));
}
