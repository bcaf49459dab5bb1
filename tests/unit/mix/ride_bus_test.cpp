#include "mix/ride_bus.hpp"

#include "unit/mix/ride_fixture.hpp"

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

/// Two tracks of -20 dBFS, a click, and a master that stands `over` above the two.
struct BusSong : RideSong {
    explicit BusSong(double over) {
        can.meter.fall_off_per_second = Decibels();
        add("Keys", Role::keys, steady(20.0, -20.0));
        add("Pad", Role::pad, steady(20.0, -20.0));
        muted = add("Gtr", Role::rhythm_guitar, steady(20.0, -3.0));
        strip(muted).mute = Mute::muted;
        TrueLevels sum = steady(20.0, -20.0 + 3.01 + over);
        sing(sum, 2.0, 9.0, -60.0);  // a soft place in which something else is heard of the bus
        master = add("Master", Role::return_bus, sum);
        strip(master).name.kind = StripKind::master;
    }
    StripId muted;
    StripId master;
};

}  // namespace

TEST_CASE("the bus stands over its tracks as the loud places of the tape show it") {
    for (const double over : {-2.0, 0.0, 4.5}) {
        INFO(over);
        BusSong song(over);
        song.record();
        const auto limit = bus_limit(song.question(), -6_dB);
        REQUIRE(limit);
        CHECK(limit->highest == -6_dB);
        CHECK(limit->over_sum.db() == Approx(over).margin(0.05));
    }
}

TEST_CASE("a master fader that moved since counts with where it stands") {
    BusSong song(1.0);
    song.record();
    song.strip(song.master).fader = -4_dB;
    CHECK(bus_limit(song.question(), -6_dB)->over_sum.db() == Approx(-3.0).margin(0.05));
}

TEST_CASE("without a master on the tape, or with a silent one, nothing is known of the bus") {
    BusSong song(1.0);
    CHECK_FALSE(bus_limit(song.question(), -6_dB));  // nothing was recorded
    song.levels.back() = steady(20.0, no_sound);
    song.record();
    CHECK_FALSE(bus_limit(song.question(), -6_dB));
    RideSong none;
    none.add("Keys", Role::keys, steady(5.0, -20.0));
    none.record();
    CHECK_FALSE(bus_limit(none.question(), -6_dB));
}
