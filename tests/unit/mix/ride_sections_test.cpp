#include "mix/ride_sections.hpp"

#include "unit/mix/ride_fixture.hpp"

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

/// Sixteen bars of two seconds; in the choruses, from bar 4 to 8 and from 12 on, three strips join in.
RideSong verses_and_choruses() {
    RideSong song;
    song.add("Bass", Role::bass, steady(32.0, -18.0));
    song.add("Gtr", Role::rhythm_guitar, steady(32.0, -20.0));
    for (const Role role : {Role::pad, Role::backing_vocal, Role::keys}) {
        TrueLevels part = steady(32.0, no_sound);
        sing(part, 8.0, 16.0, -20.0);
        sing(part, 24.0, 32.0, -20.0);
        song.add("Chorus part", role, part);
    }
    song.record();
    return song;
}

std::vector<SongSection> sections_of(const RideSong& song) {
    const auto question = song.question();
    return song_sections(question, heard_strips(question));
}

double begins(const SongSection& section) {
    return section.range.from.seconds();
}

}  // namespace

TEST_CASE("markers cut the song, from its beginning to its end, without a hole") {
    RideSong song = verses_and_choruses();
    song.marks = {{"Verse", SongTime::from_seconds(4.0)},       {"Chorus", SongTime::from_seconds(8.0)},
                  {"Hit", SongTime::from_seconds(12.5)},        {"Bridge", SongTime::from_seconds(14.5)},
                  {"Bridge too", SongTime::from_seconds(14.5)}, {"Late", SongTime::from_seconds(99.0)}};
    const auto sections = sections_of(song);
    REQUIRE(sections.size() == 4);
    CHECK(sections[0].name == "the beginning");
    CHECK(sections[1].name == "Verse");
    CHECK(sections[2].name == "Chorus");  // "Hit" is too short, and belongs to it
    CHECK(begins(sections[2]) == 8.0);
    CHECK(sections[3].name == "Bridge too");
    CHECK(sections[3].range.to.seconds() == Approx(32.0));
    for (std::size_t i = 1; i < sections.size(); ++i) {
        CHECK(sections[i].range.from == sections[i - 1].range.to);
        CHECK_FALSE(sections[i].guessed);
    }
}

TEST_CASE("without markers sections are guessed from what plays, and say so") {
    const auto sections = sections_of(verses_and_choruses());
    REQUIRE(sections.size() == 4);
    for (std::size_t i = 0; i < sections.size(); ++i) {
        CHECK(begins(sections[i]) == Approx(8.0 * static_cast<double>(i)).margin(1.01));
        CHECK(sections[i].guessed);
        CHECK_THAT(sections[i].name, Catch::Contains("guess"));
    }
    const RidePlan plan = [] {
        RideSong song = verses_and_choruses();
        song.add("Vox", Role::lead_vocal, steady(32.0, no_sound));
        song.record();
        return song.planned();
    }();
    CHECK_THAT(plan.notes.at(0), Catch::Contains("4 sections were guessed"));
}

TEST_CASE("an uneven voice over a steady band is one section") {
    RideSong song;
    song.add("Bass", Role::bass, steady(60.0, -18.0));
    TrueLevels voice = steady(60.0, no_sound);
    for (double at = 0.0; at < 60.0; at += 4.0) sing(voice, at, at + 3.0, at < 30.0 ? -24.0 : -12.0);
    song.add("Vox", Role::lead_vocal, voice);
    song.record();
    const auto sections = sections_of(song);
    REQUIRE(sections.size() == 1);
    CHECK(sections[0].name == "the song");
}

TEST_CASE("a section is as long as the song when there is little of it") {
    RideSong song;
    song.add("Bass", Role::bass, steady(1.0, -18.0));
    song.record();
    CHECK(sections_of(song).size() == 1);
    song.marks = {{"A", SongTime::from_seconds(0.2)}, {"B", SongTime::from_seconds(0.6)}};
    CHECK(sections_of(song).size() == 1);
}

