#include "unit/mix/ride_fixture.hpp"

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

/// Six phrases of two seconds, a second apart, over a steady band.
struct SixPhrases {
    explicit SixPhrases(const std::vector<double>& phrases) {
        TrueLevels voice = steady(2.0 + 3.0 * static_cast<double>(phrases.size()), no_sound);
        for (std::size_t i = 0; i < phrases.size(); ++i) {
            const double from = 2.0 + 3.0 * static_cast<double>(i);
            sing(voice, from, from + 2.0, phrases[i]);
        }
        song.add("Keys", Role::keys, steady(static_cast<double>(voice.size()) / 10.0, -20.0));
        vocal = song.add("Lead Vox", Role::lead_vocal, std::move(voice));
        song.record();
    }
    RideSong song;
    StripId vocal;
};

}  // namespace

TEST_CASE(
    "uneven phrases are brought seven tenths of the way to the middle, in the pauses, ahead of the phrase") {
    SixPhrases six({-18, -22, -14, -18, -17.5, -18});
    const RidePlan plan = six.song.planned();
    REQUIRE(plan.rides.size() == 1);
    const Ride& ride = plan.rides[0];
    check_ride(six.song, ride);
    CHECK(offset(ride, 3.0) == Approx(0.0).margin(0.3));
    CHECK(offset(ride, 6.0) == Approx(2.8).margin(0.3));
    CHECK(offset(ride, 9.0) == Approx(-2.8).margin(0.3));
    CHECK(offset(ride, 12.0) == Approx(0.0).margin(0.3));
    CHECK(offset(ride, 15.0) == Approx(0.0).margin(0.3));
    // There a tick ahead, and still down while the phrase before is sung.
    CHECK(offset(ride, 4.9) == Approx(2.8).margin(0.3));
    CHECK(offset(ride, 4.6) == Approx(0.0).margin(0.3));
    CHECK(ride.points.size() == 6);
    const RideForecast forecast = forecast_ride(six.song.question(), six.vocal, ride.points);
    REQUIRE(forecast.phrases.size() == 6);
    CHECK(forecast.spread_after.db() <= forecast.spread_before.db() / 2.0);
    CHECK(forecast.spread_after.db() <= 1.2);
}

TEST_CASE("every phrase says what it answers to") {
    SixPhrases six({-18, -22, -14, -18, -17.5, -18});
    const Ride ride = six.song.planned().rides.at(0);
    REQUIRE(ride.cues.size() == 7);  // six phrases and the section
    CHECK(ride.cues[2].kind == CueKind::phrase);
    CHECK(ride.cues[2].against_rest.db() == Approx(-2.0).margin(0.3));
    CHECK(ride.cues[2].wanted.db() == Approx(2.0).margin(0.3));
    CHECK(ride.cues[2].offset.db() == Approx(2.8).margin(0.3));
    CHECK(ride.cues[2].reason.find("-2.0 dB against the backing, -4.0 dB from where") == 0);
}

TEST_CASE("a busier band is followed as well as an uneven voice") {
    SixPhrases six({-18, -18, -18, -18, -18, -18});
    sing(six.song.levels[0], 7.5, 11.0, -15.0);  // the third phrase is lost
    six.song.record();
    const Ride ride = six.song.planned().rides.at(0);
    CHECK(offset(ride, 9.0) == Approx(3.5).margin(0.4));
    CHECK(offset(ride, 6.0) == Approx(0.0).margin(0.3));
}

TEST_CASE("phrases that are even to a decibel are left alone") {
    SixPhrases six({-18, -18.6, -17.6, -18.3, -17.5, -18});
    const RidePlan plan = six.song.planned();
    CHECK(plan.rides.empty());
    CHECK_THAT(why_not_ridden(plan, six.vocal), Catch::Contains("even"));
}

