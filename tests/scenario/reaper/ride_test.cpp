// Rides written point by point into the simulated REAPER by its companion script, and taken back.

#include "engine/line_recover_job.hpp"
#include "engine/line_return_job.hpp"
#include "engine/ride_plan_job.hpp"
#include "engine/ride_write_job.hpp"
#include "reaper_room.hpp"
#include "support/shipped_rules.hpp"

#include <utility>
#include <vector>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

/// All that REAPER keeps of faders, to the last bit.
struct FaderKept {
    Decibels fader;
    AutomationMode mode;
    std::optional<sim::ReaperEnvelope> envelope;
    bool operator==(const FaderKept&) const = default;
};

struct ReaperRiders {
    ReaperRiders() {
        room.session.use_companion(reaper::CompanionSetup{"_RS12ab"});
        room.connect();
    }
    static sim::ReaperSettings with_script() {
        sim::ReaperSettings settings = ReaperRoom::settings_of(kedge_patterns());
        settings.companion = true;
        return settings;
    }
    void plan() {
        const auto profile = *mix::load_rides("rides/default.toml", shipped_text("rides/default.toml"));
        engine::RidePlanJob job({}, room.desk.roles, profile, room.desk.shelf);
        REQUIRE(room.loop.run(job));
        INFO((job.report().error ? job.report().error->message : std::string("planned")));
        REQUIRE_FALSE(job.report().error);
        rides = job.report().plan.rides;
        REQUIRE_FALSE(rides.empty());
    }
    engine::LineReport write() {
        engine::RideWriteJob job(rides, "reaper", {}, room.desk.recorder);
        REQUIRE(room.loop.run(job));
        return job.report();
    }
    engine::LineReport revert(std::int64_t pass, bool force = false) {
        engine::LineReturnJob job(engine::LineWay::back, PassId{pass}, force, "reaper", {},
                                  *room.desk.journal, room.desk.recorder);
        REQUIRE(room.loop.run(job));
        return job.report();
    }
    [[nodiscard]] std::vector<FaderKept> kept() const {
        std::vector<FaderKept> all;
        const auto& strips = room.daw.engine().strips();
        for (std::size_t i = 0; i < strips.size(); ++i)
            all.push_back({strips[i].fader, room.daw.mode_of(strips[i].id), room.daw.envelope(i)});
        return all;
    }
    [[nodiscard]] PassState state(std::int64_t pass) const {
        return room.desk.journal->pass(PassId{pass}).value().state;
    }
    [[nodiscard]] std::size_t place(const Ride& ride) const {
        return room.place(room.session.mixer().find(ride.strip)->name.name);
    }

    ReaperRoom room{sim::built_in_song(1), with_script()};
    std::vector<Ride> rides;
};

/// Nothing sounds of it, nothing shows of it.
bool is_as_none(const std::optional<sim::ReaperEnvelope>& envelope) {
    return !envelope || *envelope == sim::ReaperEnvelope{};
}

sim::ReaperEnvelope turned_off_envelope() {
    sim::ReaperEnvelope envelope;
    envelope.visible = true;
    envelope.scaling = 1;
    envelope.points = {{0.1, Gain(0.3), 5, -0.7, false, 512.0625},
                       {1.0 / 3.0, Gain(1.0), 1, 0.0, false, 716.21},
                       {1.0 / 3.0, Gain(0.1), 0, 0.0, false, 400.3}};
    return envelope;
}

}  // namespace

TEST_CASE("REAPER: a ride is written whole, read back, and taken back exactly") {
    ReaperRiders test;
    CHECK(test.room.session.mixer().session.name.starts_with(test.room.daw.engine().song().name + " ("));
    test.plan();
    const auto before = test.kept();
    const auto report = test.write();
    INFO((report.error ? report.error->message : std::string("written")));
    REQUIRE_FALSE(report.error);
    CHECK(test.state(1) == PassState::applied);
    CHECK(test.room.daw.script_steps().size() == 1);
    for (const Ride& ride : test.rides) {
        const auto envelope = test.room.daw.envelope(test.place(ride));
        REQUIRE(envelope);
        CHECK(envelope->active);
        CHECK(test.room.daw.mode_of(test.room.daw.engine().strips()[test.place(ride)].id) ==
              AutomationMode::play);
        REQUIRE(envelope->points.size() == ride.points.size());
        for (std::size_t i = 0; i < ride.points.size(); ++i) {
            CHECK(envelope->points[i].at == Approx(ride.points[i].at.seconds()).margin(2.1e-5));
            CHECK(Decibels::from_gain(envelope->points[i].gain).db() ==
                  Approx((ride.base + ride.points[i].offset).db()).margin(0.01));
        }
    }
    const auto back = test.revert(1);
    INFO((back.error ? back.error->message : std::string("taken back")));
    REQUIRE_FALSE(back.error);
    CHECK(test.state(1) == PassState::reverted);
    const auto after = test.kept();
    for (std::size_t i = 0; i < before.size(); ++i) {
        CHECK(after[i].mode == before[i].mode);
        CHECK(distance(after[i].fader, before[i].fader) < Decibels(1e-9));
        CHECK(is_as_none(before[i].envelope));
        CHECK(is_as_none(after[i].envelope));
    }
    // And once more, and back: the revert's own revert writes the ride again.
    REQUIRE_FALSE(test.revert(2).error);
    CHECK(test.room.daw.envelope(test.place(test.rides[0]))->points.size() == test.rides[0].points.size());
}