namespace {

/// The verses and choruses with an even voice, the chorus parts at `chorus_db`.
struct EvenVoice {
    explicit EvenVoice(double chorus_db) {
        for (std::size_t i = 2; i < 5; ++i)
            for (double& level : song.levels[i]) level = level > no_sound ? chorus_db : level;
        TrueLevels voice = steady(32.0, no_sound);
        for (double at = 1.0; at < 31.0; at += 4.0) sing(voice, at, at + 2.5, -18.0);
        vocal = song.add("Vox", Role::lead_vocal, voice);
        for (int i = 0; i < 4; ++i)
            song.marks.push_back({i % 2 ? "Chorus" : "Verse", SongTime::from_seconds(8.0 * i)});
        song.record();
    }
    RideSong song = verses_and_choruses();
    StripId vocal;
};

int steps_in(const Ride& ride) {
    return static_cast<int>(std::count_if(ride.cues.begin(), ride.cues.end(), [](const RideCue& cue) {
        return cue.kind == CueKind::section && cue.offset != Decibels();
    }));
}

}  // namespace

TEST_CASE("a section whose voice is lost as a whole gets a step, over the beat before it") {
    EvenVoice even(-18.0);  // the band is 5.5 dB louder in the choruses
    const RidePlan plan = even.song.planned();
    const Ride* ride = ride_of(plan, even.vocal);
    REQUIRE(ride);
    check_ride(even.song, *ride);
    CHECK(steps_in(*ride) == 4);
    for (const RideCue& cue : ride->cues)
        if (cue.kind == CueKind::section) CHECK(std::abs(cue.offset.db()) == 3.0);
    CHECK(offset(*ride, 11.0) == Approx(3.0).margin(0.3));
    CHECK(offset(*ride, 3.0) == Approx(-3.0).margin(0.3));
    const auto forecast = forecast_ride(even.song.question(), even.vocal, ride->points);
    CHECK(forecast.spread_after.db() <= 0.5 * forecast.spread_before.db());
    // The fader is on its way for a beat before the chorus is sung, and not before.
    CHECK(offset(*ride, 8.3) == Approx(-3.0).margin(0.26));
    CHECK(offset(*ride, 8.91) == Approx(3.0).margin(0.26));
}

TEST_CASE("where a step would overshoot, the phrases are brought to the song's level by themselves") {
    EvenVoice even(-20.0);  // 3.5 dB: both halves lie 1.7 dB from the middle
    const RidePlan plan = even.song.planned();
    const Ride* ride = ride_of(plan, even.vocal);
    REQUIRE(ride);
    check_ride(even.song, *ride);
    CHECK(steps_in(*ride) == 0);
    CHECK(offset(*ride, 11.0) == Approx(1.2).margin(0.3));
    const auto forecast = forecast_ride(even.song.question(), even.vocal, ride->points);
    CHECK(forecast.spread_after.db() <= 0.5 * forecast.spread_before.db());
}

TEST_CASE("a boundary inside a phrase waits for the pause") {
    RideSong song;
    song.add("Bass", Role::bass, steady(8.0, -22.0));
    sing(song.levels[0], 0.0, 8.0, -22.0);
    song.levels[0].resize(240, -17.0);
    TrueLevels voice = steady(24.0, no_sound);
    // The pick-up to the second section begins 0.8 s before it.
    for (const auto& [from, to] :
         {std::pair{1.0, 3.0}, {4.0, 6.0}, {7.2, 9.4}, {10.5, 13.0}, {15.0, 17.0}, {19.0, 22.0}})
        sing(voice, from, to, -18.0);
    const StripId vocal = song.add("Vox", Role::lead_vocal, voice);
    song.marks = {{"Verse", SongTime()}, {"Chorus", SongTime::from_seconds(8.0)}};
    song.record();
    const RidePlan plan = song.planned();
    const Ride* ride = ride_of(plan, vocal);
    REQUIRE(ride);
    CHECK(offset(*ride, 7.25) == Approx(offset(*ride, 9.3)).margin(0.01));
    CHECK(offset(*ride, 5.9) == Approx(offset(*ride, 4.1)).margin(0.01));
    CHECK(offset(*ride, 9.3) - offset(*ride, 5.0) >= 2.0);
}
