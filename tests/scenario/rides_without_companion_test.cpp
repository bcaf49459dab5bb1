// Rides written while the song plays where automation can only be heard: no companion in the DAW.

#include "engine/heard_recover_job.hpp"
#include "engine/heard_return_job.hpp"
#include "engine/heard_ride_job.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/line_recover_job.hpp"
#include "engine/line_return_job.hpp"
#include "scenario/live_studio.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;
using engine::Recovery;

namespace {

/// What an engineer sees of a fader.
struct SeenFader {
    Decibels fader;
    AutomationMode mode;
    bool operator==(const SeenFader&) const = default;
};

constexpr std::size_t tracks = 3;

/// Silent tracks at a DAW without a companion; the first two are ridden from 0:05 to 0:14.
struct HeardRoom {
    HeardRoom() : studio(tracks) { studio.daw().engine().strips()[0].fader = Decibels(-4.0); }

    [[nodiscard]] Ride ride(std::size_t track) const {
        Ride made;
        made.strip = studio.id(track);
        made.base = studio.strip(track).fader;
        made.points = {{SongTime(5s), Decibels()},          {SongTime(6s), Decibels(3.0)},
                       {SongTime(9s), Decibels(3.0)},       {SongTime(10s), Decibels(-4.0)},
                       {SongTime(12500ms), Decibels(-4.0)}, {SongTime(14s), Decibels()}};
        return made;
    }
    [[nodiscard]] engine::HeardRideOrder order(std::vector<std::size_t> ridden = {0, 1}) const {
        engine::HeardRideOrder made;
        for (const std::size_t track : ridden) {
            made.live.rides.push_back(ride(track));
            const auto history = journal->history(studio.mixer().session.name).value();
            const StripName& name = studio.mixer().strips[track].name;
            if (const PassLine* left = engine::left_behind(history, name))
                made.ours[studio.id(track)] = left->left();
        }
        made.header.kind = PassKind::ride;
        made.header.surface = "sim";
        return made;
    }
    engine::LiveRideReport ride_live(std::vector<std::size_t> ridden = {0, 1}) {
        engine::HeardRideJob job(order(std::move(ridden)), known, recorder);
        REQUIRE(studio.run(job));
        return job.report();
    }
    engine::LineReport revert(PassId pass, bool force = false) {
        engine::HeardReturnJob job({engine::LineWay::back, pass, force, "sim", {}, {}}, *journal, recorder);
        REQUIRE(studio.run(job));
        return job.report();
    }
    engine::LineRecoverReport recover(Recovery recovery, bool force = false) {
        engine::HeardRecoverJob job(recovery, force, *journal, known);
        REQUIRE(studio.run(job));
        return job.report();
    }
    [[nodiscard]] std::vector<SeenFader> seen() const {
        std::vector<SeenFader> all;
        for (std::size_t i = 0; i < tracks; ++i) all.push_back({studio.strip(i).fader, mode(i)});
        return all;
    }
    /// The same to a query's tenth of a decibel: an exactness that the DAW's own answers do not have.
    [[nodiscard]] bool stands_as(const std::vector<SeenFader>& before) const {
        const auto now = seen();
        return std::equal(now.begin(), now.end(), before.begin(), before.end(),
                          [](const SeenFader& a, const SeenFader& b) {
                              return a.mode == b.mode && distance(a.fader, b.fader) < Decibels(0.03);
                          });
    }
    [[nodiscard]] AutomationMode mode(std::size_t track) const {
        return studio.strip(track).automation(Control::fader).mode();
    }
    [[nodiscard]] const std::vector<sim::AutomationPoint>& points(std::size_t track) const {
        return studio.strip(track).automation(Control::fader).list().points();
    }
    /// A list that was drawn by a person.
    void draw(std::size_t track, std::vector<std::pair<Duration, Decibels>> curve) {
        auto& list = studio.daw().engine().strips()[track].automation(Control::fader).list();
        for (const auto& [at, level] : curve) list.add({SongTime(at).samples(SampleRate{}), level});
    }
    /// Once the job says that it does this, and the song is so far.
    void when(const engine::Job& job, std::string doing, SongTime at, std::function<void()> act) {
        studio.loop().on_step = [this, &job, doing = std::move(doing), at, act = std::move(act),
                                 done = false](Instant) mutable {
            if (done || job.progress().doing.find(doing) != 0 || !studio.daw().engine().rolling() ||
                studio.position() < at)
                return;
            done = true;
            act();
        };
    }
    [[nodiscard]] PassState state(std::int64_t pass) const {
        return journal->pass(PassId{pass}).value().state;
    }
    [[nodiscard]] std::size_t passes() const { return journal->passes().value().size(); }

    LiveStudio studio;
    std::unique_ptr<journal::Journal> journal = std::move(*journal::open_journal(":memory:"));
    engine::JournalRecorder recorder{*journal};
    engine::KnownStyle known;
};

void check_written(const HeardRoom& room, std::size_t track, const Ride& ride) {
    CAPTURE(track);
    const auto beside = list_against_plan(room.studio, track, ride);
    INFO("worst at " << to_string(beside.where));
    CHECK(beside.worst_db <= 0.3);
    CHECK(room.mode(track) == AutomationMode::play);
}

/// A pass of the song that ends, as if killed, at the n-th thing that happens to it.
class KilledRide : public engine::HeardRideJob {
  public:
    using HeardRideJob::HeardRideJob;
    void event(engine::Desk& desk, const surface::Event& event) override {
        if (done()) return;
        HeardRideJob::event(desk, event);
        --left;
    }
    void wake(engine::Desk& desk) override {
        if (!done()) HeardRideJob::wake(desk);
    }
    [[nodiscard]] bool done() const override { return left <= 0 || HeardRideJob::done(); }
    [[nodiscard]] bool ended() const { return HeardRideJob::done(); }
    int left = 0;
};

}  // namespace

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

    // What it left behind is ours: written over, and not called somebody's automation.
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
