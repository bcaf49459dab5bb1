#include "unit/mix/song_fixture.hpp"

#include <random>

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

TestSong band(std::mt19937& random) {
    std::uniform_real_distribution<double> level(-28.0, -2.0);
    TestSong song;
    song.add("Kick In", Role::kick, level(random));
    song.add("Kick Out", Role::kick, level(random));
    song.add("Snare Top", Role::snare, level(random));
    song.add("Bass DI", Role::bass, level(random));
    song.add("HH", Role::hihat, level(random));
    song.add("Rhy Gtr L", Role::rhythm_guitar, level(random));
    song.add("Rhy Gtr R", Role::rhythm_guitar, level(random));
    song.add("Piano", Role::keys, level(random));
    song.add("Strings", Role::pad, level(random));
    song.add("Lead Vox", Role::lead_vocal, level(random));
    song.add("Foo", Role::other, level(random));
    return song;
}

}  // namespace

TEST_CASE("whatever the levels: faders on the grid, peaks in range, and the same end from any start") {
    const unsigned seed = 20260104;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const Plan reference = planned(band(random));
    for (int round = 0; round < 200; ++round) {
        const TestSong song = band(random);
        const Plan plan = planned(song);
        REQUIRE(plan.targets.size() == 10);
        for (std::size_t i = 0; i < plan.targets.size(); ++i) {
            const StripTarget& target = plan.targets[i];
            CHECK(target.shortfall.empty());
            CHECK(target.range->holds(target.predicted_peak));
            CHECK(distance(target.predicted_peak, reference.targets[i].predicted_peak) < 0.001_dB);
        }
        for (const Move& move : plan.moves) {
            CHECK(move.strip != StripId{11});
            CHECK_FALSE(move.reason.empty());
            if (move.control == Control::pan) continue;
            const Decibels to = level(move.to);
            if (move.control == Control::trim) CHECK(song.can.trim_range.holds(to));
            if (move.control == Control::fader) CHECK(distance(to, nearest_step(to, 3_dB)) < 0.0001_dB);
        }
        REQUIRE(plan.left_alone.size() == 1);
        CHECK(plan.left_alone[0].strip == StripId{11});
    }
}

TEST_CASE("a soloed strip is refused by name") {
    std::mt19937 random(1);
    TestSong song = band(random);
    song.mixer.strips[2].soloed = true;
    const auto plan = plan_mix(song.question());
    REQUIRE_FALSE(plan);
    CHECK(plan.error().kind == ErrorKind::refused);
    CHECK_THAT(plan.error().message, Catch::Contains("Snare Top"));
}

TEST_CASE("a hot bus brings every strip down together") {
    std::mt19937 random(2);
    const TestSong song = band(random);
    const Plan plan = planned(song);
    const Plan cooler = plan_headroom(song.question(), plan, {-3_dB, {}});
    REQUIRE(cooler.moves.size() == 10);
    CHECK(cooler.kick_level == -14.3_dB);
    CHECK(plan_headroom(song.question(), plan, {-8_dB, {}}).moves.empty());
    CHECK(plan_headroom(song.question(), plan, {-15_dB, {}}).moves.empty());
}

TEST_CASE("two strips of one name and kind are left alone, both, and named") {
    std::mt19937 random(7);
    TestSong song = band(random);
    song.mixer.strips[6].name.name = song.mixer.strips[5].name.name;
    song.mixer.strips[6].name.twin = 1;
    const Plan plan = planned(song);
    for (const std::size_t twin : {5U, 6U}) {
        const StripId id = song.mixer.strips[twin].id;
        CHECK_THAT(why_left(plan, id), Catch::Contains("another strip has the same name"));
        for (const Move& move : plan.moves) CHECK_FALSE(move.strip == id);
    }
    CHECK(plan.targets.size() == 8);
    // Of another kind it is no twin.
    song.mixer.strips[6].name.kind = StripKind::midi_track;
    song.mixer.strips[6].name.twin = 0;
    CHECK(planned(song).targets.size() == 10);
}
