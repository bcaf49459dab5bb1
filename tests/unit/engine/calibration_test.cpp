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

MeterLaw falling() {
    MeterLaw law;
    law.fall_off_per_second = Decibels(13.0);
    return law;
}
const MeterLaw falling_meter = falling();

}  // namespace

TEST_CASE("a meter after the fader that shows what was promised needs no correction") {
    // -10 before; trim -4 and fader -3 moved it to -17.
    const auto differences = differences_from_tape(steady(-10, then_fader, 0), steady(-17.4, -3, -4), part,
                                                   mixer(-3, -4), falling_meter);
    REQUIRE(differences.size() == 1);
    CHECK(differences[0].promised.db() == Approx(-17.0));
    CHECK(explain(differences, limit).empty());
}

TEST_CASE("a meter that misses just the fader's move listens before the fader") {
    const auto before = steady(-10, then_fader, 0);
    const auto differences =
        differences_from_tape(before, steady(-14, -3, -4), part, mixer(-3, -4), falling_meter);
    const auto correction = explain(differences, limit);
    REQUIRE(correction.before_fader.size() == 1);
    CHECK(correction.shifts.empty());
    const auto tape = corrected(before, correction);
    CHECK(tape.tracks()[0].source(tape.tracks()[0].cells[0], MeterPoint::after_fader).db() == Approx(-10.0));
}

TEST_CASE("any other difference shifts the source by it") {
    const auto before = steady(-10, then_fader, 0);
    const auto differences =
        differences_from_tape(before, steady(-12, -3, -4), part, mixer(-3, -4), falling_meter);
    const auto correction = explain(differences, limit);
    REQUIRE(correction.shifts.size() == 1);
    CHECK(correction.shifts[0].by.db() == Approx(5.0));
    const auto tape = corrected(before, correction);
    CHECK(tape.tracks()[0].source(tape.tracks()[0].cells[0], MeterPoint::after_fader).db() == Approx(-5.0));
}

TEST_CASE("a strip that stays under the floor, is muted or was never heard says nothing") {
    CHECK(differences_from_tape(steady(-70, 0, 0), steady(-80, 0, 0), part, mixer(0, 0), falling_meter)
              .empty());
    auto muted = mixer(-3, -4);
    muted.strips[0].mute = Mute::muted;
    CHECK(differences_from_tape(steady(-10, 0, 0), steady(-14, -3, -4), part, muted, falling_meter).empty());
    measure::Tape nothing;
    CHECK(differences_from_tape(steady(-10, 0, 0), nothing, part, mixer(0, 0), falling_meter).empty());
}

TEST_CASE("what a meter falls from began before the part: it is no promise") {
    // A tom at 0.9 s, falling by 1.3 a tick; the check began behind it and hears only the room.
    auto hit = steady(-60, then_fader, 0);
    measure::TapeTrack track = hit.tracks()[0];
    for (std::size_t i = 9; i < 40; ++i)
        track.cells.set(i, measure::Cell::reading(Decibels(-10.0 - 1.3 * static_cast<double>(i - 9))));
    hit = {};
    hit.adopt(track);
    CHECK(differences_from_tape(hit, steady(-58, 0, 0), part, mixer(0, 0), falling_meter).empty());
    // Heard from before the hit, it is one.
    const SongRange whole{SongTime(), SongTime::from_seconds(4)};
    CHECK(differences_from_tape(hit, steady(-20, 0, 0), whole, mixer(0, 0), falling_meter).size() == 1);
}

TEST_CASE("the peak of a part is guessed from the readings in it alone") {
    auto tape = steady(-30, then_fader, 0);
    measure::TapeTrack track = tape.tracks()[0];
    track.cells.set(20, measure::Cell::reading(Decibels(-10)));
    track.cells.set(60, measure::Cell::reading(Decibels(-5)));
    tape = {};
    tape.adopt(track);
    const auto peak = peak_in(tape, StripId{1}, part, falling_meter);
    CHECK(peak.likely.db() == Approx(-10.0 + 0.31).margin(0.02));
    CHECK(peak.at_most.db() == Approx(-10.0 + 0.675).margin(0.02));
    CHECK(peak_in(tape, StripId{2}, part, falling_meter).likely.is_silence());
}

