#include "engine/calibration.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::engine;

namespace {

constexpr double then_fader = 0.0;

/// One strip with readings of a steady level.
measure::Tape steady(double reading, double fader, double trim) {
    measure::Tape tape;
    measure::TapeTrack track;
    track.strip = StripId{1};
    track.name = {StripKind::audio_track, "Bass", 0};
    track.fader = Decibels(fader);
    track.trim = Decibels(trim);
    track.cells.assign(100, measure::Cell::reading(Decibels(reading)));
    tape.adopt(track);
    return tape;
}

MixerState mixer(double fader, double trim) {
    MixerState state;
    Strip strip;
    strip.id = StripId{1};
    strip.name = {StripKind::audio_track, "Bass", 0};
    strip.fader = Decibels(fader);
    strip.trim = Decibels(trim);
    state.strips.push_back(strip);
    return state;
}

const SongRange part{SongTime::from_seconds(1), SongTime::from_seconds(4)};
const Decibels limit(1.7);

}  // namespace

TEST_CASE("a meter after the fader that shows what was promised needs no correction") {
    // -10 before; trim -4 and fader -3 moved it to -17.
    const auto differences =
        differences_from_tape(steady(-10, then_fader, 0), steady(-17.4, -3, -4), part, mixer(-3, -4));
    REQUIRE(differences.size() == 1);
    CHECK(differences[0].promised.db() == Approx(-17.0));
    CHECK(explain(differences, limit).empty());
}

TEST_CASE("a meter that misses just the fader's move listens before the fader") {
    const auto before = steady(-10, then_fader, 0);
    const auto differences = differences_from_tape(before, steady(-14, -3, -4), part, mixer(-3, -4));
    const auto correction = explain(differences, limit);
    REQUIRE(correction.before_fader.size() == 1);
    CHECK(correction.shifts.empty());
    const auto tape = corrected(before, correction);
    CHECK(tape.tracks()[0].source(tape.tracks()[0].cells[0], MeterPoint::after_fader).db() == Approx(-10.0));
}

TEST_CASE("any other difference shifts the source by it") {
    const auto before = steady(-10, then_fader, 0);
    const auto differences = differences_from_tape(before, steady(-12, -3, -4), part, mixer(-3, -4));
    const auto correction = explain(differences, limit);
    REQUIRE(correction.shifts.size() == 1);
    CHECK(correction.shifts[0].by.db() == Approx(5.0));
    const auto tape = corrected(before, correction);
    CHECK(tape.tracks()[0].source(tape.tracks()[0].cells[0], MeterPoint::after_fader).db() == Approx(-5.0));
}

TEST_CASE("a strip that stays under the floor, is muted or was never heard says nothing") {
    CHECK(differences_from_tape(steady(-70, 0, 0), steady(-80, 0, 0), part, mixer(0, 0)).empty());
    auto muted = mixer(-3, -4);
    muted.strips[0].mute = Mute::muted;
    CHECK(differences_from_tape(steady(-10, 0, 0), steady(-14, -3, -4), part, muted).empty());
    measure::Tape nothing;
    CHECK(differences_from_tape(steady(-10, 0, 0), nothing, part, mixer(0, 0)).empty());
}

TEST_CASE("the limit is never finer than the meter's own under-reading") {
    MeterLaw law;
    law.fall_off_per_second = Decibels(13.3);
    CHECK(comparison_limit(law, Decibels(1.5)) >= Decibels(1.5));
    law.fall_off_per_second = Decibels(40.0);
    CHECK(comparison_limit(law, Decibels(1.5)) > Decibels(4.0));
}
