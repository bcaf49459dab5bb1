#include "mackie/lcd.hpp"
#include "mackie/segments.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace kedge;
using namespace kedge::mackie;

TEST_CASE("An LCD shows what was written where, and is blank elsewhere") {
    Lcd lcd;
    CHECK(lcd.line(LcdLine::upper) == std::string(56, ' '));
    CHECK(lcd.line(LcdLine::lower) == std::string(56, ' '));

    CHECK(lcd.write({LcdLine::upper, Slot(1)}, DisplayText::from_utf8("Bass DI")) == 0);
    CHECK(lcd.cell(LcdLine::upper, Slot(0)) == "       ");
    CHECK(lcd.cell(LcdLine::upper, Slot(1)) == "Bass DI");
    CHECK(lcd.cell(LcdLine::upper, Slot(2)) == "       ");
    CHECK(lcd.write({LcdLine::upper, Slot(1)}, DisplayText::from_utf8("Keys")) == 0);
    CHECK(lcd.cell(LcdLine::upper, Slot(1)) == "Keys DI");
    CHECK(lcd.cell(LcdLine::lower, Slot(1)) == "       ");
}

TEST_CASE("A text runs from the upper line of an LCD into the lower, and ends at its end") {
    Lcd lcd;
    CHECK(lcd.write({LcdLine::upper, Slot(7)}, DisplayText::from_utf8("1234567890")) == 0);
    CHECK(lcd.cell(LcdLine::upper, Slot(7)) == "1234567");
    CHECK(lcd.cell(LcdLine::lower, Slot(0)) == "890    ");
    CHECK(lcd.write({LcdLine::lower, Slot(7)}, DisplayText::from_utf8("1234567890")) == 3);
    CHECK(lcd.cell(LcdLine::lower, Slot(7)) == "1234567");
    CHECK(lcd.cell(LcdLine::upper, Slot(0)) == "       ");
}

TEST_CASE("Text for a display: a question mark for each character that it has not") {
    CHECK(DisplayText::from_utf8("Kick In").ascii() == "Kick In");
    CHECK(DisplayText::from_utf8("Fl\xC3\xB6te \xE2\x99\xAB").ascii() == "Fl?te ?");
    CHECK(DisplayText::from_utf8("a\tb\x7F").ascii() == "a?b?");
    CHECK(DisplayText::from_utf8("").characters().empty());
}

TEST_CASE("A digit shows what it can") {
    CHECK(SegmentDigit('n') == SegmentDigit('N'));
    CHECK(SegmentDigit('_').character() == '_');
    CHECK(SegmentDigit('{').character() == ' ');
    CHECK(SegmentDigit('\t').character() == ' ');
    CHECK(SegmentDigit('\xE4').character() == ' ');
}

TEST_CASE("The 7-segment display is read from the left") {
    SegmentDisplay display;
    CHECK(display.timecode() == std::string(10, ' '));
    CHECK(display.assignment() == "  ");
    display.show(DigitPlace::timecode(9), SegmentDigit('1'));
    display.show(DigitPlace::timecode(7), SegmentDigit('2', true));
    display.show(DigitPlace::timecode(0), SegmentDigit('4'));
    CHECK(display.timecode() == "1 2.      4");
    display.show(DigitPlace::assignment(1), SegmentDigit('P'));
    display.show(DigitPlace::assignment(0), SegmentDigit('N', true));
    CHECK(display.assignment() == "PN.");
}
