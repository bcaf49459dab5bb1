#include "support/catch.hpp"
#include "unit/hui/hui_frames.hpp"

using namespace kedge;
using namespace kedge::hui;
using namespace kedge::test;

namespace {

const Unit here;

MoveFader move_to(int fader, int position) {
    return {here, Fader(fader), FaderPosition(position)};
}
FaderMoved moved_to(int fader, int position) {
    return {here, Fader(fader), FaderPosition(position)};
}
SetLamp light(Switch lamp) {
    return {here, lamp, true};
}

}  // namespace

TEST_CASE("HUI: halves of several faders may be mixed", "[H9.1]") {
    check_host_means("B0 00 01 B0 01 02 B0 02 03 B0 21 20 B0 22 30 B0 20 10",
                     {move_to(1, 2 * 128 + 0x20), move_to(2, 3 * 128 + 0x30), move_to(0, 128 + 0x10)});
    check_hui_means("B0 00 01 B0 07 02 B0 20 10 B0 27 20",
                    {moved_to(0, 128 + 0x10), moved_to(7, 2 * 128 + 0x20)});
}

TEST_CASE("HUI: so may pairs of different kinds, and of different units", "[H9.1]") {
    check_host_means("B0 0C 0E B0 00 01 B0 2C 44 B0 20 10", {light(Key::play), move_to(0, 128 + 0x10)});
    check_hui_means("B0 0F 0E B0 00 01 B0 2F 44 B0 20 10",
                    {SwitchMoved{here, Key::play, true}, moved_to(0, 128 + 0x10)});
    check_host_means("B0 00 01 B1 00 02 B0 20 10 B1 20 20",
                     {move_to(0, 128 + 0x10), MoveFader{Unit(1), Fader(0), FaderPosition(2 * 128 + 0x20)}});
    check_host_means("B0 0C 00 B1 0C 01 B0 2C 42 B1 2C 42",
                     {light({SlotKey::mute, Slot(0)}), SetLamp{Unit(1), {SlotKey::mute, Slot(1)}, true}});
}

TEST_CASE("HUI: a low half without a high one of the same fader is ignored", "[H9.2]") {
    check_to_hui_dropped("B0 20 10", {}, {.low_without_high = 1});
    check_to_hui_dropped("B0 01 02 B0 20 10", {}, {.low_without_high = 1});
    check_to_hui_dropped("B1 00 02 B0 20 10", {}, {.low_without_high = 1});
    check_to_hui_dropped("B0 00 02 B0 20 10 B0 20 11", {move_to(0, 2 * 128 + 0x10)}, {.low_without_high = 1});
    check_from_hui_dropped("B0 20 10", {}, {.low_without_high = 1});
    check_from_hui_dropped("B0 01 02 B0 20 10", {}, {.low_without_high = 1});
}

TEST_CASE("HUI: a high half whose low one was lost gives way to the next") {
    check_to_hui_dropped("B0 00 01 B0 00 02 B0 20 10", {move_to(0, 2 * 128 + 0x10)}, {.high_without_low = 1});
    check_from_hui_dropped("B0 00 01 B0 00 02 B0 20 10", {moved_to(0, 2 * 128 + 0x10)},
                           {.high_without_low = 1});
}

TEST_CASE("HUI: a half that comes later is waited for, and counted when the port is opened again") {
    ToHuiDecoder host;
    CHECK(heard<ToHui>(host, hex("B0 0C 0E B0 00 01 B0 03 02 B5 03 02")).empty());
    CHECK(host.pending() == 3);
    host.reset();
    CHECK(host.pending() == 0);
    CHECK((host.dropped() == Dropped{.cut_by_reset = 3}));
    // Neither the halves nor the zone are left.
    CHECK(heard<ToHui>(host, hex("B0 20 10 B0 2C 44")).empty());
    CHECK((host.dropped() == Dropped{.port_without_zone = 1, .low_without_high = 1, .cut_by_reset = 3}));

    FromHuiDecoder device;
    CHECK(heard<FromHui>(device, hex("B0 0F 0E B0 00 01")).empty());
    device.reset();
    CHECK(heard<FromHui>(device, hex("B0 20 10 B0 2F 44")).empty());
    CHECK((device.dropped() == Dropped{.port_without_zone = 1, .low_without_high = 1, .cut_by_reset = 1}));
}

TEST_CASE("HUI: one that is turned on has forgotten zones and halves") {
    check_from_hui_dropped("B0 0F 0E B0 00 01 FF B0 20 10 B0 2F 44", {PowerTurned{}},
                           {.port_without_zone = 1, .low_without_high = 1, .cut_by_reset = 1});
}

TEST_CASE("HUI: a port without a zone is no switch's") {
    check_to_hui_dropped("B0 2C 40", {}, {.port_without_zone = 1});
    check_from_hui_dropped("B0 2F 40", {}, {.port_without_zone = 1});
    check_to_hui_dropped("B1 0C 00 B0 2C 40", {}, {.port_without_zone = 1});
}

TEST_CASE("HUI: a zone that nobody knows is not the one before") {
    check_to_hui_dropped("B0 0C 0E B0 0C 1E B0 2C 44", {}, {.unknown_switch = 1});
    check_to_hui_dropped("B0 0C 0E B0 0C 7F B0 2C 44 B0 0C 0E B0 2C 44", {light(Key::play)},
                         {.unknown_switch = 1});
    check_from_hui_dropped("B0 0F 0E B0 0F 1E B0 2F 44", {}, {.unknown_switch = 1});
}

TEST_CASE("HUI: a port is 0 to 7, on or off") {
    check_to_hui_dropped("B0 0C 08 B0 2C 08 B0 2C 10 B0 2C 48 B0 2C 7F", {}, {.out_of_range = 4});
    check_from_hui_dropped("B0 0F 08 B0 2F 08 B0 2F 10 B0 2F 48 B0 2F 7F", {}, {.out_of_range = 4});
}

TEST_CASE("HUI: each half lost of a mixed stream costs its own message alone") {
    const std::string stream[] = {"B0 0C 03 ", "B0 00 01 ", "B0 2C 42 ",
                                  "B0 01 02 ", "B0 20 10 ", "B0 21 20 "};
    const ToHuiMessages all = {light({SlotKey::mute, Slot(3)}), move_to(0, 128 + 0x10),
                               move_to(1, 2 * 128 + 0x20)};
    const std::size_t message_of[] = {0, 1, 0, 2, 1, 2};
    for (std::size_t lost = 0; lost < std::size(stream); ++lost) {
        CAPTURE(lost);
        std::string rest;
        for (std::size_t i = 0; i < std::size(stream); ++i)
            if (i != lost) rest += stream[i];
        auto expected = all;
        expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(message_of[lost]));
        ToHuiDecoder decoder;
        CHECK((heard<ToHui>(decoder, hex(rest)) == expected));
        // A zone without a port says nothing, and nothing of it is wrong.
        CHECK(decoder.dropped().total() + decoder.pending() == (lost == 2 ? 0 : 1));
    }
}
