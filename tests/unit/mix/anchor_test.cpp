#include "unit/mix/song_fixture.hpp"

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

Error not_planned(const TestSong& song) {
    const auto plan = plan_mix(song.question());
    REQUIRE_FALSE(plan);
    CHECK_FALSE(plan.error().next.empty());
    return plan.error();
}

Decibels lands(const Plan& plan, StripId strip) {
    const auto* target = target_of(plan, strip);
    REQUIRE(target);
    return target->predicted_peak;
}

}  // namespace

TEST_CASE("without a kick the snare anchors, then a drums track, the bass, the lead vocal") {
    TestSong song;
    const StripId keys = song.add("Piano", Role::keys, -9.0);
    const StripId vocal = song.add("Lead Vox", Role::lead_vocal, -20.0);
    Plan plan = planned(song);
    CHECK(plan.anchor == vocal);
    CHECK(distance(lands(plan, vocal), -12.8_dB) < close_enough);
    CHECK_THAT(notes_of(plan), Catch::Contains("There is no kick: the balance hangs from 'Lead Vox'"));

    const StripId bass = song.add("Bass", Role::bass, -3.0);
    plan = planned(song);
    CHECK(plan.anchor == bass);
    CHECK(distance(lands(plan, bass), -16.3_dB) < close_enough);

    const StripId drums = song.add("Drums", Role::drums, -3.0);
    plan = planned(song);
    CHECK(plan.anchor == drums);
    CHECK(distance(lands(plan, drums), -8.3_dB) < close_enough);

    song.strip(drums).name.kind = StripKind::audio_bus;  // what it sums is mixed: it is not moved
    CHECK(planned(song).anchor == bass);

    const StripId snare = song.add("Snare", Role::snare, -25.0);
    plan = planned(song);
    CHECK(plan.anchor == snare);
    CHECK(distance(lands(plan, snare), -14.3_dB) < close_enough);
    CHECK(target_of(plan, keys)->range->holds(lands(plan, keys)));

    const StripId kick = song.add("Kick", Role::kick, -25.0);
    plan = planned(song);
    CHECK(plan.anchor == kick);
    CHECK(distance(lands(plan, kick), -11.3_dB) < close_enough);
}

TEST_CASE("without any of them the strip that the table makes loudest takes the kick's place") {
    TestSong song;
    const StripId pad = song.add("Strings", Role::pad, -2.0);
    const StripId lead = song.add("Solo Gtr", Role::lead_guitar, -30.0);
    const Plan plan = planned(song);
    CHECK(plan.anchor == lead);
    CHECK(distance(lands(plan, lead), -11.3_dB) < close_enough);
    CHECK(target_of(plan, pad)->range->holds(lands(plan, pad)));
}

TEST_CASE("a kick heard less than once in two bars is no anchor, and that is said") {
    TestSong song;
    const StripId kick = song.add("Kick", Role::kick, -8.0);
    const StripId snare = song.add("Snare", Role::snare, -8.0);
    song.heard(kick).onsets_per_second = 0.24;
    Plan plan = planned(song);
    CHECK(plan.anchor == snare);
    CHECK_THAT(notes_of(plan), Catch::Contains("'Kick'") && Catch::Contains("less than once in two bars"));
    song.heard(kick).onsets_per_second = 0.25;
    CHECK(planned(song).anchor == kick);

    song.heard(kick).onsets_per_second = 0.01;
    song.wishes.anchor_role = Role::kick;  // who wishes for it gets it
    CHECK(planned(song).anchor == kick);
}

TEST_CASE("a wished anchor stands where the table puts it, and the note says so") {
    TestSong song;
    song.add("Kick", Role::kick, -8.0);
    const StripId snare = song.add("Snare", Role::snare, -8.0);
    const StripId vocal = song.add("Vox", Role::lead_vocal, -8.0);
    song.wishes.anchor_role = Role::snare;
    Plan plan = planned(song);
    CHECK(plan.anchor == snare);
    CHECK(distance(lands(plan, snare), -14.3_dB) < close_enough);
    CHECK_THAT(notes_of(plan), Catch::Contains("The anchor is 'Snare', as wished"));
    song.wishes = {std::nullopt, vocal};
    plan = planned(song);
    CHECK(plan.anchor == vocal);
    CHECK(distance(lands(plan, vocal), -12.8_dB) < close_enough);
}

TEST_CASE("a wished anchor without a place in the balance stays, and the rest hangs from it by whole steps") {
    TestSong song;
    const StripId kick = song.add("Kick", Role::kick, -8.0);
    const StripId foo = song.add("Foo", Role::other, -5.0);
    song.wishes.anchor_strip = foo;
    const Plan plan = planned(song);
    CHECK(plan.anchor == foo);
    CHECK(move_of(plan, foo, Control::fader) == nullptr);
    CHECK(off_step(lands(plan, kick) - -11.3_dB) == Approx(0.0).margin(1e-9));
    CHECK_THAT(notes_of(plan), Catch::Contains("'Foo'") && Catch::Contains("is not moved"));
}

TEST_CASE("a wished anchor that cannot be one is refused with the reason") {
    TestSong song;
    song.add("Kick", Role::kick, -8.0);
    const StripId silent = song.add("Snare", Role::snare, -70.0);
    song.heard(silent).never_active = true;
    song.wishes.anchor_strip = silent;
    CHECK_THAT(not_planned(song).message, Catch::Contains("'Snare' cannot be the anchor: silent"));
    song.wishes = {Role::organ, std::nullopt};
    CHECK_THAT(not_planned(song).message, Catch::Contains("organ"));
    song.wishes = {std::nullopt, StripId{99}};
    CHECK(not_planned(song).kind == ErrorKind::usage);
}

TEST_CASE("nothing heard, or nothing known, is refused with what to do") {
    TestSong song;
    CHECK_THAT(not_planned(song).message, Catch::Contains("Nothing was heard"));
    song.add("Foo", Role::other, -5.0);
    const auto error = not_planned(song);
    CHECK(error.kind == ErrorKind::refused);
    CHECK_THAT(error.next, Catch::Contains("kedge roles set"));
}