TEST_CASE("REAPER: an envelope that was turned off is brought back with its curves, to the last bit") {
    ReaperRiders test;
    test.plan();
    const std::size_t vox = test.place(test.rides[0]);
    test.room.daw.draw_envelope(vox, turned_off_envelope());
    const auto before = test.kept();
    REQUIRE_FALSE(test.write().error);
    CHECK(test.room.daw.envelope(vox) != turned_off_envelope());
    const auto back = test.revert(1);
    INFO((back.error ? back.error->message : std::string("taken back")));
    REQUIRE_FALSE(back.error);
    CHECK(test.room.daw.envelope(vox) == turned_off_envelope());
    CHECK(test.kept()[vox] == before[vox]);
}

TEST_CASE("REAPER: a fader that has automation of its own is left alone, and named") {
    ReaperRiders test;
    test.plan();
    const std::size_t vox = test.place(test.rides[0]);
    auto own = turned_off_envelope();
    own.active = true;
    test.room.daw.draw_envelope(vox, own);
    test.rides.resize(1);
    const auto report = test.write();
    REQUIRE(report.error);
    CHECK_THAT(report.error->message, Catch::Contains("its fader has automation already (3 points)"));
    CHECK(test.room.daw.envelope(vox) == own);
    CHECK(test.room.daw.script_steps().empty());
}

TEST_CASE("REAPER: what somebody made of a ride by hand is left alone, curves and points alike") {
    const bool curve = GENERATE(true, false);
    ReaperRiders test;
    test.plan();
    REQUIRE_FALSE(test.write().error);
    const std::size_t vox = test.place(test.rides[0]);
    auto bent = *test.room.daw.envelope(vox);
    if (curve) {
        bent.points[0].shape = 2;
    } else {
        bent.points[0].gain = Gain(bent.points[0].gain.ratio() * 1.2);
    }
    test.room.daw.draw_envelope(vox, bent);
    const auto back = test.revert(1);
    REQUIRE(back.error);
    CHECK(back.error->kind == ErrorKind::conflict);
    CHECK(test.room.daw.envelope(vox) == bent);
    // That it is hidden or shown is nobody's change; forced it goes back.
    REQUIRE_FALSE(test.revert(1, true).error);
    CHECK(is_as_none(test.room.daw.envelope(vox)));
}

TEST_CASE(
    "REAPER: showing and arming a ride's envelope is no change of it, nor is what REAPER's file rounds off") {
    ReaperRiders test;
    test.plan();
    REQUIRE_FALSE(test.write().error);
    const std::size_t vox = test.place(test.rides[0]);
    auto saved = *test.room.daw.envelope(vox);
    saved.visible = saved.armed = false;
    for (auto& point : saved.points) {
        point.at = std::round(point.at * 1e8) / 1e8;
        point.raw = std::round(point.raw * 1e8) / 1e8;
        point.gain = Gain(point.raw);
    }
    test.room.daw.draw_envelope(vox, saved);
    REQUIRE_FALSE(test.revert(1).error);
    CHECK(is_as_none(test.room.daw.envelope(vox)));
}

TEST_CASE("REAPER: automation items refuse the ride with what to do, and nothing is written") {
    ReaperRiders test;
    test.plan();
    sim::ReaperEnvelope items;
    items.visible = true;
    items.items = 1;
    test.room.daw.draw_envelope(test.place(test.rides[0]), items);
    const auto before = test.kept();
    const auto report = test.write();
    REQUIRE(report.error);
    CHECK_THAT(report.error->message, Catch::Contains("has automation items"));
    CHECK(test.state(1) == PassState::rolled_back);
    CHECK(test.kept() == before);
}
