// Rides without a companion script: REAPER plays a fader's automation in trim/read too.

#include "engine/heard_ride_job.hpp"
#include "scenario/reaper/reaper_room.hpp"

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

TEST_CASE("REAPER simulated: a ride that could not be taken back is refused before anything is written") {
    ReaperRoom room(sim::built_in_song(1));
    room.connect();
    const std::string name = "Lead Vox";
    engine::HeardRideOrder order;
    Ride ride;
    ride.strip = room.id(name);
    ride.points = {{SongTime(5s), Decibels()}, {SongTime(6s), Decibels(3.0)}, {SongTime(9s), Decibels(0.0)}};
    order.live.rides = {ride};
    order.header.kind = PassKind::ride;
    engine::KnownStyle known;
    engine::HeardRideJob job(std::move(order), known, room.desk.recorder);
    REQUIRE(room.loop.run(job));
    REQUIRE(job.report().error);
    CHECK(job.report().error->kind == ErrorKind::refused);
    CHECK_THAT(job.report().error->message, Catch::Contains("could not be taken back"));
    CHECK(room.track(name).automation(Control::fader).list().empty());
    CHECK(room.daw.mode_of(room.track(name).id) == AutomationMode::manual);
    CHECK(room.desk.journal->passes().value().empty());
}
