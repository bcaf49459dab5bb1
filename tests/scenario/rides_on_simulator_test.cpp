// Rides planned, written and taken back on the simulated DAW: point by point through its companion, and while
// the song plays.

#include "cli/sim_in_memory.hpp"
#include "engine/line_recover_job.hpp"
#include "engine/line_return_job.hpp"
#include "engine/live_ride_job.hpp"
#include "engine/observe_job.hpp"
#include "engine/ride_plan_job.hpp"
#include "engine/ride_write_job.hpp"
#include "osc/osc.hpp"
#include "scenario/mixing_room.hpp"
#include "sim/built_in_song.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

using namespace kedge;
using namespace std::chrono_literals;

namespace {

/// A DAW with a companion, and a song whose rides are planned.
struct RidersRoom {
    RidersRoom() : daw(sim::built_in_song(1)) {
        room.session.use_companion(ardour::CompanionSetup{"LuaAction/script-7"});
        engine::RidePlanJob job({}, room.desk.roles, profile, room.desk.shelf);
        REQUIRE(room.loop.run(job));
        REQUIRE_FALSE(job.report().error);
        rides = job.report().plan.rides;
        REQUIRE_FALSE(rides.empty());
    }
    engine::LineReport revert(PassId pass, bool force = false) {
        engine::LineReturnJob job(engine::LineWay::back, pass, force, "sim", {}, *room.desk.journal,
                                  room.desk.recorder);
        REQUIRE(room.loop.run(job));
        return job.report();
    }
    engine::LiveRideReport write_live() {
        engine::LiveOrder order;
        order.rides = rides;
        engine::LiveRideJob job(std::move(order), "sim", {}, room.desk.recorder);
        REQUIRE(room.loop.run(job));
        return job.report();
    }
    /// A person presses stop.
    void stop_the_song() {
        std::vector<sim::Datagram> said;
        daw.receive(room.loop.now(), sim::Peer{0x7F000002, 9999}, osc::encode("/transport_stop"), said);
        room.loop.idle(1s);
    }
    sim::SimStrip& strip(StripId id) {
        const std::string name = room.session.mixer().find(id)->name.name;
        for (sim::SimStrip& each : daw.engine().strips())
            if (each.name == name) return each;
        FAIL("no strip " << name);
        return daw.engine().master();
    }
    sim::ControlAutomation& automation(StripId id) { return strip(id).automation(Control::fader); }
    [[nodiscard]] PassState state(std::int64_t pass) const {
        return room.desk.journal->pass(PassId{pass}).value().state;
    }

    sim::SimulatedArdour daw;
    cli::SimInMemory<> wire{daw};
    test::MixingRoom<test::MemoryShelf> room{wire};
    mix::RideProfile profile =
        *mix::load_rides("rides/default.toml", test::shipped_text("rides/default.toml"));
    std::vector<Ride> rides;
};

/// How far a level is from the ride, at the best moment within `slack` of `at`.
double miss(const Ride& ride, SongTime at, Decibels level, Duration slack) {
    double least = 1e9;
    for (Duration shift = -slack; shift <= slack; shift += 5ms)
        least = std::min(least, std::abs((ride.base + offset_at(ride.points, at + shift)).db() - level.db()));
    return least;
}

/// The process ends, as if killed, when the song has come so far.
class CutOffRide : public engine::LiveRideJob {
  public:
    using LiveRideJob::LiveRideJob;
    void event(engine::Desk& desk, const surface::Event& event) override {
        if (killed_) return;
        LiveRideJob::event(desk, event);
        killed_ = desk.surface().rolling() == true && desk.surface().position() >= at;
    }
    void wake(engine::Desk& desk) override {
        if (!killed_) LiveRideJob::wake(desk);
    }
    [[nodiscard]] bool done() const override { return killed_ || LiveRideJob::done(); }
    SongTime at;

  private:
    bool killed_ = false;
};

/// Faders and what they do, as a person sees them.
struct Seen {
    Decibels fader;
    AutomationMode mode;
    std::size_t points;
    bool operator==(const Seen&) const = default;
};

std::vector<Seen> seen(RidersRoom& room) {
    std::vector<Seen> all;
    for (sim::SimStrip& strip : room.daw.engine().strips()) {
        const sim::ControlAutomation& automation = strip.automation(Control::fader);
        all.push_back({strip.fader, automation.mode(), automation.list().points().size()});
    }
    return all;
}

}  // namespace

