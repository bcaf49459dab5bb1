#include "unit/mix/ride_fixture.hpp"

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

/// A band and a vocal that sings in the first and the last third of 48 s.
struct ThreeParts {
    explicit ThreeParts(const std::string& middle = "Solo") {
        song.add("Band", Role::keys, steady(48.0, -18.0));
        TrueLevels voice = steady(48.0, no_sound);
        for (const double at : {1.0, 5.0, 9.0, 12.5, 33.0, 37.0, 41.0, 44.0})
            sing(voice, at, at + 2.5, -17.0);
        vocal = song.add("Vox", Role::lead_vocal, std::move(voice));
        song.marks = {{"Verse", SongTime()},
                      {middle, SongTime::from_seconds(16.0)},
                      {"Verse", SongTime::from_seconds(32.0)}};
    }
    RideSong song;
    StripId vocal;
};

}  // namespace

TEST_CASE("a solo under the vocal's place is lifted by a step for as long as it lasts") {
    ThreeParts parts;
    TrueLevels guitar = steady(48.0, -25.0);
    const StripId solo = parts.song.add("Lead Gtr", Role::lead_guitar, guitar);
    TrueLevels horn = steady(48.0, no_sound);
    sing(horn, 18.0, 28.0, -29.0);
    const StripId softer = parts.song.add("Sax", Role::woodwind, horn);
    parts.song.record();
    const RidePlan plan = parts.song.planned();
    const Ride* ride = ride_of(plan, solo);
    REQUIRE(ride);
    check_ride(parts.song, *ride);
    CHECK(offset(*ride, 20.0) == Approx(3.0));
    CHECK(offset(*ride, 31.9) == Approx(3.0));
    CHECK(offset(*ride, 14.0) == 0.0);
    CHECK(offset(*ride, 34.0) == 0.0);
    REQUIRE(ride->cues.size() == 1);
    CHECK(ride->cues[0].kind == CueKind::solo);
    CHECK_THAT(ride->cues[0].reason, Catch::Contains("the vocal's place"));
    CHECK_THAT(why_not_ridden(plan, softer), Catch::Contains("no solo"));
}

TEST_CASE("a solo that is loud enough, or has no room, is left alone") {
    ThreeParts parts;
    const StripId solo = parts.song.add("Lead Gtr", Role::lead_guitar, steady(48.0, -17.5));
    parts.song.record();
    CHECK_THAT(why_not_ridden(parts.song.planned(), solo), Catch::Contains("nowhere"));
    ThreeParts tight;
    const StripId quiet = tight.song.add("Lead Gtr", Role::lead_guitar, steady(48.0, -25.0));
    tight.song.strip(quiet).fader = tight.song.can.fader_top - Decibels(1.0);
    tight.song.record();
    CHECK_THAT(why_not_ridden(tight.song.planned(), quiet), Catch::Contains("no headroom"));
}

TEST_CASE("an introduction is no solo, but what stands between sung sections is") {
    ThreeParts parts("Interlude");
    const StripId solo = parts.song.add("Lead Gtr", Role::lead_guitar, steady(48.0, -25.0));
    parts.song.record();
    CHECK(ride_of(parts.song.planned(), solo));
    sing(parts.song.levels[parts.vocal.value - 1], 0.0, 16.0, no_sound);
    parts.song.record();
    CHECK_FALSE(ride_of(parts.song.planned(), solo));
}

TEST_CASE("a fill that is lost among the fills is lifted by a step") {
    ThreeParts parts;
    TrueLevels toms = steady(48.0, no_sound);
    for (const double at : {7.0, 15.0, 23.0, 31.0, 39.0})
        sing(toms, at, at + 1.0, at == 23.0 ? -20.5 : -15.0);
    const StripId tom = parts.song.add("Tom", Role::tom, toms);
    parts.song.record();
    const RidePlan plan = parts.song.planned();
    const Ride* ride = ride_of(plan, tom);
    REQUIRE(ride);
    check_ride(parts.song, *ride);
    CHECK(offset(*ride, 23.5) == Approx(3.0));
    CHECK(offset(*ride, 22.5) == 0.0);
    CHECK(offset(*ride, 15.5) == 0.0);
    CHECK(ride->points.size() == 4);
    parts.song.levels[tom.value - 1] = steady(48.0, -15.0);
    parts.song.record();
    CHECK_THAT(why_not_ridden(parts.song.planned(), tom), Catch::Contains("no fills"));
}

TEST_CASE("a return that is lost where a section leads to the next is lifted there") {
    ThreeParts parts;
    TrueLevels verb = steady(48.0, -28.0);
    sing(verb, 14.0, 16.0, -33.0);
    const StripId hall = parts.song.add("Hall", Role::return_bus, verb);
    parts.song.strip(hall).name.kind = StripKind::audio_bus;
    parts.song.record();
    const RidePlan plan = parts.song.planned();
    const Ride* ride = ride_of(plan, hall);
    REQUIRE(ride);
    check_ride(parts.song, *ride);
    CHECK(offset(*ride, 15.0) == Approx(3.0));
    CHECK(offset(*ride, 12.0) == 0.0);
    CHECK(offset(*ride, 31.0) == 0.0);
    CHECK(ride->cues[0].kind == CueKind::transition);
}
