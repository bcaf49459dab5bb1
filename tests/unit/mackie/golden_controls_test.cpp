#include "support/catch.hpp"
#include "unit/mackie/mackie_frames.hpp"

using namespace kedge;
using namespace kedge::mackie;
using namespace kedge::test;

TEST_CASE("Mackie: a fader's position is a pitch bend, both ways", "[M4.1][M4.2]") {
    check_host_says("E0 00 00", MoveFader{Slot(0), FaderPosition(0)});
    check_host_says("E0 08 64", MoveFader{Slot(0), FaderPosition(12808)});
    check_host_says("E7 01 00", MoveFader{Slot(7), FaderPosition(1)});
    check_host_says("E8 7F 7F", MoveFader{Fader::master(), FaderPosition(16383)});
    check_device_says("E3 56 5B", FaderMoved{Slot(3), FaderPosition(11734)});
    check_device_says("E8 00 01", FaderMoved{Fader::master(), FaderPosition(128)});
    check_unusable_from_host("E9 00 00", Unusable::unknown_message);
    check_unusable_from_device("EF 00 00", Unusable::unknown_message);
}

TEST_CASE("Mackie: a fader's touch is a note", "[M4.4]") {
    check_device_says("90 68 7F", FaderTouched{Slot(0), true});
    check_device_says("90 6F 00", FaderTouched{Slot(7), false});
    check_device_says("90 70 7F", FaderTouched{Fader::master(), true});
    check_device_says("90 70 00", FaderTouched{Fader::master(), false});
    check_unusable_from_host("90 68 7F", Unusable::unknown_message);
}

TEST_CASE("Mackie: V-Pots turn by ticks", "[M5.1]") {
    check_device_says("B0 10 01", VPotTurned{Slot(0), Ticks(1)});
    check_device_says("B0 17 3F", VPotTurned{Slot(7), Ticks(63)});
    check_device_says("B0 11 41", VPotTurned{Slot(1), Ticks(-1)});
    check_device_says("B0 12 7F", VPotTurned{Slot(2), Ticks(-63)});
    check_unusable_from_device("B0 10 00", Unusable::out_of_range);
    check_unusable_from_device("B0 10 40", Unusable::out_of_range);
    check_unusable_from_device("B1 10 01", Unusable::unknown_message);
}

TEST_CASE("Mackie: a V-Pot is pushed", "[M5.2]") {
    check_device_says("90 20 7F", ButtonMoved{Button(SlotKey::vpot, Slot(0)), true});
    check_device_says("90 27 00", ButtonMoved{Button(SlotKey::vpot, Slot(7)), false});
}

TEST_CASE("Mackie: the jog wheel turns by ticks as a V-Pot does", "[M5.6]") {
    check_device_says("B0 3C 01", JogTurned{Ticks(1)});
    check_device_says("B0 3C 45", JogTurned{Ticks(-5)});
    check_unusable_from_device("B0 3C 40", Unusable::out_of_range);
}

TEST_CASE("Mackie: a pedal says where it is", "[M5.7]") {
    check_device_says("B0 2E 00", PedalMoved{midi::Data7(0)});
    check_device_says("B0 2E 7F", PedalMoved{midi::Data7(127)});
}

TEST_CASE("Mackie: a ring shows a mode, a position and the LED below", "[M5.3][M5.4]") {
    check_host_says("B0 30 00", SetRing{Slot(0), Ring()});
    check_host_says("B0 30 06", SetRing{Slot(0), Ring(RingMode::single_dot, 6)});
    check_host_says("B0 31 46", SetRing{Slot(1), Ring(RingMode::single_dot, 6, true)});
    check_host_says("B0 32 11", SetRing{Slot(2), Ring(RingMode::boost_cut, 1)});
    check_host_says("B0 33 2B", SetRing{Slot(3), Ring(RingMode::wrap, 11)});
    check_host_says("B0 37 40", SetRing{Slot(7), Ring(RingMode::single_dot, 0, true)});
    check_unusable_from_host("B0 30 0C", Unusable::out_of_range);
    check_unusable_from_host("B0 30 1F", Unusable::out_of_range);
    check_unusable_from_host("B0 30 2C", Unusable::out_of_range);
    check_unusable_from_host("BF 30 06", Unusable::unknown_message);
}

TEST_CASE("Mackie: spread has six positions, and what is higher is full", "[M5.5]") {
    check_host_says("B0 34 31", SetRing{Slot(4), Ring(RingMode::spread, 1)});
    check_host_says("B0 34 76", SetRing{Slot(4), Ring(RingMode::spread, 6, true)});
    check_host_means("B0 34 37", SetRing{Slot(4), Ring(RingMode::spread, 6)});
    check_host_means("B0 34 3F", SetRing{Slot(4), Ring(RingMode::spread, 6)});
}
