// Rides planned from the simulated DAW, from the first datagram to the plan.

#include "engine/ride_plan_job.hpp"

#include "cli/sim_in_memory.hpp"
#include "engine/observe_job.hpp"
#include "scenario/mixing_room.hpp"
#include "scenario/short_song.hpp"
#include "sim/built_in_song.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace kedge;

namespace {

/// A DAW with a song, and a planner that knows its mixer.
struct PlanningRoom {
    explicit PlanningRoom(sim::Song song) : daw(std::move(song)) {
        engine::ObserveJob glance(Duration::zero());
        REQUIRE(room.loop.run(glance));
    }
    engine::RidePlanReport plan(engine::RideOrder order = {}) {
        engine::RidePlanJob job(std::move(order), room.desk.roles, profile, room.desk.shelf);
        REQUIRE(room.loop.run(job));
        return job.report();
    }
    [[nodiscard]] StripId id(const std::string& name) const {
        for (const Strip& strip : room.session.mixer().strips)
            if (strip.name.name == name) return strip.id;
        FAIL("no strip " << name);
        return {};
    }

    sim::SimulatedArdour daw;
    cli::SimInMemory<> wire{daw};
    test::MixingRoom<test::MemoryShelf> room{wire};
    mix::RideProfile profile =
        *mix::load_rides("rides/default.toml", test::shipped_text("rides/default.toml"));
};

/// Somebody presses Ctrl-C when the song is five seconds old.
class StoppedAtFive : public engine::RidePlanJob {
  public:
    using RidePlanJob::RidePlanJob;
    void event(engine::Desk& desk, const surface::Event& event) override {
        RidePlanJob::event(desk, event);
        if (stopped_ || desk.surface().position() < SongTime::from_seconds(5.0)) return;
        stopped_ = true;
        interrupt(desk);
    }

  private:
    bool stopped_ = false;
};

engine::RideOrder order_for(StripId strip) {
    engine::RideOrder order;
    order.wishes.strips = {strip};
    return order;
}

/// The job ended before the DAW played a note.
void check_said_at_once(PlanningRoom& studio, engine::RideOrder order, const std::string& cause) {
    const auto report = studio.plan(std::move(order));
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::usage);
    CHECK_FALSE(report.error->next.empty());
    CHECK_THAT(report.error->message, Catch::Contains(cause));
    CHECK(studio.daw.engine().position() == 0);
    CHECK_FALSE(studio.room.desk.shelf.tape);
}

void check_same_rides(const std::vector<Ride>& a, const std::vector<Ride>& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        CHECK(a[i].strip == b[i].strip);
        CHECK(a[i].points == b[i].points);
    }
}

}  // namespace

TEST_CASE("rides of a mixed song are planned from its tape, stored or fresh, and nothing moves") {
    PlanningRoom studio(sim::built_in_song(1));
    auto mix = studio.room.desk.job({});
    REQUIRE(studio.room.loop.run(mix));
    REQUIRE_FALSE(mix.report().error);
    const auto before = studio.daw.engine().strips();
    engine::RideOrder order;
    order.bus_highest = studio.room.desk.profile.bus_range.high;

    const auto stored = studio.plan(order);
    REQUIRE_FALSE(stored.error);
    CHECK(stored.tape_reused);
    const StripId vocal = studio.id("Lead Vox");
    REQUIRE(stored.plan.rides.size() == stored.forecasts.size());
    std::size_t voices = 0;
    for (std::size_t i = 0; i < stored.plan.rides.size(); ++i) {
        if (stored.plan.rides[i].strip != vocal) continue;
        ++voices;
        const auto& forecast = stored.forecasts[i];
        INFO(forecast.spread_before.db() << " to " << forecast.spread_after.db());
        CHECK(forecast.spread_after.db() <= forecast.spread_before.db() / 2.0);
    }
    CHECK(voices == 1);
    REQUIRE(stored.facts.bus);
    CHECK(stored.facts.bus->highest == order.bus_highest);
    CHECK(std::abs(stored.facts.bus->over_sum.db()) < 6.0);
    // What it hands on is all that it looked at.
    const auto again = mix::plan_rides(stored.facts.question(studio.profile));
    REQUIRE(again);
    check_same_rides(again->rides, stored.plan.rides);

    order.fresh_tape = true;
    const auto fresh = studio.plan(order);
    REQUIRE_FALSE(fresh.error);
    CHECK_FALSE(fresh.tape_reused);
    CHECK(fresh.facts.tape.find(vocal));
    const auto& after = studio.daw.engine().strips();
    for (std::size_t i = 0; i < before.size(); ++i) {
        CHECK(after[i].fader == before[i].fader);
        CHECK(after[i].trim == before[i].trim);
    }
}

TEST_CASE("a ride inside a range stands at 0 dB at its ends, and still knows the whole song") {
    PlanningRoom studio(sim::built_in_song(3));
    engine::RideOrder order = order_for(studio.id("Lead Vox"));
    const SongRange part{SongTime::from_seconds(11.0), SongTime::from_seconds(22.0)};
    order.wishes.range = part;
    order.wishes.depth = Decibels(2.0);
    const auto report = studio.plan(order);
    REQUIRE_FALSE(report.error);
    REQUIRE(report.plan.rides.size() == 1);
    const Ride& ride = report.plan.rides[0];
    CHECK(ride.points.front().at >= part.from);
    CHECK(ride.points.back().at <= part.to);
    CHECK(ride.points.front().offset == Decibels());
    CHECK(ride.points.back().offset == Decibels());
    for (const RidePoint& point : ride.points) CHECK(distance(point.offset, Decibels()) <= Decibels(2.01));
    CHECK(report.heard.to > part.to);
}