TEST_CASE("the limit is never finer than the meter's own under-reading") {
    MeterLaw law;
    law.fall_off_per_second = Decibels(13.3);
    CHECK(comparison_limit(law, Decibels(1.5)) >= Decibels(1.5));
    law.fall_off_per_second = Decibels(40.0);
    CHECK(comparison_limit(law, Decibels(1.5)) > Decibels(4.0));
}

namespace {

MeterLaw of_lamps() {
    MeterLaw law;
    for (const double level : {-60.0, -50.0, -40.0, -30.0, -20.0, -14.0, -10.0, -8.0, -6.0, -4.0, -2.0, 0.0})
        law.steps.emplace_back(level);
    return law;
}
const MeterLaw lamps = of_lamps();
const Decibels lamp_limit = comparison_limit(lamps, Decibels(1.5));

/// What one strip's true level shows before and after its fader went by so much.
Correction seen(double level, double moved, double answers = 0.0) {
    const double now = level + moved + answers;
    return explain(
        differences_from_tape(steady(lamps.told(Decibels(level)).db(), then_fader, 0),
                              steady(lamps.told(Decibels(now)).db(), moved, 0), part, mixer(moved, 0), lamps),
        lamp_limit);
}

}  // namespace

TEST_CASE("lamps that say no more than the step is are no difference") {
    const auto correction = seen(-12.5, -4.0);  // promised at -16 within 2, it reads -17 within 3
    CHECK(correction.empty());
    REQUIRE(correction.known.size() == 1);
    CHECK(correction.known[0].within.db() == Approx(2.0));
}

TEST_CASE("a strip that was read in a wide step is seen closer in a narrow one, and set anew") {
    // Read in -30..-20, so -25; up by 14 it is promised at -11 and reads -8..-6.
    const auto correction = seen(-21.0, 14.0);
    REQUIRE(correction.seen_closer.size() == 1);
    CHECK(correction.shifts.empty());
    CHECK(correction.seen_closer[0].by.db() == Approx(4.0));
    REQUIRE(correction.known.size() == 1);
    CHECK(correction.known[0].within.db() == Approx(1.0));
    const auto tape = corrected(steady(-25, 0, 0), correction);
    CHECK(tape.tracks()[0].source(tape.tracks()[0].cells[0], MeterPoint::after_fader).db() == Approx(-21.0));
}

TEST_CASE("a strip over the meter's last lamp is believed where it is seen once it is down") {
    const auto correction = seen(7.0, -14.0);  // at least 0, promised at least -14: it reads -8..-6
    REQUIRE(correction.seen_closer.size() == 1);
    CHECK(correction.seen_closer[0].by.db() == Approx(7.0));
    CHECK(seen(7.0, -1.0).empty());  // still over it: nothing is learned
}

TEST_CASE("through lamps, too, a strip that answers otherwise than promised is found") {
    const auto correction = seen(-9.0, -3.0, 9.0);  // promised at -12 within 1, at -3 within 1
    REQUIRE(correction.shifts.size() == 1);
    CHECK(correction.shifts[0].by.db() == Approx(9.0));
}

TEST_CASE(
    "whatever a strip's level and move, lamps never make it worse known, nor move it for less than they "
    "see") {
    for (double level = -49.0; level < 3.0; level += 0.37) {
        for (double moved = -20.0; moved <= 20.0; moved += 0.91) {
            if (level + moved < -45.0 || level + moved > -0.1) continue;
            INFO(level << " moved by " << moved);
            const auto correction = seen(level, moved);
            CHECK(correction.shifts.empty());
            CHECK(correction.before_fader.empty());
            const double told = lamps.told(Decibels(level)).db();
            double believed = told;
            for (const auto& shift : correction.seen_closer) {
                believed += shift.by.db();
            }
            for (const auto& known : correction.known) {
                if (!lamps.open_above(Decibels(told)))
                    CHECK(known.within <= lamps.off_by(Decibels(told)) + Decibels(1e-9));
                CHECK(std::abs(believed - level) <= known.within.db() + 0.011);
            }
        }
    }
}
