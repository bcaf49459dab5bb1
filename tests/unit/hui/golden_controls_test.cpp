#include "hui/encoder.hpp"
#include "support/catch.hpp"
#include "unit/hui/hui_frames.hpp"

using namespace kedge;
using namespace kedge::hui;
using namespace kedge::test;

namespace {

const Unit unit_0;

MoveFader to_position(int fader, int position) {
    return {unit_0, Fader(fader), FaderPosition(position)};
}
FaderMoved at_position(int fader, int position) {
    return {unit_0, Fader(fader), FaderPosition(position)};
}
VPotTurned turned(int vpot, int clockwise) {
    return {unit_0, VPot(vpot), Turn(clockwise)};
}
ShowRing ring(int number, RingMode mode, int step, bool small_led = false) {
    return {unit_0, Ring(number), {mode, RingStep(step), small_led}};
}
SwitchMoved touch(int slot, bool touched) {
    return {unit_0, {SlotKey::fader_touch, Slot(slot)}, touched};
}

}  // namespace

TEST_CASE("HUI: a ping and its answer", "[H1.1]") {
    check_host_says("90 00 00", {Ping{}});
    check_hui_says("90 00 7F", {PingReply{}});
    // Some MIDI libraries write a note of velocity 0 so.
    check_host_means("80 00 00", {Ping{}});
    check_host_means("80 00 40", {Ping{}});
}

TEST_CASE("HUI: it says when it is turned on or off", "[H1.7]") {
    check_hui_says("FF", {PowerTurned{}});
    check_hui_says("FF FF", {PowerTurned{}, PowerTurned{}});
}

TEST_CASE("HUI: a fader's position is two controllers, the high half first, both ways", "[H3.1]") {
    check_host_says("B0 00 00 B0 20 00", {to_position(0, 0)});
    check_host_says("B0 07 7F B0 27 7F", {to_position(7, 0x3FFF)});
    check_host_says("B0 03 40 B0 23 01", {to_position(3, 0x2001)});
    check_hui_says("B0 00 00 B0 20 00", {at_position(0, 0)});
    check_hui_says("B0 07 7F B0 27 7F", {at_position(7, 0x3FFF)});
    check_hui_says("B0 03 40 B0 23 20", {at_position(3, 0x2020)});
}

TEST_CASE("HUI: a position counts when its low half comes", "[H3.2]") {
    ToHuiDecoder decoder;
    CHECK(heard<ToHui>(decoder, hex("B0 03 40")).empty());
    CHECK(decoder.pending() == 1);
    CHECK((heard<ToHui>(decoder, hex("B0 23 01")) == ToHuiMessages{to_position(3, 0x2001)}));
    CHECK(decoder.pending() == 0);
}

TEST_CASE("HUI: the hardware's faders have nine bits", "[H3.3]") {
    CHECK(on_hardware(FaderPosition(0)).value() == 0);
    CHECK(on_hardware(FaderPosition(31)).value() == 0);
    CHECK(on_hardware(FaderPosition(32)).value() == 32);
    CHECK(on_hardware(FaderPosition(0x2001)).value() == 0x2000);
    CHECK(on_hardware(FaderPosition(0x3FFF)).value() == 0x3FE0);
    check_hui_says("B0 00 7F B0 20 60", {FaderMoved{unit_0, Fader(0), on_hardware(FaderPosition(16383))}});
}

TEST_CASE("HUI: a position to a HUI may be short by running status", "[H3.4]") {
    check_host_means("B0 00 12 20 34", {to_position(0, 0x12 * 128 + 0x34)});
    check_host_means("B0 00 12 20 34 01 56 21 78",
                     {to_position(0, 0x12 * 128 + 0x34), to_position(1, 0x56 * 128 + 0x78)});
}

TEST_CASE("HUI: a fader is touched, moved and let go", "[H3.5][H3.6]") {
    check_hui_says("B0 0F 02 B0 2F 40", {touch(2, true)});
    check_hui_says("B0 0F 02 B0 2F 00", {touch(2, false)});
    check_hui_says(
        "B0 0F 02 B0 2F 40 B0 02 60 B0 22 00 B0 02 61 B0 22 20 B0 0F 02 B0 2F 00",
        {touch(2, true), at_position(2, 0x60 * 128), at_position(2, 0x61 * 128 + 0x20), touch(2, false)});
}

TEST_CASE("HUI: a clone may have a ninth fader, and none has a tenth", "[H3.7]") {
    check_host_says("B0 08 01 B0 28 02", {to_position(8, 130)});
    check_hui_says("B0 08 01 B0 28 02", {at_position(8, 130)});
    check_to_hui_dropped("B0 09 01 B0 29 02", {}, {.unknown = 2});
    check_from_hui_dropped("B0 09 01 B0 29 02", {}, {.unknown = 2});
}