TEST_CASE("no lift past the strip's headroom, the fader's way or the depth asked for") {
    SixPhrases six({-4, -8, -4, -4, -4, -4});
    CHECK_THAT(six.song.planned().rides.at(0).notes.at(0), Catch::Contains("1 of 6 phrases"));
    check_headroom(six.song, six.song.planned().rides);

    SixPhrases high({-18, -24, -18, -18, -18, -18});
    high.song.strip(high.vocal).fader = Decibels(4.5);
    high.song.record();
    CHECK(offset(high.song.planned().rides.at(0), 6.0) == Approx(1.5).margin(0.01));

    SixPhrases shallow({-18, -24, -18, -14, -18, -18});
    shallow.song.wishes.depth = Decibels(2.0);
    const Ride ride = shallow.song.planned().rides.at(0);
    check_ride(shallow.song, ride, Decibels(2.0));
    CHECK(offset(ride, 6.0) == Approx(2.0).margin(0.01));
    CHECK(offset(ride, 12.0) == Approx(-2.0).margin(0.01));
}

TEST_CASE("no lift past the bus's headroom; a bus that is too hot already gets none") {
    SixPhrases six({-18, -24, -18, -18, -18, -18});
    six.song.bus = BusLimit{Decibels(-17.0), Decibels(1.0)};
    const Ride ride = six.song.planned().rides.at(0);
    check_headroom(six.song, {ride});
    CHECK(offset(ride, 6.0) == Approx(1.67).margin(0.02));  // 4.2 would be asked for
    six.song.bus = BusLimit{Decibels(-21.0), Decibels()};
    CHECK(six.song.planned().rides.empty());
}

TEST_CASE("a breath between two lifted phrases is not lifted") {
    SixPhrases six({-18, -18, -24, -24, -18, -18});
    TrueLevels& voice = six.song.levels[six.vocal.value - 1];
    // A pause long enough for the meter to fall, with a breath in it.
    sing(voice, 9.0, 11.0, no_sound);
    sing(voice, 10.6, 10.8, -43.0);
    six.song.record();
    const Ride ride = six.song.planned().rides.at(0);
    check_ride(six.song, ride);
    CHECK(offset(ride, 8.5) > 3.5);
    CHECK(offset(ride, 10.65) == Approx(0.0).margin(0.26));
    CHECK(offset(ride, 11.5) > 3.5);
}

TEST_CASE("a phrase without a backing is not held against those with one") {
    SixPhrases six({-18, -22, -14, -18, -18, -18});
    sing(six.song.levels[0], 16.5, 20.0, -60.0);
    six.song.record();
    const Ride ride = six.song.planned().rides.at(0);
    CHECK(offset(ride, 18.0) == Approx(0.0).margin(0.3));
    CHECK(offset(ride, 6.0) == Approx(2.8).margin(0.3));
}

TEST_CASE("only what lies inside the range is ridden") {
    SixPhrases six({-18, -22, -14, -18, -22, -18});
    const Ride whole = six.song.planned().rides.at(0);
    six.song.wishes.range = SongRange{SongTime::from_seconds(4.5), SongTime::from_seconds(13.5)};
    const RidePlan plan = six.song.planned();
    const Ride& ride = plan.rides.at(0);
    check_ride(six.song, ride);
    CHECK(ride.points.front().at.seconds() >= 4.5);
    CHECK(ride.points.back().at.seconds() <= 13.5);
    CHECK(offset(ride, 15.0) == 0.0);
    for (const double inside : {6.0, 9.0, 12.0}) CHECK(offset(ride, inside) == offset(whole, inside));
    six.song.wishes.range = SongRange{SongTime::from_seconds(5.5), SongTime::from_seconds(7.5)};
    CHECK(six.song.planned().rides.empty());
}

TEST_CASE("a song that begins sung still begins at the static mix") {
    RideSong song;
    TrueLevels voice = steady(20.0, no_sound);
    sing(voice, 0.0, 2.0, -24.0);
    for (const double from : {3.0, 6.0, 9.0, 12.0}) sing(voice, from, from + 2.0, -18.0);
    song.add("Keys", Role::keys, steady(20.0, -20.0));
    song.add("Vox", Role::lead_vocal, voice);
    song.record();
    const Ride ride = song.planned().rides.at(0);
    check_ride(song, ride);
    CHECK(ride.points.front().at == SongTime());
    CHECK(offset(ride, 0.5) == Approx(4.2).margin(0.3));
}

