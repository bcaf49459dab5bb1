#include "support/catch.hpp"
#include "unit/mackie/mackie_frames.hpp"

#include <string>

using namespace kedge;
using namespace kedge::mackie;
using namespace kedge::test;

namespace {

DisplayText shown(std::string_view text) {
    return DisplayText::from_utf8(text);
}

LcdOffset place(int index) {
    return LcdOffset::at(index).value();
}

}  // namespace

TEST_CASE("Mackie: text on the LCD from an offset on", "[M8.1][M8.2][M8.3]") {
    check_host_says("F0 00 00 66 14 12 00 4B 69 63 6B F7", WriteLcd{place(0), shown("Kick")},
                    Model::main_unit);
    check_host_says("F0 00 00 66 14 12 07 42 61 73 73 20 20 20 F7",
                    WriteLcd{{LcdLine::upper, Slot(1)}, shown("Bass   ")}, Model::main_unit);
    check_host_says("F0 00 00 66 14 12 38 2D 33 2E 30 F7", WriteLcd{{LcdLine::lower, Slot(0)}, shown("-3.0")},
                    Model::main_unit);
    check_host_says("F0 00 00 66 14 12 69 43 F7", WriteLcd{{LcdLine::lower, Slot(7)}, shown("C")},
                    Model::main_unit);
    check_host_says("F0 00 00 66 14 12 6F 41 F7", WriteLcd{place(0x6F), shown("A")}, Model::main_unit);
    check_host_says("F0 00 00 66 14 12 00 F7", WriteLcd{place(0), {}}, Model::main_unit);
    check_unusable_from_host("F0 00 00 66 14 12 70 41 F7", Unusable::out_of_range);
    check_unusable_from_host("F0 00 00 66 14 12 F7", Unusable::wrong_length);
}

TEST_CASE("Mackie: both lines of the LCD in one message, and no more", "[M8.4]") {
    std::string blanks;
    for (int i = 0; i < LcdOffset::count; ++i) blanks += "20 ";
    const std::string both = "F0 00 00 66 14 12 00 " + blanks;
    check_host_says(both + "F7", WriteLcd{place(0), shown(std::string(112, ' '))}, Model::main_unit);
    check_unusable_from_host(both + "20 F7", Unusable::wrong_length);
}

TEST_CASE("Mackie: symbols of the unit come through, and are question marks in ASCII", "[M8.5]") {
    const DisplayText symbols({midi::Data7(0x00), midi::Data7(0x41), midi::Data7(0x7E), midi::Data7(0x7F)});
    check_host_says("F0 00 00 66 14 12 00 00 41 7E 7F F7", WriteLcd{place(0), symbols}, Model::main_unit);
    CHECK(symbols.ascii() == "?A~?");
}

TEST_CASE("Mackie: an extender's LCD, and the first channel on its own port", "[M1.1][M8.8]") {
    check_host_says("F0 00 00 66 15 12 00 4B F7", WriteLcd{place(0), shown("K")}, Model::extender);
    const auto fader = MoveFader{Slot(2), FaderPosition(5)};
    CHECK(write_to_device(fader, Model::extender) == write_to_device(fader, Model::main_unit));
    const auto level = ShowLevel{Slot(2), MeterLevel(5)};
    CHECK(write_to_device(level, Model::extender) == write_to_device(level, Model::main_unit));
    const auto mute = ButtonMoved{Button(SlotKey::mute, Slot(2)), true};
    CHECK(write_to_host(mute, Model::extender) == write_to_host(mute, Model::main_unit));
}

TEST_CASE("Mackie: QCon's second LCD", "[M3.17]") {
    check_host_says("F0 00 00 67 15 13 38 41 42 F7", WriteSecondLcd{{LcdLine::lower, Slot(0)}, shown("AB")});
    check_unusable_from_host("F0 00 00 67 15 13 F7", Unusable::wrong_length);
    check_unusable_from_host("F0 00 00 67 15 13 70 41 F7", Unusable::out_of_range);
    check_unusable_from_host("F0 00 00 67 15 12 00 41 F7", Unusable::other_maker);
}

TEST_CASE("Mackie: a Logic Control's displays as texts", "[M3.9][M3.10]") {
    check_host_says("F0 00 00 66 10 10 30 31 32 F7", WriteTimecode{shown("012")}, Model::logic_control);
    check_host_says("F0 00 00 66 10 11 50 4E F7", WriteAssignment{shown("PN")}, Model::logic_control);
}

TEST_CASE("Mackie: digits of the timecode, from the right", "[M9.1][M9.3]") {
    check_host_says("B0 40 30", SetDigit{DigitPlace::timecode(0), SegmentDigit('0')});
    check_host_says("B0 49 20", SetDigit{DigitPlace::timecode(9), SegmentDigit(' ')});
    check_host_says("B0 45 3F", SetDigit{DigitPlace::timecode(5), SegmentDigit('?')});
    check_host_says("B0 45 00", SetDigit{DigitPlace::timecode(5), SegmentDigit('@')});
    check_host_says("B0 45 01", SetDigit{DigitPlace::timecode(5), SegmentDigit('A')});
    check_host_says("B0 45 1F", SetDigit{DigitPlace::timecode(5), SegmentDigit('_')});
}

TEST_CASE("Mackie: the two digits of the assignment display", "[M9.2]") {
    check_host_says("B0 4A 0E", SetDigit{DigitPlace::assignment(0), SegmentDigit('N')});
    check_host_says("B0 4B 10", SetDigit{DigitPlace::assignment(1), SegmentDigit('P')});
    check_unusable_from_host("B0 4C 10", Unusable::unknown_message);
}

TEST_CASE("Mackie: a digit's dot", "[M9.4]") {
    check_host_says("B0 43 71", SetDigit{DigitPlace::timecode(3), SegmentDigit('1', true)});
    check_host_says("B0 43 41", SetDigit{DigitPlace::timecode(3), SegmentDigit('A', true)});
    check_host_says("B0 43 60", SetDigit{DigitPlace::timecode(3), SegmentDigit(' ', true)});
}

TEST_CASE("Mackie: digits come on the first channel or the last", "[M9.5]") {
    check_host_says("BF 40 35", SetDigit{DigitPlace::timecode(0), SegmentDigit('5'), DigitChannel::last});
    check_host_says("BF 4B 10", SetDigit{DigitPlace::assignment(1), SegmentDigit('P'), DigitChannel::last});
    check_unusable_from_host("B1 40 35", Unusable::unknown_message);
}