TEST_CASE("a strip's own depth goes before that of all, and at nothing it is not ridden") {
    PlanningRoom studio(sim::built_in_song(3));
    const StripId vocal = studio.id("Lead Vox");
    engine::RideOrder order = order_for(vocal);
    order.wishes.depth = Decibels(4.0);
    order.wishes.depth_of[vocal] = Decibels(1.0);
    const auto report = studio.plan(order);
    REQUIRE_FALSE(report.error);
    REQUIRE(report.plan.rides.size() == 1);
    for (const RidePoint& point : report.plan.rides[0].points)
        CHECK(distance(point.offset, Decibels()) <= Decibels(1.01));
    order.wishes.depth_of[vocal] = Decibels();
    const auto none = studio.plan(order);
    REQUIRE_FALSE(none.error);
    CHECK(none.plan.rides.empty());
    REQUIRE(none.plan.left_alone.size() == 1);
    CHECK(none.plan.left_alone[0].why == "its ride depth is turned down");
}

TEST_CASE("what no tape could change is said before the DAW plays") {
    PlanningRoom studio(test::short_song("short"));
    check_said_at_once(studio, order_for(studio.room.session.mixer().master()->id), "only tracks and buses");
    check_said_at_once(studio, order_for(StripId{4711}), "not in the mixer");
    engine::RideOrder late;
    late.wishes.range = SongRange{SongTime::from_seconds(60.0), SongTime::from_seconds(70.0)};
    check_said_at_once(studio, late, "the song ends at");
    engine::RideOrder none;
    none.wishes.depth = Decibels();
    check_said_at_once(studio, none, "above 0 dB");
}

TEST_CASE("one phrase, a vocal that never stops, silence: a reason and no ride") {
    PlanningRoom studio(test::short_song("short"));
    const auto one = studio.plan();
    REQUIRE_FALSE(one.error);
    CHECK(one.plan.rides.empty());
    REQUIRE(one.plan.left_alone.size() == 1);
    CHECK_THAT(one.plan.left_alone[0].why, Catch::Contains("one phrase"));

    sim::Song song = test::short_song("silent");
    for (sim::Stem& stem : song.stems)
        stem.samples = std::make_shared<const std::vector<float>>(stem.samples->size(), 0.0F);
    PlanningRoom quiet(std::move(song));
    const auto nothing = quiet.plan();
    REQUIRE(nothing.error);
    CHECK(nothing.error->kind == ErrorKind::refused);
    CHECK_THAT(nothing.error->message, Catch::Contains("Nothing sounded"));
}

TEST_CASE("a session without a vocal says so, whatever else is ridden") {
    sim::Song song = sim::built_in_song(1);
    for (sim::Stem& stem : song.stems)
        if (stem.name == "Lead Vox") stem.name = "Foo 8";
    PlanningRoom studio(std::move(song));
    const auto report = studio.plan();
    REQUIRE_FALSE(report.error);
    CHECK(std::any_of(report.plan.notes.begin(), report.plan.notes.end(), [](const std::string& note) {
        return note.find("No strip is taken for a lead vocal") != std::string::npos;
    }));

    sim::Song drums = test::short_song("drums");
    drums.stems.pop_back();
    PlanningRoom none(std::move(drums));
    const auto refused = none.plan();
    REQUIRE(refused.error);
    CHECK_THAT(refused.error->message, Catch::Contains("No strip of this session is a vocal"));
    CHECK(none.daw.engine().position() == 0);
}

TEST_CASE("a plan that is stopped while it listens leaves the DAW standing where it was") {
    PlanningRoom studio(sim::built_in_song(1));
    StoppedAtFive job({}, studio.room.desk.roles, studio.profile, studio.room.desk.shelf);
    REQUIRE(studio.room.loop.run(job));
    REQUIRE(job.report().error);
    CHECK(job.report().error->kind == ErrorKind::interrupted);
    CHECK_FALSE(studio.room.desk.shelf.tape);
    CHECK_FALSE(studio.daw.engine().rolling());
    CHECK(studio.daw.engine().position() == 0);
}

TEST_CASE("The song's own markers make the sections, guessed where it has none") {
    const sim::Song song = sim::built_in_song(1);
    PlanningRoom studio(song);
    const auto report = studio.plan();
    REQUIRE_FALSE(report.error);
    REQUIRE(report.facts.marks.size() == song.markers.size());
    for (std::size_t i = 0; i < song.markers.size(); ++i) {
        CHECK(report.facts.marks[i].name == song.markers[i].name);
        CHECK(report.facts.marks[i].at == song.markers[i].at);
    }
    for (const auto& section : report.plan.sections) CHECK_FALSE(section.guessed);

    sim::Song unmarked = song;
    unmarked.markers.clear();
    const auto guessed = PlanningRoom(std::move(unmarked)).plan();
    REQUIRE_FALSE(guessed.error);
    CHECK(guessed.facts.marks.empty());
    for (const auto& section : guessed.plan.sections) CHECK(section.guessed);
}
