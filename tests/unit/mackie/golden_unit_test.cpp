#include "support/catch.hpp"
#include "unit/mackie/mackie_frames.hpp"

using namespace kedge;
using namespace kedge::mackie;
using namespace kedge::test;

TEST_CASE("Mackie: a host resets a unit by either command", "[M3.1][M3.14]") {
    check_host_says("F0 00 00 66 14 08 00 F7", Reset{Reset::Command::with_argument}, Model::main_unit);
    check_host_says("F0 00 00 66 14 63 F7", Reset{Reset::Command::plain}, Model::main_unit);
    check_unusable_from_host("F0 00 00 66 14 08 01 F7", Unusable::out_of_range);
}

TEST_CASE("Mackie: faders are calibrated anew, and put to their minimum", "[M3.2][M3.12]") {
    check_host_says("F0 00 00 66 14 09 00 F7", RecalibrateFaders{}, Model::main_unit);
    check_host_says("F0 00 00 66 15 61 F7", FadersToMinimum{}, Model::extender);
}

TEST_CASE("Mackie: the transport buttons' click, by which Ardour means the backlight", "[M3.3][M3.4]") {
    check_host_says("F0 00 00 66 14 0A 00 F7", SetTransportClick{false}, Model::main_unit);
    check_host_says("F0 00 00 66 14 0A 01 F7", SetTransportClick{true}, Model::main_unit);
    check_unusable_from_host("F0 00 00 66 14 0A 02 F7", Unusable::out_of_range);
}

TEST_CASE("Mackie: the LCD's light goes out after minutes, or never", "[M3.5]") {
    check_host_says("F0 00 00 66 14 0B 00 F7", SetBacklightSaver{midi::Data7(0)}, Model::main_unit);
    check_host_says("F0 00 00 66 14 0B 0F F7", SetBacklightSaver{midi::Data7(15)}, Model::main_unit);
    check_host_says("F0 00 00 66 14 0B 7F F7", SetBacklightSaver{midi::Data7(127)}, Model::main_unit);
}

TEST_CASE("Mackie: faders with or without a touch", "[M3.6]") {
    check_host_says("F0 00 00 66 14 0C 00 F7", SetTouchlessFaders{false}, Model::main_unit);
    check_host_says("F0 00 00 66 14 0C 01 F7", SetTouchlessFaders{true}, Model::main_unit);
    check_unusable_from_host("F0 00 00 66 14 0C 7F F7", Unusable::out_of_range);
}

TEST_CASE("Mackie: a fader's sensitivity to touch", "[M3.7]") {
    check_host_says("F0 00 00 66 14 0E 00 00 F7", SetTouchSensitivity{Slot(0), TouchSensitivity(0)},
                    Model::main_unit);
    check_host_says("F0 00 00 66 14 0E 07 05 F7", SetTouchSensitivity{Slot(7), TouchSensitivity(5)},
                    Model::main_unit);
    check_host_says("F0 00 00 66 14 0E 08 03 F7", SetTouchSensitivity{Fader::master(), {}}, Model::main_unit);
    check_unusable_from_host("F0 00 00 66 14 0E 09 03 F7", Unusable::out_of_range);
    check_unusable_from_host("F0 00 00 66 14 0E 00 06 F7", Unusable::out_of_range);
}

TEST_CASE("Mackie: a Logic Control goes offline", "[M3.8]") {
    check_host_says("F0 00 00 66 10 0F 7F F7", GoOffline{}, Model::logic_control);
    check_unusable_from_host("F0 00 00 66 10 0F 00 F7", Unusable::out_of_range);
}

TEST_CASE("Mackie: how meters lie on the LCD", "[M3.11]") {
    check_host_says("F0 00 00 66 14 21 00 F7", SetMeterDirection{MeterDirection::horizontal},
                    Model::main_unit);
    check_host_says("F0 00 00 66 14 21 01 F7", SetMeterDirection{MeterDirection::vertical}, Model::main_unit);
    check_unusable_from_host("F0 00 00 66 14 21 02 F7", Unusable::out_of_range);
}

TEST_CASE("Mackie: all LEDs off", "[M3.13]") {
    check_host_says("F0 00 00 66 14 62 F7", LedsOff{}, Model::main_unit);
}

TEST_CASE("Mackie: the colours of an X-Touch's strips", "[M3.15]") {
    using enum StripColour;
    check_host_says("F0 00 00 66 14 72 00 01 02 03 04 05 06 07 F7",
                    SetStripColours{{off, red, green, yellow, blue, magenta, cyan, white}}, Model::main_unit);
    check_unusable_from_host("F0 00 00 66 14 72 00 01 02 03 04 05 06 08 F7", Unusable::out_of_range);
    check_unusable_from_host("F0 00 00 66 14 72 00 01 02 03 04 05 06 F7", Unusable::wrong_length);
}

TEST_CASE("Mackie: the colours of iCON's strips", "[M3.16]") {
    SetIconColours set;
    set.colours[0] = {midi::Data7(0x7F), midi::Data7(1), midi::Data7(2)};
    set.colours[7] = {midi::Data7(3), midi::Data7(4), midi::Data7(0x7E)};
    check_host_says(
        "F0 00 02 4E 16 14 7F 01 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 03 04 7E F7", set);
    check_unusable_from_host("F0 00 02 4E 16 14 7F 01 02 F7", Unusable::wrong_length);
}
