#include "unit/mix/song_fixture.hpp"

#include <cmath>

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

Decibels goes_to(const Plan& plan, StripId strip, Control control) {
    const Move* move = move_of(plan, strip, control);
    REQUIRE(move);
    return level(move->to);
}

}  // namespace

TEST_CASE("trim stages the source exactly, the fader stands on the grid, each with its number") {
    TestSong song;
    song.add("Kick", Role::kick, -14.0);
    const StripId bass = song.add("Bass DI", Role::bass, -7.1);
    const Plan plan = planned(song);
    CHECK(distance(goes_to(plan, bass, Control::trim), -6.2_dB) < close_enough);
    CHECK(goes_to(plan, bass, Control::fader) == -3_dB);
    CHECK_THAT(move_of(plan, bass, Control::trim)->reason,
               Catch::Contains("-13.3 dBFS") && Catch::Contains("it peaked at -7.1"));
    CHECK(move_of(plan, bass, Control::trim)->rule == "gain-staging");
}

TEST_CASE("where the trim ends the fader takes whole steps over") {
    TestSong song;
    const StripId kick = song.add("Kick", Role::kick, 8.0);    // 22.3 dB down
    const StripId bass = song.add("Bass", Role::bass, -40.0);  // 26.7 dB up
    const Plan plan = planned(song);
    CHECK(goes_to(plan, kick, Control::trim) == -19.3_dB);
    CHECK(move_of(plan, kick, Control::fader) == nullptr);  // 0 instead of +3
    CHECK(goes_to(plan, bass, Control::trim) == 17.7_dB);
    CHECK(goes_to(plan, bass, Control::fader) == 6_dB);
    for (const StripTarget& target : plan.targets) {
        CHECK(target.shortfall.empty());
        CHECK(target.range->holds(target.predicted_peak));
    }
}

TEST_CASE("what neither trim nor fader can reach is said") {
    TestSong song;
    const StripId kick = song.add("Kick", Role::kick, -40.0);
    const Plan plan = planned(song);
    CHECK(goes_to(plan, kick, Control::trim) == 20_dB);
    CHECK(goes_to(plan, kick, Control::fader) == 6_dB);
    CHECK_THAT(target_of(plan, kick)->shortfall, Catch::Contains("2.7 dB under its place"));
    CHECK_THAT(notes_of(plan), Catch::Contains("'Kick' ends 2.7 dB under its place"));
    CHECK(distance(target_of(plan, kick)->predicted_peak, -14_dB) < close_enough);
}

TEST_CASE("without a trim staging and grid are one exact fader, as far as it goes") {
    TestSong song;
    song.can.trim = false;
    const StripId kick = song.add("Kick", Role::kick, -7.3);
    const StripId snare = song.add("Snare", Role::snare, -30.0);
    for (Strip& strip : song.mixer.strips) strip.trim.reset();
    const Plan plan = planned(song);
    CHECK(distance(goes_to(plan, kick, Control::fader), -4_dB) < close_enough);
    CHECK(goes_to(plan, snare, Control::fader) == 6_dB);
    CHECK_THAT(target_of(plan, snare)->shortfall, Catch::Contains("9.7 dB under its place"));
    for (const Move& move : plan.moves) CHECK(move.control != Control::trim);
}

TEST_CASE("a control that follows automation, in whatever mode, is left alone and named") {
    const auto mode =
        GENERATE(AutomationMode::play, AutomationMode::write, AutomationMode::touch, AutomationMode::latch);
    TestSong song;
    song.add("Kick", Role::kick, -8.0);
    const StripId by_fader = song.add("Snare", Role::snare, -2.0);
    song.strip(by_fader).fader_automation = mode;
    const StripId by_trim = song.add("Bass", Role::bass, -2.0);
    song.strip(by_trim).trim_automation = mode;
    const Plan plan = planned(song);
    for (const StripId strip : {by_fader, by_trim}) {
        CHECK(move_of(plan, strip, Control::trim) == nullptr);
        CHECK(move_of(plan, strip, Control::fader) == nullptr);
        CHECK_THAT(why_left(plan, strip), Catch::Contains("follows automation"));
        CHECK_THAT(why_left(plan, strip), Catch::Contains(std::string(to_string(mode))));
        CHECK_THAT(target_of(plan, strip)->shortfall, Catch::Contains("stays where it is"));
        CHECK(target_of(plan, strip)->predicted_peak == -2_dB);
    }
}

TEST_CASE("a control the DAW did not report is not written") {
    TestSong song;
    song.add("Kick", Role::kick, -8.0);
    const StripId bass = song.add("Bass", Role::bass, -2.0);
    song.strip(bass).fader.reset();
    const Plan plan = planned(song);
    CHECK(move_of(plan, bass, Control::trim) == nullptr);
    CHECK(move_of(plan, bass, Control::fader) == nullptr);
    CHECK_THAT(why_left(plan, bass), Catch::Contains("did not report its fader"));
}

TEST_CASE("clipping is named and not called fixed; one under the line is not named") {
    TestSong song;
    const StripId kick = song.add("Kick", Role::kick, -3.0);
    const StripId snare = song.add("Snare", Role::snare, -3.0);
    song.heard(kick).absolute_peak = -0.1_dB;
    song.heard(snare).absolute_peak = -0.2_dB;
    const std::string notes = notes_of(planned(song));
    CHECK_THAT(notes, Catch::Contains("'Kick' peaks at -0.1 dBFS before its trim: clipped"));
    CHECK_THAT(notes, !Catch::Contains("'Snare' peaks"));
}

TEST_CASE("a muted strip stays muted, never heard is not silent, and each is said as it is") {
    TestSong song;
    song.add("Kick", Role::kick, -8.0);
    const StripId muted = song.add("Snare", Role::snare, -8.0);
    song.strip(muted).mute = Mute::muted;
    const StripId never = song.add("Bass", Role::bass, -8.0);
    song.heard(never).heard = Duration::zero();
    const StripId silent = song.add("Piano", Role::keys, -80.0);
    song.heard(silent).never_active = true;
    const StripId untaped = song.add("Pad", Role::pad, -8.0);
    song.statistics.pop_back();
    const Plan plan = planned(song);
    CHECK_THAT(why_left(plan, muted), Catch::Contains("muted"));
    CHECK(why_left(plan, never) == "never heard;");
    CHECK(why_left(plan, untaped) == "never heard;");
    CHECK_THAT(why_left(plan, silent), Catch::Contains("silent") && Catch::Contains("mute suggested"));
    for (const Move& move : plan.moves) CHECK(move.strip == StripId{1});
    CHECK(song.strip(muted).mute == Mute::muted);
}

TEST_CASE("a click and a reference are told to be muted, and not moved") {
    TestSong song;
    song.add("Kick", Role::kick, -8.0);
    const StripId click = song.add("Click", Role::click, -1.0);
    const Plan plan = planned(song);
    CHECK_THAT(notes_of(plan), Catch::Contains("'Click' is a click: mute it"));
    CHECK_THAT(why_left(plan, click), Catch::Contains("mute suggested"));
}

TEST_CASE("thin evidence is said with its numbers") {
    TestSong song;
    song.add("Kick", Role::kick, -8.0);
    song.length = std::chrono::seconds(240);
    CHECK_THAT(notes_of(planned(song)), Catch::Contains("60 s of 240 s were heard (25 %"));
    song.length = std::chrono::seconds(100);
    CHECK_THAT(notes_of(planned(song)), !Catch::Contains("Thin evidence"));
}
