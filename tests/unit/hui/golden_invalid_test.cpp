#include "support/catch.hpp"
#include "unit/hui/hui_frames.hpp"

using namespace kedge;
using namespace kedge::hui;
using namespace kedge::test;

TEST_CASE("HUI: what it says is not taken for what is said to it, nor the other way") {
    // Its own words that come back to it: the ports are tied together.
    check_to_hui_dropped("90 00 7F", {}, {.unknown = 1});
    check_to_hui_dropped("B0 0F 0E B0 2F 44 B0 40 41 B0 0D 41", {}, {.unknown = 4});
    check_to_hui_dropped("FF", {}, {.real_time = 1});
    check_from_hui_dropped("90 00 00", {}, {.unknown = 1});
    check_from_hui_dropped("B0 0C 0E B0 2C 44 B0 10 06 A0 00 05", {}, {.unknown = 4});
    check_from_hui_dropped("F0 00 00 66 05 00 10 00 4B 69 63 6B F7", {}, {.unknown = 1});
}

TEST_CASE("HUI: a ping is note 0 of the first channel", "[H1.1]") {
    check_to_hui_dropped("91 00 00 90 01 00 90 00 01", {}, {.unknown = 3});
    check_from_hui_dropped("91 00 7F 90 01 7F 90 00 7E", {}, {.unknown = 3});
}

TEST_CASE("HUI: a Mackie Control's meters, displays, faders and turns are none of a HUI's", "[H4.3][H9.4]") {
    check_to_hui_dropped("D0 1C", {}, {.unknown = 1});
    check_to_hui_dropped("E0 00 40 90 5E 7F", {}, {.unknown = 2});
    check_to_hui_dropped("F0 00 00 66 14 12 00 4B 69 63 6B F7", {}, {.foreign_sysex = 1});
    check_from_hui_dropped("E0 00 40 90 5E 7F", {}, {.unknown = 2});
    // What there is a tick to the right is here one to the left.
    check_hui_means("B0 40 01", {VPotTurned{Unit(), VPot(0), Turn(-1)}});
}

TEST_CASE("HUI: SysEx without its header is another device's", "[H1.8]") {
    check_to_hui_dropped("F0 F7 F0 00 00 66 05 F7 F0 7E 7F 06 01 F7", {}, {.foreign_sysex = 3});
    check_to_hui_dropped("F0 00 00 66 05 01 10 00 4B 69 63 6B F7", {}, {.foreign_sysex = 1});
    check_to_hui_dropped("F0 00 00 66 05 00 F7 F0 00 00 66 05 00 13 00 F7", {}, {.malformed_sysex = 2});
}

TEST_CASE("HUI: clock and active sensing are counted by themselves") {
    check_to_hui_dropped("F8 FA FB FC FE", {}, {.real_time = 5});
    check_from_hui_dropped("F8 FA FB FC FE", {}, {.real_time = 5});
    check_to_hui_dropped("B0 00 01 F8 B0 20 10", {MoveFader{Unit(), Fader(0), FaderPosition(128 + 16)}},
                         {.real_time = 1});
}

TEST_CASE("HUI: MIDI of other kinds is counted") {
    check_to_hui_dropped("C0 01 D0 01 E0 00 00 F1 00 F2 00 00 F3 00 F6", {}, {.unknown = 7});
    check_from_hui_dropped("C0 01 D0 01 E0 00 00 F1 00 F2 00 00 F3 00 F6 A0 00 00", {}, {.unknown = 8});
    check_to_hui_dropped("B0 0A 00 B0 0B 00 B0 0D 00 B0 1C 00 B0 29 00 B0 2B 00 B0 7F 00", {},
                         {.unknown = 7});
    check_from_hui_dropped("B0 09 00 B0 0C 00 B0 0E 00 B0 10 00 B0 2C 00 B0 3F 00 B0 4D 00", {},
                           {.unknown = 7});
}

TEST_CASE("HUI: everything that is dropped is in the total") {
    const Dropped one_of_each{1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    CHECK(one_of_each.total() == sizeof(Dropped) / sizeof(std::uint64_t));
}