TEST_CASE("rides written point by point stand in the DAW as they were planned, and go back exactly") {
    RidersRoom room;
    const auto before = seen(room);
    engine::RideWriteJob job(room.rides, "sim", {}, room.room.desk.recorder);
    REQUIRE(room.room.loop.run(job));
    REQUIRE_FALSE(job.report().error);
    CHECK(room.state(1) == PassState::applied);
    for (const Ride& ride : room.rides) {
        const auto& list = room.automation(ride.strip).list();
        CHECK(room.automation(ride.strip).mode() == AutomationMode::play);
        REQUIRE(list.points().size() == ride.points.size());
        for (std::size_t i = 0; i < ride.points.size(); ++i) {
            const SongTime at = SongTime::from_samples(list.points()[i].at, room.daw.engine().song().rate);
            CHECK(std::chrono::abs(at - ride.points[i].at) <= 21us);
            const double off =
                std::get<Decibels>(list.points()[i].value).db() - (ride.base + ride.points[i].offset).db();
            CHECK(std::abs(off) < 0.01);
        }
    }
    const auto back = room.revert(PassId{1});
    REQUIRE_FALSE(back.error);
    CHECK(seen(room) == before);
    CHECK(room.state(1) == PassState::reverted);
}

TEST_CASE("rides written live lie within 0.3 dB and 50 ms of the plan, and go back exactly") {
    RidersRoom room;
    const auto before = seen(room);
    const auto report = room.write_live();
    INFO((report.error ? report.error->message : std::string("written")));
    REQUIRE_FALSE(report.error);
    CHECK(room.state(1) == PassState::applied);
    for (const Ride& ride : room.rides) {
        const auto& automation = room.automation(ride.strip);
        CHECK(automation.mode() == AutomationMode::play);
        // Every 10 ms of the ride, not the points alone: in between a saw-tooth would show.
        for (SongTime at = ride.points.front().at; at < ride.points.back().at; at = at + 10ms) {
            const auto value =
                automation.list().at(Control::fader, at.samples(room.daw.engine().song().rate));
            REQUIRE(value);
            INFO(room.strip(ride.strip).name << " at " << to_string(at));
            CHECK(miss(ride, at, std::get<Decibels>(*value), 50ms) <= 0.3);
        }
    }
    const auto back = room.revert(PassId{1});
    INFO((back.error ? back.error->message : std::string("reverted")));
    REQUIRE_FALSE(back.error);
    CHECK(seen(room) == before);
}

TEST_CASE(
    "a live pass that was cut off in the middle of the song is rolled back, or finished point by point") {
    const auto recovery = GENERATE(engine::Recovery::finish, engine::Recovery::roll_back);
    CAPTURE(static_cast<int>(recovery));
    RidersRoom room;
    const auto before = seen(room);
    {
        engine::LiveOrder order;
        order.rides = room.rides;
        CutOffRide job(std::move(order), "sim", {}, room.room.desk.recorder);
        job.at = SongTime((room.rides.front().points.front().at - SongTime()) +
                          (room.rides.front().points.back().at - room.rides.front().points.front().at) / 2);
        REQUIRE(room.room.loop.run(job));
    }
    CHECK(room.state(1) == PassState::prepared);
    room.room.loop.idle(1s);

    // The song still rolls and the fader is still held: nothing is written over it.
    engine::LineRecoverJob too_early(recovery, false, *room.room.desk.journal);
    REQUIRE(room.room.loop.run(too_early));
    REQUIRE(too_early.report().error);
    CHECK_THAT(too_early.report().error->message, Catch::Contains("is writing automation"));
    CHECK(room.state(1) == PassState::prepared);
    room.stop_the_song();

    engine::LineRecoverJob job(recovery, false, *room.room.desk.journal);
    REQUIRE(room.room.loop.run(job));
    INFO((job.report().error ? job.report().error->message : std::string("recovered")));
    REQUIRE_FALSE(job.report().error);
    if (recovery == engine::Recovery::roll_back) {
        CHECK(seen(room) == before);
        CHECK(room.state(1) == PassState::rolled_back);
    } else {
        CHECK(room.state(1) == PassState::applied);
        REQUIRE_FALSE(room.revert(PassId{1}).error);
        CHECK(seen(room) == before);
    }
}
