#include "measure/tape.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::measure;

namespace {

Strip strip(std::uint32_t id, double fader, double trim) {
    Strip one;
    one.id = StripId{id};
    one.name.name = "Gtr";
    one.fader = Decibels(fader);
    one.trim = Decibels(trim);
    return one;
}

}  // namespace

TEST_CASE("a cell keeps a reading to a hundredth and tells unheard from silent") {
    CHECK(Cell::reading(Decibels(-12.34)).level().db() == Approx(-12.34));
    CHECK(Cell::reading(Decibels(-193.0)).level().db() == Approx(-193.0));
    CHECK(Cell::reading(Decibels::silence()).heard());
    CHECK(Cell::reading(Decibels(-1e9)).level().is_silence());
    CHECK(Cell::reading(Decibels(1e9)).level().db() > 300.0);
    CHECK_FALSE(Cell().heard());
    CHECK(Cell().level().is_silence());
    CHECK(Cell() < Cell::reading(Decibels::silence()));
    CHECK(Cell::reading(Decibels::silence()) < Cell::reading(Decibels(-193.0)));
}

TEST_CASE("the loudest reading of a cell stays, and a hole stays a hole") {
    Tape tape;
    const auto track = tape.add_track(strip(1, 0.0, 0.0));
    tape.record(track, SongTime::from_seconds(0.31), Decibels(-20.0), {}, {});
    tape.record(track, SongTime::from_seconds(0.39), Decibels(-18.0), {}, {});
    tape.record(track, SongTime::from_seconds(0.35), Decibels(-30.0), {}, {});
    tape.record(track, SongTime::from_seconds(-1.0), Decibels(0.0), {}, {});
    const auto& cells = tape.tracks()[track].cells;
    REQUIRE(cells.size() == 4);
    CHECK_FALSE(cells[0].heard());
    CHECK(cells[3].level().db() == Approx(-18.0));
    CHECK(tape.length() == 4);
    CHECK(tape.heard() == std::chrono::milliseconds(100));
}

TEST_CASE("a reading taken after fader or trim moved is kept as if they had not") {
    Tape tape;
    const auto track = tape.add_track(strip(1, -6.0, 2.0));
    tape.record(track, SongTime(), Decibels(-20.0), Decibels(-6.0), Decibels(2.0));
    tape.record(track, SongTime::from_seconds(0.1), Decibels(-15.0), Decibels(0.0), Decibels(1.0));
    const auto& kept = tape.tracks()[track];
    CHECK(kept.cells[0].level().db() == Approx(-20.0));
    CHECK(kept.cells[1].level().db() == Approx(-20.0));
    CHECK(kept.source(kept.cells[0], MeterPoint::after_fader).db() == Approx(-16.0));
    CHECK(kept.source(kept.cells[0], MeterPoint::before_fader).db() == Approx(-22.0));
}

TEST_CASE("through a closed fader nothing is recorded") {
    Tape tape;
    const auto track = tape.add_track(strip(1, -6.0, 0.0));
    tape.record(track, SongTime(), Decibels::silence(), Decibels::silence(), {});
    CHECK(tape.tracks()[track].cells.empty());
    Strip closed = strip(2, 0.0, 0.0);
    closed.fader = Decibels::silence();
    const auto other = tape.add_track(closed);
    tape.record(other, SongTime(), Decibels(-10.0), Decibels(0.0), {});
    tape.record(other, SongTime(), Decibels::silence(), Decibels::silence(), {});
    CHECK(tape.tracks()[other].source(tape.tracks()[other].cells[0], MeterPoint::after_fader).is_silence());
}

namespace {

/// A roll over a track: one cell a reading, from the start.
Tape roll(const Strip& strip, std::initializer_list<double> readings) {
    Tape tape;
    const auto track = tape.add_track(strip);
    SongTime at;
    for (const double level : readings) {
        tape.record(track, at, Decibels(level), *strip.fader, *strip.trim);
        at = at + Tape::cell_length;
    }
    return tape;
}

SongRange cells(int from, int to) {
    return {SongTime(Tape::cell_length * from), SongTime(Tape::cell_length * to)};
}

}  // namespace

TEST_CASE(
    "a second look is kept as if fader and trim stood as at the first, with two cells before its part") {
    Tape tape = roll(strip(1, -6.0, 2.0), {-20, -21, -22, -23, -24, -25});
    const Tape second = roll(strip(1, -3.0, 1.0), {-10, -10, -19, -20, -20.5, -30});
    CHECK(tape.look_again(second, cells(4, 5)));
    const SecondLook& look = tape.tracks()[0].again;
    CHECK(look.from == 2);
    REQUIRE(look.cells.size() == 3);
    CHECK(look.cells[0].level().db() == Approx(-21.0));
    CHECK(look.cells[1].level().db() == Approx(-22.0));
    CHECK(look.cells[2].level().db() == Approx(-22.5));
    CHECK(tape.tracks()[0].cells[4].level().db() == Approx(-24.0));
}

TEST_CASE("the first second look stays") {
    Tape tape = roll(strip(1, 0.0, 0.0), {-20, -20, -20, -20});
    CHECK(tape.look_again(roll(strip(1, 0.0, 0.0), {-19, -19, -19, -19}), cells(0, 2)));
    CHECK_FALSE(tape.look_again(roll(strip(1, 0.0, 0.0), {-18, -18, -18, -18}), cells(0, 4)));
    REQUIRE(tape.tracks()[0].again.cells.size() == 2);
    CHECK(tape.tracks()[0].again.cells[0].level().db() == Approx(-19.0));
}

TEST_CASE("a muted strip, a closed fader, another strip and another part are no second look") {
    const auto first = [] { return roll(strip(1, 0.0, 0.0), {-20, -20, -20}); };
    Strip muted = strip(1, 0.0, 0.0);
    muted.mute = Mute::muted;
    Strip closed = strip(1, 0.0, 0.0);
    closed.fader = Decibels::silence();
    for (const Strip& other : {muted, closed, strip(2, 0.0, 0.0)}) {
        Tape tape = first();
        CHECK_FALSE(tape.look_again(roll(other, {-19, -19, -19}), cells(0, 3)));
        CHECK(tape.tracks()[0].again.cells.empty());
    }
    Tape tape = first();
    CHECK_FALSE(tape.look_again(roll(strip(1, 0.0, 0.0), {-19, -19, -19}), cells(30, 40)));
}
