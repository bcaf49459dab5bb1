#include "unit/mix/song_fixture.hpp"

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

/// Kick at -11 and everything in its range below it: the rock balance as it stands.
struct Balanced : TestSong {
    StripId kick = add("Kick", Role::kick, -11.0);
    StripId snare = add("Snare", Role::snare, -14.0);
    StripId bass = add("Bass", Role::bass, -15.5);
    StripId hihat = add("HH", Role::hihat, -21.0);
};

Plan refined(const TestSong& song) {
    return planned(song, plan_refine);
}

}  // namespace

TEST_CASE("refining a mix that is in range moves nothing") {
    const Balanced song;
    const Plan plan = refined(song);
    CHECK(plan.moves.empty());
    CHECK(plan.left_alone.empty());
    CHECK(plan.anchor == song.kick);
    CHECK(plan.targets.size() == 4);
    for (const StripTarget& target : plan.targets) CHECK(target.shortfall.empty());
}

TEST_CASE("refining moves only the strip that is out, by whole steps of its fader, with the number") {
    Balanced song;
    song.heard(song.bass).robust_peak = -8_dB;
    const Plan plan = refined(song);
    REQUIRE(plan.moves.size() == 1);
    const Move& move = plan.moves[0];
    CHECK(move.strip == song.bass);
    CHECK(move.control == Control::fader);
    CHECK(off_step(level(move.to)) == Approx(0.0).margin(1e-9));
    CHECK(target_of(plan, song.bass)->range->holds(-8_dB + level(move.to)));
    CHECK(move.rule == "refine");
    CHECK_THAT(move.reason,
               Catch::Contains("bass sits 3 to 6 dB below the kick") && Catch::Contains("it was 3.0 above"));
}

TEST_CASE("refining goes from where the fader stands, not to the grid, and leaves trim and pan alone") {
    Balanced song;
    song.heard(song.bass).robust_peak = -3.7_dB;
    song.strip(song.bass).trim = -1.5_dB;
    song.strip(song.bass).fader = -1.3_dB;
    song.strip(song.bass).pan = Pan(0.7);
    const Plan plan = refined(song);
    REQUIRE(plan.moves.size() == 1);
    CHECK(level(plan.moves[0].from) == -1.3_dB);
    CHECK(off_step(level(plan.moves[0].to) - -1.3_dB) == Approx(0.0).margin(1e-9));
    const Decibels peak = -3.7_dB + -1.5_dB + level(plan.moves[0].to);
    CHECK(target_of(plan, song.bass)->range->holds(peak));
    CHECK(distance(target_of(plan, song.bass)->predicted_peak, peak) < Decibels(1e-9));
}

TEST_CASE("the kick goes into its own range first, and the others hang from where it then stands") {
    Balanced song;
    song.heard(song.kick).robust_peak = -4.5_dB;  // two steps down: -10.5
    const Plan plan = refined(song);
    REQUIRE(plan.moves.size() == 1);
    CHECK(plan.moves[0].strip == song.kick);
    CHECK(level(plan.moves[0].to) == -6_dB);
    CHECK(distance(plan.kick_level, -10.5_dB) < Decibels(1e-9));
    CHECK(target_of(plan, song.snare)->range->holds(-14_dB));
    CHECK(distance(target_of(plan, song.snare)->range->high, -12.5_dB) < Decibels(1e-9));
}

TEST_CASE("a kick that may not be moved is named, and the others hang from where it stands") {
    Balanced song;
    song.heard(song.kick).robust_peak = -5_dB;
    song.strip(song.kick).fader_automation = AutomationMode::play;
    song.heard(song.snare).robust_peak = -8_dB;
    song.heard(song.bass).robust_peak = -9.5_dB;
    song.heard(song.hihat).robust_peak = -15_dB;
    const Plan plan = refined(song);
    CHECK(plan.moves.empty());
    CHECK_THAT(why_left(plan, song.kick), Catch::Contains("fader follows automation"));
    CHECK_THAT(target_of(plan, song.kick)->shortfall, Catch::Contains("stays where it is"));
}

TEST_CASE("a range narrower than a step that steps do not hit is missed by the least, and said") {
    Balanced song;
    song.heard(song.snare).robust_peak = -12.9_dB;  // 0.1 over its 2 dB; a step down would be 0.9 under
    const Plan plan = refined(song);
    CHECK(plan.moves.empty());
    CHECK_THAT(target_of(plan, song.snare)->shortfall, Catch::Contains("0.1 dB out of its range"));
    CHECK_THAT(notes_of(plan), Catch::Contains("'Snare' stays 0.1 dB out of its range"));
    song.heard(song.snare).robust_peak = -12.3_dB;  // 0.7 over; a step down is 0.3 under
    CHECK(level(move_of(refined(song), song.snare, Control::fader)->to) == -3_dB);
}

