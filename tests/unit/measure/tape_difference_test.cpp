#include "measure/tape_difference.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::measure;

namespace {

struct OnTape {
    double fader = 0.0;
    double level = -20.0;
    std::size_t changed_cells = 0;  ///< the first ones …
    double changed_to = -20.0;      ///< … are this
    StripKind kind = StripKind::audio_track;
};

Tape tape_of(const OnTape& what, std::size_t cells = 100) {
    Strip strip;
    strip.id = StripId{1};
    strip.name.name = "Bass";
    strip.name.kind = what.kind;
    strip.fader = Decibels(what.fader);
    Tape tape;
    const auto track = tape.add_track(strip);
    for (std::size_t i = 0; i < cells; ++i)
        tape.record(track, SongTime(Tape::cell_length * static_cast<std::int64_t>(i)),
                    Decibels((i < what.changed_cells ? what.changed_to : what.level) + what.fader),
                    Decibels(what.fader), {});
    return tape;
}

bool differ(const Tape& a, const Tape& b) {
    const bool there = differ_clearly(a, b, MeterPoint::after_fader);
    CHECK(differ_clearly(b, a, MeterPoint::after_fader) == there);
    return there;
}

}  // namespace

TEST_CASE("two tapes differ clearly when three seconds of a track are over 3 dB apart") {
    const Tape usual = tape_of({});
    CHECK_FALSE(differ(usual, usual));
    CHECK_FALSE(differ(usual, tape_of({.fader = -12.0})));  // the same source
    CHECK_FALSE(differ(usual, tape_of({.changed_cells = 100, .changed_to = -22.9})));
    CHECK(differ(usual, tape_of({.changed_cells = 100, .changed_to = -23.2})));
    CHECK_FALSE(differ(usual, tape_of({.changed_cells = 20, .changed_to = -30.0})));
    CHECK(differ(usual, tape_of({.changed_cells = 40, .changed_to = -30.0})));
    CHECK(differ(usual, tape_of({.changed_cells = 40, .changed_to = -10.0})));
}

TEST_CASE("what was not heard, lies far down, or is no track's own makes no difference") {
    const Tape usual = tape_of({});
    CHECK_FALSE(differ(usual, tape_of({}, 10)));
    CHECK_FALSE(differ(tape_of({.level = -55.0}), tape_of({.level = -75.0})));
    CHECK_FALSE(differ(tape_of({.changed_cells = 50, .changed_to = -61.0}),
                       tape_of({.changed_cells = 50, .changed_to = -80.0})));
    CHECK_FALSE(
        differ(tape_of({.kind = StripKind::master}), tape_of({.level = -30.0, .kind = StripKind::master})));
    CHECK_FALSE(differ(usual, Tape()));
}

TEST_CASE("a short hit that the other tape read two cells later makes no difference") {
    Strip strip;
    strip.id = StripId{1};
    Tape early;
    Tape late;
    const auto a = early.add_track(strip);
    const auto b = late.add_track(strip);
    for (std::int64_t i = 0; i < 200; ++i) {
        const auto level = [](bool hit) { return Decibels(hit ? -10.0 : -35.0); };
        const SongTime at(Tape::cell_length * i);
        early.record(a, at, level(i % 10 == 9), {}, {});
        late.record(b, at, level(i % 10 == 1 && i > 1), {}, {});
    }
    CHECK_FALSE(differ(early, late));
}
