// The same, stopped, killed, or with the DAW lost, at any moment.

#include "engine/line_recover_job.hpp"
#include "scenario/heard_room.hpp"

using namespace kedge;
using namespace kedge::test;

TEST_CASE("killed at any moment, a pass that was heard is rolled back or finished") {
    const auto recovery = GENERATE(Recovery::roll_back, Recovery::finish);
    const auto per_cent = GENERATE(2, 12, 25, 38, 45, 52, 60, 68, 75, 84, 92, 98);
    static int all = 0;
    if (all == 0) {
        HeardRoom whole;
        KilledRide job(whole.order(), whole.known, whole.recorder);
        job.left = 1'000'000;
        REQUIRE(whole.studio.run(job));
        all = 1'000'000 - job.left;
    }
    CAPTURE(static_cast<int>(recovery), per_cent, all);
    HeardRoom room;
    // A list that does not play, and that nobody has listened to yet when it is early.
    room.draw(1, {{6s, Decibels(-10.0)}, {9s, Decibels(-3.0)}});
    const auto before = room.seen();
    {
        KilledRide job(room.order(), room.known, room.recorder);
        job.left = std::max(1, all * per_cent / 100);
        REQUIRE(room.studio.run(job));
        if (job.ended()) return;
    }
    if (room.passes() == 0) {
        CHECK(room.stands_as(before));
        return;
    }
    room.known = {};
    room.studio.loop().idle(500ms);
    const auto look = room.recover(Recovery::look);
    REQUIRE(look.cut_off);
    CHECK(room.state(1) == PassState::prepared);
    const bool heard = look.lines[0].line.verdict == Verdict::pending;
    const auto report = room.recover(recovery);
    INFO((report.error ? report.error->message : std::string("recovered")));
    REQUIRE_FALSE(report.error);
    if (recovery == Recovery::finish && heard) {
        CHECK(room.state(1) == PassState::applied);
        check_written(room, 0, room.ride(0));
        REQUIRE_FALSE(room.revert(PassId{1}).error);
    } else {
        CHECK(room.state(1) == PassState::rolled_back);
    }
    CHECK(room.stands_as(before));
    CHECK(room.points(1).size() == 2);
}

TEST_CASE("cut off without a companion and recovered with one: what was never listened to is not touched") {
    const auto recovery = GENERATE(Recovery::roll_back, Recovery::finish);
    const bool early = GENERATE(true, false);
    CAPTURE(static_cast<int>(recovery), early);
    HeardRoom room;
    room.draw(1, {{6s, Decibels(-10.0)}, {9s, Decibels(-3.0)}});
    const auto before = room.seen();
    {
        KilledRide job(room.order(), room.known, room.recorder);
        job.left = 1'000'000;
        room.when(job, early ? "hearing automation" : "writing rides", SongTime(8s), [&] { job.left = 0; });
        REQUIRE(room.studio.run(job));
    }
    room.studio.other_client("/transport_stop", {});
    room.studio.loop().idle(1s);
    room.studio.use_companion();
    engine::LineRecoverJob job(recovery, false, *room.journal);
    REQUIRE(room.studio.run(job));
    INFO((job.report().error ? job.report().error->message : std::string("recovered")));
    REQUIRE_FALSE(job.report().error);
    CHECK(room.points(1).size() == 2);
    CHECK(room.mode(1) == AutomationMode::manual);
    if (recovery == Recovery::finish && !early) {
        check_written(room, 0, room.ride(0));
    } else {
        CHECK(room.stands_as(before));
        CHECK((room.state(1) == PassState::rolled_back) == (recovery == Recovery::roll_back || early));
    }
}

TEST_CASE("stopped in any phase, modes and faders are as they were, and the record says so") {
    const std::string doing = GENERATE("hearing automation", "trying out", "writing rides");
    CAPTURE(doing);
    HeardRoom room;
    const auto before = room.seen();
    engine::HeardRideJob job(room.order(), room.known, room.recorder);
    room.when(job, doing, SongTime(doing == "writing rides" ? 8s : 5s), [&] { room.studio.interrupt(); });
    REQUIRE(room.studio.run(job));
    REQUIRE(job.report().error);
    CHECK(job.report().error->kind == ErrorKind::interrupted);
    CHECK(room.stands_as(before));
    const bool wrote = doing == "writing rides";
    CHECK(room.state(1) == (wrote ? PassState::broken : PassState::rolled_back));
    CHECK(job.report().stays.empty() != wrote);
    if (wrote) {
        REQUIRE_FALSE(room.revert(PassId{1}).error);
        CHECK(room.state(1) == PassState::reverted);
        CHECK(room.stands_as(before));
        REQUIRE_FALSE(room.ride_live().error);
    }
}

TEST_CASE("recovery leaves a fader that a person moved since, unless it is forced") {
    HeardRoom room;
    {
        KilledRide job(room.order(), room.known, room.recorder);
        job.left = 1'000'000;
        room.when(job, "writing rides", SongTime(8s), [&] { job.left = 0; });
        REQUIRE(room.studio.run(job));
    }
    room.studio.other_client("/transport_stop", {});
    room.studio.other_client("/strip/fader/automation", {std::int32_t{2}, std::int32_t{0}});
    room.studio.move_fader(1, Decibels(-40.0));
    room.studio.loop().idle(1s);
    const auto report = room.recover(Recovery::roll_back);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    CHECK(room.studio.strip(1).fader.db() == Approx(-40.0).margin(0.03));
    CHECK(room.studio.strip(0).fader.db() == Approx(-4.0).margin(0.03));
    CHECK(room.mode(0) == AutomationMode::manual);
    CHECK(room.state(1) == PassState::broken);
    REQUIRE_FALSE(room.revert(PassId{1}, true).error);
    CHECK(std::abs(room.studio.strip(1).fader.db()) < 0.03);
}

TEST_CASE("a DAW that is lost leaves the pass for recovery, which has it back") {
    const std::string doing = GENERATE("hearing automation", "trying out", "writing rides");
    CAPTURE(doing);
    HeardRoom room;
    const auto before = room.seen();
    engine::HeardRideJob job(room.order(), room.known, room.recorder);
    room.when(job, doing, SongTime(7s), [&] { room.studio.daw().freeze(true); });
    REQUIRE(room.studio.run(job));
    REQUIRE(job.report().error);
    CHECK(job.report().error->kind == ErrorKind::no_daw);
    CHECK_THAT(job.report().error->next, Catch::Contains("kedge recover"));
    CHECK(room.state(1) == PassState::prepared);
    room.studio.daw().freeze(false);
    room.studio.loop().idle(10s);
    const auto report = room.recover(Recovery::roll_back);
    INFO((report.error ? report.error->message : std::string("recovered")));
    REQUIRE_FALSE(report.error);
    CHECK(room.state(1) == PassState::rolled_back);
    CHECK(room.stands_as(before));
}
