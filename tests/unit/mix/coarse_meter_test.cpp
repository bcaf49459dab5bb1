#include "unit/mix/song_fixture.hpp"

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

/// The rock balance as it stands, heard through a meter that tells it to 2 dB, on a surface of faders alone.
struct HeardCoarsely : TestSong {
    HeardCoarsely() {
        can.trim = can.pan = false;
        can.meter.steps = {-60_dB, -40_dB, -20_dB, -16_dB, -12_dB, -8_dB, -4_dB, 0_dB};
        for (auto& one : statistics) one.uncertainty = 2_dB;
    }
    StripId kick = add("Kick", Role::kick, -11.0);
    StripId snare = add("Snare", Role::snare, -14.0);
    StripId bass = add("Bass", Role::bass, -16.0);
    StripId hihat = add("HH", Role::hihat, -21.0);
};

}  // namespace

TEST_CASE("a plan tells how exactly each strip's level is known") {
    HeardCoarsely song;
    song.heard(song.bass).robust_peak = -4_dB;
    const Plan plan = planned(song);
    for (const StripTarget& target : plan.targets) CHECK(target.known == Exactness{2_dB, false});
    const Move* move = move_of(plan, song.bass, Control::fader);
    REQUIRE(move);
    CHECK_THAT(move->reason, Catch::Contains("known within 2 dB"));
    CHECK_THAT(notes_of(plan), Catch::Contains("known within 2 dB or better"));
}

TEST_CASE("an exact meter's plan says nothing of that") {
    HeardCoarsely song;
    song.can.meter.steps.clear();
    song.heard(song.bass).robust_peak = -4_dB;
    const Plan plan = planned(song);
    for (const StripTarget& target : plan.targets) CHECK(target.known.exact());
    CHECK_THAT(move_of(plan, song.bass, Control::fader)->reason, !Catch::Contains("within 2"));
    CHECK_THAT(notes_of(plan), !Catch::Contains("show steps"));
}

TEST_CASE("a strip in its range whose place is nearer than its meter sees stays; one that is out moves") {
    HeardCoarsely song;
    song.heard(song.bass).robust_peak = -15_dB;   // in its range, a decibel over its place
    song.heard(song.snare).robust_peak = -10_dB;  // out of it
    const Plan plan = planned(song);
    CHECK(move_of(plan, song.bass, Control::fader) == nullptr);
    CHECK(move_of(plan, song.snare, Control::fader) != nullptr);
    song.can.meter.steps.clear();
    CHECK(move_of(planned(song), song.bass, Control::fader) != nullptr);
}

TEST_CASE("a strip that is believed out of its range moves, though it may be in it, and then stands") {
    HeardCoarsely song;
    song.heard(song.bass).uncertainty = 3_dB;
    song.heard(song.bass).robust_peak = -13.5_dB;  // out of its range, 2.5 over its place
    const Plan plan = planned(song);
    REQUIRE(move_of(plan, song.bass, Control::fader) != nullptr);
    song.apply(plan.moves);
    CHECK(planned(song).moves.empty());
    song.heard(song.bass).robust_peak = song.heard(song.bass).robust_peak + Decibels(0.5);
    CHECK(move_of(planned(song), song.bass, Control::fader) == nullptr);
}

TEST_CASE("a mix through steps that is done stands: whatever the steps say next, strips do not wander") {
    HeardCoarsely song;
    for (auto& one : song.statistics) one.robust_peak = one.robust_peak + 5_dB;
    song.apply(planned(song).moves);
    CHECK(planned(song).moves.empty());
}

TEST_CASE("refining moves no strip that may be in its range") {
    HeardCoarsely song;
    song.heard(song.bass).robust_peak = -12.5_dB;  // 1.5 over its range's upper end, known within 2
    CHECK(planned(song, plan_refine).moves.empty());
    song.heard(song.bass).robust_peak = -8_dB;
    const Plan plan = planned(song, plan_refine);
    REQUIRE(plan.moves.size() == 1);
    CHECK(plan.moves[0].strip == song.bass);
    CHECK_THAT(plan.moves[0].reason, Catch::Contains("known within 2 dB"));
}

TEST_CASE("a strip over the meter's last step is at least so loud, and is said to be") {
    HeardCoarsely song;
    song.heard(song.bass).robust_peak = 0_dB;
    song.heard(song.bass).open_above = true;
    const Plan plan = planned(song);
    CHECK(target_of(plan, song.bass)->known.open_above);
    CHECK_THAT(move_of(plan, song.bass, Control::fader)->reason, Catch::Contains("or higher"));
    CHECK_THAT(notes_of(plan), Catch::Contains("at least so loud"));
}

TEST_CASE("a surface without trims and pans: faders alone are moved, and that is said once") {
    HeardCoarsely song;
    for (auto& one : song.statistics) one.robust_peak = one.robust_peak + 7_dB;
    const Plan plan = planned(song);
    REQUIRE_FALSE(plan.moves.empty());
    for (const Move& move : plan.moves) CHECK(move.control == Control::fader);
    const std::string notes = notes_of(plan);
    const auto first = notes.find("no pans and no trims");
    REQUIRE(first != std::string::npos);
    CHECK(notes.find("no pans", first + 1) == std::string::npos);
}

TEST_CASE("a bus that is only reckoned is said to be") {
    HeardCoarsely song;
    Plan applied = planned(song);
    const BusCheck hot{-2_dB, {}, true};
    CHECK_THAT(notes_of(plan_headroom(song.question(), applied, hot)),
               Catch::Contains("is reckoned from its strips"));
    const BusCheck cold{-20_dB, {}, true};
    CHECK_THAT(notes_of(plan_headroom(song.question(), applied, cold)),
               Catch::Contains("is reckoned from its strips"));
    const BusCheck heard{-2_dB, {}, false};
    CHECK_THAT(notes_of(plan_headroom(song.question(), applied, heard)), !Catch::Contains("reckoned"));
}

TEST_CASE("a strip whose label has no role is left alone with the reason and the command that gives it one") {
    HeardCoarsely song;
    song.can.labels = StripLabels{4, Shortening::cut};
    const StripId lead = song.add("Lead", Role::other, -12.0);
    song.roles.back().rule = "no role: label 'Lead' may be two things";
    const Plan plan = planned(song);
    REQUIRE(plan.left_alone.size() == 1);
    CHECK(plan.left_alone[0].strip == lead);
    CHECK(plan.left_alone[0].why ==
          "no role: label 'Lead' may be two things; `kedge roles set \"Lead\" ROLE` gives it one");
    song.can.labels = std::nullopt;
    CHECK(planned(song).left_alone[0].why == "no role known from its name");
}
