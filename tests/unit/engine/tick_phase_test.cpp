#include "engine/tick_phase.hpp"

#include "measure/tape.hpp"
#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::engine;
using namespace std::chrono_literals;

namespace {

SongRange seconds(double from, double to) {
    return {SongTime::from_seconds(from), SongTime::from_seconds(to)};
}

}  // namespace

TEST_CASE("the place of the ticks within their cells is that of the part asked for") {
    TickPhase phase;
    // Ticks of 99.8 ms: the place wanders back by 2 ms a second.
    for (int i = 0; i < 400; ++i) phase.ticked(SongTime(30ms + i * 99'800us));
    REQUIRE(phase.in(seconds(0.0, 2.0)));
    CHECK(std::chrono::abs(*phase.in(seconds(0.0, 2.0)) - 28ms) <= 2ms);
    CHECK(std::chrono::abs(*phase.in(seconds(9.0, 11.0)) - 10ms) <= 2ms);
}

TEST_CASE("around the border of cells the middle is at the border, not half-way") {
    TickPhase phase;
    for (int i = 0; i < 40; ++i) phase.ticked(SongTime(i * 100ms + (i < 20 ? 97ms : 1ms)));
    REQUIRE(phase.in(seconds(0.0, 4.0)));
    const Duration middle = *phase.in(seconds(0.0, 4.0));
    CHECK(std::min(middle, measure::Tape::cell_length - middle) <= 2ms);
}

TEST_CASE("where nothing ticked there is no place") {
    TickPhase phase;
    CHECK_FALSE(phase.in(seconds(0.0, 4.0)));
    phase.ticked(SongTime(-50ms));
    CHECK_FALSE(phase.in(seconds(-1.0, 4.0)));
    phase.ticked(SongTime(7s));
    CHECK_FALSE(phase.in(seconds(0.0, 4.0)));
    CHECK(phase.in(seconds(6.9, 7.1)) == Duration::zero());
}