TEST_CASE("HUI: V-Pots of strips and parameters turn, and the one that scrolls", "[H4.1]") {
    check_hui_says("B0 40 41", {turned(0, 1)});
    check_hui_says("B0 47 41", {turned(7, 1)});
    check_hui_says("B0 48 41", {turned(8, 1)});
    check_hui_says("B0 4B 41", {turned(11, 1)});
    check_hui_says("B0 4C 41", {turned(12, 1)});
    check_from_hui_dropped("B0 4D 41", {}, {.unknown = 1});
}

TEST_CASE("HUI: clockwise is above 40, the other way than on a Mackie Control", "[H4.2][H4.3][H4.4]") {
    check_hui_says("B0 40 45", {turned(0, 5)});
    check_hui_says("B0 40 05", {turned(0, -5)});
    check_hui_says("B0 40 6D", {turned(0, 0x2D)});
    check_hui_says("B0 40 2D", {turned(0, -0x2D)});
    check_hui_says("B0 40 7F", {turned(0, 63)});
    check_hui_says("B0 40 3F", {turned(0, -63)});
    check_from_hui_dropped("B0 40 40 B0 40 00", {}, {.out_of_range = 2});
}

TEST_CASE("HUI: rings of strips and parameters", "[H4.5]") {
    check_host_says("B0 10 01", {ring(0, RingMode::dot, 1)});
    check_host_says("B0 17 01", {ring(7, RingMode::dot, 1)});
    check_host_says("B0 18 01", {ring(8, RingMode::dot, 1)});
    check_host_says("B0 1B 01", {ring(11, RingMode::dot, 1)});
    check_to_hui_dropped("B0 1C 01", {}, {.unknown = 1});
}

TEST_CASE("HUI: a ring's mode, position and small LED", "[H4.6][H4.7][H4.9]") {
    check_host_says("B0 10 06", {ring(0, RingMode::dot, 6)});
    check_host_says("B0 10 1B", {ring(0, RingMode::boost_cut, 11)});
    check_host_says("B0 10 26", {ring(0, RingMode::wrap, 6)});
    check_host_says("B0 10 36", {ring(0, RingMode::spread, 6)});
    check_host_says("B0 10 46", {ring(0, RingMode::dot, 6, true)});
    check_host_says("B0 10 7B", {ring(0, RingMode::spread, 11, true)});
    check_host_says("B0 10 00", {ring(0, RingMode::dot, 0)});
    check_to_hui_dropped("B0 10 0C B0 10 1F", {}, {.out_of_range = 2});
}

TEST_CASE("HUI: a spread is full at 6", "[H4.8]") {
    CHECK(RingLook{RingMode::spread, RingStep(5), false}.seen() == RingStep(5));
    CHECK(RingLook{RingMode::spread, RingStep(6), false}.seen() == RingStep(6));
    CHECK(RingLook{RingMode::spread, RingStep(11), false}.seen() == RingStep(6));
    CHECK(RingLook{RingMode::wrap, RingStep(11), false}.seen() == RingStep(11));
}

TEST_CASE("HUI: the jog wheel turns at most 15 ticks", "[H4.10]") {
    check_hui_says("B0 0D 41", {JogTurned{unit_0, JogTurn(1)}});
    check_hui_says("B0 0D 01", {JogTurned{unit_0, JogTurn(-1)}});
    check_hui_says("B0 0D 4F", {JogTurned{unit_0, JogTurn(15)}});
    check_hui_says("B0 0D 0F", {JogTurned{unit_0, JogTurn(-15)}});
    check_from_hui_dropped("B0 0D 50 B0 0D 10 B0 0D 40 B0 0D 00", {}, {.out_of_range = 4});
}

TEST_CASE("HUI: REAPER's further units are on the channels behind", "[H7.2]") {
    check_host_says("B1 02 10 B1 22 20", {MoveFader{Unit(1), Fader(2), FaderPosition(0x10 * 128 + 0x20)}});
    check_host_says("BF 0C 07 BF 2C 42", {SetLamp{Unit(15), {SlotKey::mute, Slot(7)}, true}});
    check_host_says("B2 13 06", {ShowRing{Unit(2), Ring(3), {RingMode::dot, RingStep(6), false}}});
    check_hui_says("B1 02 10 B1 22 20", {FaderMoved{Unit(1), Fader(2), FaderPosition(0x10 * 128 + 0x20)}});
    check_hui_says("B1 0F 02 B1 2F 40", {SwitchMoved{Unit(1), {SlotKey::fader_touch, Slot(2)}, true}});
    check_hui_says("B3 40 41", {VPotTurned{Unit(3), VPot(0), Turn(1)}});
}