TEST_CASE("refining up ends at the fader's top, on whole steps, and what is missing is said") {
    Balanced song;
    song.heard(song.bass).robust_peak = -40_dB;
    song.can.fader_top = 6.02_dB;
    const Plan plan = refined(song);
    CHECK(level(move_of(plan, song.bass, Control::fader)->to) == 6_dB);
    CHECK_THAT(target_of(plan, song.bass)->shortfall, Catch::Contains("17.0 dB out of its range"));
    song.strip(song.bass).fader = 4.5_dB;
    CHECK(move_of(refined(song), song.bass, Control::fader) == nullptr);
}

TEST_CASE("two strips that are one source are refined one step lower each") {
    Balanced song;
    const StripId left = song.add("Rhy Gtr L", Role::rhythm_guitar, -19.0);
    const StripId right = song.add("Rhy Gtr R", Role::rhythm_guitar, -22.0);
    const Plan plan = refined(song);
    // Alone -21..-17 below a kick at -11; each of two -24..-20.
    REQUIRE(plan.moves.size() == 1);
    CHECK(plan.moves[0].strip == left);
    CHECK(level(plan.moves[0].to) == -3_dB);
    CHECK(target_of(plan, right)->range->holds(-22_dB));
    CHECK_THAT(plan.moves[0].reason, Catch::Contains("one of 2 that are one source"));
}

TEST_CASE("a second microphone is refined under the first") {
    Balanced song;
    song.strip(song.kick).name.name = "Kick In";
    const StripId out = song.add("Kick Out", Role::kick, -11.0);
    const Plan plan = refined(song);
    REQUIRE(plan.moves.size() == 1);
    CHECK(plan.moves[0].strip == out);
    CHECK(level(plan.moves[0].to) == -6_dB);
}

TEST_CASE("buses, unknown, silent and never heard strips are not refined, and named") {
    Balanced song;
    const StripId bus = song.add("Drum Bus", Role::drums, -2.0);
    song.strip(bus).name.kind = StripKind::audio_bus;
    const StripId aux = song.add("Verb", Role::return_bus, -2.0);
    const StripId unknown = song.add("Foo", Role::other, -2.0);
    const StripId silent = song.add("Gtr", Role::rhythm_guitar, -60.0);
    song.heard(silent).never_active = true;
    const StripId never = song.add("Keys", Role::keys, -2.0);
    song.heard(never).heard = Duration::zero();
    const StripId muted = song.add("Pad", Role::pad, -2.0);
    song.strip(muted).mute = Mute::muted;
    const StripId closed = song.add("Organ", Role::organ, -2.0);
    song.strip(closed).fader = Decibels::silence();
    const Plan plan = refined(song);
    CHECK(plan.moves.empty());
    CHECK_THAT(why_left(plan, bus), Catch::Contains("a drums bus"));
    CHECK_THAT(why_left(plan, aux), Catch::Contains("a return or bus"));
    CHECK_THAT(why_left(plan, unknown), Catch::Contains("no role"));
    CHECK_THAT(why_left(plan, silent), Catch::Contains("silent: nothing above the floor"));
    CHECK(why_left(plan, never) == "never heard;");
    CHECK_THAT(why_left(plan, muted), Catch::Contains("muted"));
    CHECK_THAT(why_left(plan, closed), Catch::Contains("-inf"));
}

TEST_CASE("refining names a soloed strip and refuses") {
    Balanced song;
    song.strip(song.snare).soloed = true;
    const auto plan = plan_refine(song.question());
    REQUIRE_FALSE(plan);
    CHECK_THAT(plan.error().message, Catch::Contains("'Snare'"));
}

TEST_CASE("a hair outside of the range is not worth a word") {
    Balanced song;
    const Plan plan = refined(song);
    const LevelRange range = *target_of(plan, song.bass)->range;
    for (const auto over : {0.04_dB, 0.06_dB}) {
        Balanced other;
        other.profile.step = 30_dB;  // no step helps
        other.heard(other.bass).robust_peak = range.high + over - *other.strip(other.bass).fader;
        INFO(notes_of(refined(other)));
        CHECK((notes_of(refined(other)).find("out of its range") != std::string::npos) == (over > 0.05_dB));
    }
}