TEST_CASE("no vocal, silence, one phrase, a voice alone, a soloed strip: named or refused") {
    RideSong none;
    none.add("Keys", Role::keys, steady(20.0, -20.0));
    none.record();
    const auto refused = plan_rides(none.question());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::refused);
    CHECK_FALSE(refused.error().next.empty());

    SixPhrases silent({no_sound, no_sound});
    CHECK_THAT(why_not_ridden(silent.song.planned(), silent.vocal), Catch::Contains("no phrase"));
    SixPhrases one({-18});
    CHECK_THAT(why_not_ridden(one.song.planned(), one.vocal), Catch::Contains("one phrase"));

    RideSong alone;
    TrueLevels voice = steady(12.0, no_sound);
    sing(voice, 1.0, 3.0, -18.0);
    sing(voice, 5.0, 7.0, -24.0);
    const StripId vocal = alone.add("Vox", Role::lead_vocal, voice);
    alone.record();
    CHECK_THAT(why_not_ridden(alone.planned(), vocal), Catch::Contains("no backing"));

    SixPhrases six({-18, -22, -14});
    six.song.mixer.strips[0].soloed = true;
    CHECK(plan_rides(six.song.question()).error().kind == ErrorKind::refused);
    six.song.mixer.strips[0].soloed = false;
    six.song.tape = measure::Tape();
    CHECK(plan_rides(six.song.question()).error().kind == ErrorKind::refused);
}

TEST_CASE("a muted strip, a closed fader and one that follows automation are left alone and named") {
    SixPhrases six({-18, -22, -14, -18});
    six.song.strip(six.vocal).mute = Mute::muted;
    CHECK_THAT(why_not_ridden(six.song.planned(), six.vocal), Catch::Contains("muted"));
    six.song.strip(six.vocal).mute = Mute::open;
    six.song.strip(six.vocal).fader_automation = AutomationMode::play;
    CHECK_THAT(why_not_ridden(six.song.planned(), six.vocal), Catch::Contains("automation"));
    six.song.strip(six.vocal).fader_automation = AutomationMode::manual;
    six.song.strip(six.vocal).fader = Decibels::silence();
    CHECK_THAT(why_not_ridden(six.song.planned(), six.vocal), Catch::Contains("closed"));
    six.song.strip(six.vocal).fader.reset();
    CHECK_THAT(why_not_ridden(six.song.planned(), six.vocal), Catch::Contains("not reported"));
}

TEST_CASE("a voice that never stops is ridden section by section, over a beat inside it") {
    RideSong song;
    TrueLevels voice = steady(30.0, -18.0);
    sing(voice, 10.0, 20.0, -23.0);
    song.add("Keys", Role::keys, steady(30.0, -20.0));
    song.add("Vox", Role::lead_vocal, voice);
    song.marks = {{"Verse", SongTime()},
                  {"Bridge", SongTime::from_seconds(10.0)},
                  {"Chorus", SongTime::from_seconds(20.0)}};
    song.record();
    const RidePlan plan = song.planned();
    INFO(why_not_ridden(plan, StripId{2}));
    REQUIRE(plan.rides.size() == 1);
    const Ride& ride = plan.rides[0];
    check_ride(song, ride);
    CHECK(offset(ride, 15.0) >= 3.0);
    CHECK(offset(ride, 9.4) == Approx(0.0).margin(0.26));
    CHECK(offset(ride, 20.1) == Approx(0.0).margin(0.26));
    CHECK_THAT(ride.notes.at(0), Catch::Contains("while it sounds"));
}

TEST_CASE("a strip that is asked for is ridden whatever its role; one that cannot be is refused") {
    SixPhrases six({-18, -22, -14, -18});
    TrueLevels flute = six.song.truth(six.vocal);
    const StripId wished = six.song.add("Flute", Role::woodwind, flute);
    six.song.record();
    six.song.wishes.strips = {six.song.mixer.strips[0].id};
    CHECK(six.song.planned().rides.empty());  // the keys never change
    six.song.wishes.strips = {StripId{99}};
    CHECK(plan_rides(six.song.question()).error().kind == ErrorKind::usage);
    six.song.strip(wished).name.kind = StripKind::vca;
    six.song.wishes.strips = {wished};
    CHECK(plan_rides(six.song.question()).error().kind == ErrorKind::usage);
}
