#include "hui/encoder.hpp"
#include "support/catch.hpp"
#include "unit/hui/hui_frames.hpp"

#include <algorithm>
#include <string>

using namespace kedge;
using namespace kedge::hui;
using namespace kedge::test;

namespace {

ShowLabel label(int display, std::string_view text) {
    return {SmallDisplay(display), label_of(text)};
}

ShowText::Cell cell(int zone, std::string_view text) {
    return {TextZone(zone), zone_text_of(text)};
}

TimeDigit digit(int number, bool point = false) {
    return {decltype(TimeDigit::digit)(number), point};
}

std::string ten(const std::string& byte) {
    std::string text;
    for (int i = 0; i < 10; ++i) text += " " + byte;
    return text;
}

TimeDisplay display(std::string_view text) {
    const auto display = TimeDisplay::of(text);
    REQUIRE(display);
    return *display;
}

/// What is sent to have the one become the other, and that it does.
std::string change(std::string_view from, std::string_view to) {
    auto shown = display(from);
    const auto change = shown.change_to(display(to));
    if (!change) return "";
    shown.show(*change);
    CHECK(shown == display(to));
    return to_hex(bytes_of(to_midi(*change)));
}

}  // namespace

TEST_CASE("HUI: the small displays", "[H1.8][H6.1]") {
    check_host_says("F0 00 00 66 05 00 10 00 4B 69 63 6B F7", {label(0, "Kick")});
    check_host_says("F0 00 00 66 05 00 10 07 42 75 73 20 F7", {label(7, "Bus")});
    check_host_says("F0 00 00 66 05 00 10 08 50 61 6E 20 F7", {label(8, "Pan ")});
    check_to_hui_dropped("F0 00 00 66 05 00 10 09 50 61 6E 20 F7", {}, {.malformed_sysex = 1});
}

TEST_CASE("HUI: a label of three or five characters is none") {
    check_to_hui_dropped("F0 00 00 66 05 00 10 00 4B 69 63 F7", {}, {.malformed_sysex = 1});
    check_to_hui_dropped("F0 00 00 66 05 00 10 00 4B 69 63 6B 20 F7", {}, {.malformed_sysex = 1});
    check_to_hui_dropped("F0 00 00 66 05 00 10 F7", {}, {.malformed_sysex = 1});
}

TEST_CASE("HUI: characters are as in ASCII, and others are kept by their codes", "[H6.2]") {
    CHECK(in_ascii(label_of("a~ Z")) == "a~ Z");
    CHECK(in_ascii(label_of("\x1F\x7F\xC3\xBC")) == "????");
    CHECK(in_ascii(Label{midi::Data7(0), midi::Data7(0x1F), midi::Data7(0x20), midi::Data7(0x7F)}) == "?? ?");
    check_host_says("F0 00 00 66 05 00 10 01 00 1F 7E 7F F7",
                    {ShowLabel{SmallDisplay(1),
                               {midi::Data7(0), midi::Data7(0x1F), midi::Data7(0x7E), midi::Data7(0x7F)}}});
}

TEST_CASE("HUI: REAPER's names of tracks have thirteen bytes, filled up with blanks", "[H6.8]") {
    const auto bytes = bytes_of(to_midi(label(3, "B")));
    CHECK(bytes.size() == 13);
    CHECK(to_hex(bytes) == "F0 00 00 66 05 00 10 03 42 20 20 20 F7");
    CHECK(label_of("Snare") == label_of("Snar"));
}

TEST_CASE("HUI: the main display in zones of ten characters", "[H6.3]") {
    check_host_says("F0 00 00 66 05 00 12 00 30 31 32 33 34 35 36 37 38 39 F7",
                    {ShowText{{cell(0, "0123456789")}}});
    check_host_says("F0 00 00 66 05 00 12 03" + ten("41") + " 07 42 43 20 20 20 20 20 20 20 20 F7",
                    {ShowText{{cell(3, "AAAAAAAAAA"), cell(7, "BC")}}});
    check_to_hui_dropped("F0 00 00 66 05 00 12 08" + ten("41") + " F7", {}, {.malformed_sysex = 1});
}

TEST_CASE("HUI: four zones of the main display at once, more in several messages", "[H6.4]") {
    ShowText all;
    std::string upper = "F0 00 00 66 05 00 12";
    std::string lower = upper;
    for (int zone = 0; zone < TextZone::count; ++zone) {
        const std::string text(10, static_cast<char>('A' + zone));
        all.cells.push_back(cell(zone, text));
        (zone < 4 ? upper : lower) += " 0" + std::to_string(zone) + ten("4" + std::to_string(zone + 1));
    }
    const ShowText first{{all.cells.begin(), all.cells.begin() + 4}};
    const ShowText second{{all.cells.begin() + 4, all.cells.end()}};
    check_host_says(upper + " F7 " + lower + " F7", {first, second});
    CHECK(to_hex(bytes_of(to_midi(all))) == upper + " F7 " + lower + " F7");
    CHECK(to_midi(ShowText{}).empty());
    // A host that is bolder is understood.
    check_host_means(upper + lower.substr(20) + " F7", {all});
}

TEST_CASE("HUI: the main display has no codes below 10, no halves of zones and no ninth", "[H6.5]") {
    const std::string head = "F0 00 00 66 05 00 12";
    check_host_says(head + " 00" + ten("10") + " F7", {ShowText{{{TextZone(0), [] {
                                                                      ZoneText text;
                                                                      text.fill(first_main_code);
                                                                      return text;
                                                                  }()}}}});
    check_to_hui_dropped(head + " 00" + ten("0F") + " F7", {}, {.malformed_sysex = 1});
    check_to_hui_dropped(head + " 00" + ten("41") + " 01 41 F7", {}, {.malformed_sysex = 1});
    check_to_hui_dropped(head + " F7", {}, {.malformed_sysex = 1});
    std::string nine = head;
    for (int i = 0; i < 9; ++i) nine += " 00" + ten("41");
    check_to_hui_dropped(nine + " F7", {}, {.malformed_sysex = 1});
}

TEST_CASE("HUI: timecode from its right end on", "[H6.6]") {
    check_host_says("F0 00 00 66 05 00 11 05 F7", {ShowTime{{digit(5)}}});
    check_host_says("F0 00 00 66 05 00 11 0F 10 1A F7",
                    {ShowTime{{digit(15), digit(0, true), digit(10, true)}}});
    check_host_says(
        "F0 00 00 66 05 00 11 01 02 03 04 05 06 07 08 F7",
        {ShowTime{{digit(1), digit(2), digit(3), digit(4), digit(5), digit(6), digit(7), digit(8)}}});
    // The right end has no point to light.
    check_host_means("F0 00 00 66 05 00 11 15 F7", {ShowTime{{digit(5)}}});
    check_to_hui_dropped("F0 00 00 66 05 00 11 01 20 F7", {}, {.malformed_sysex = 1});
    check_to_hui_dropped("F0 00 00 66 05 00 11 F7", {}, {.malformed_sysex = 1});
    check_to_hui_dropped("F0 00 00 66 05 00 11 01 02 03 04 05 06 07 08 09 F7", {}, {.malformed_sysex = 1});
}

TEST_CASE("HUI: the timecode display is read from the left") {
    CHECK(display("").text() == "00000000");
    CHECK(display("1").text() == "00000001");
    CHECK(display("01.02.03.04").text() == "01.02.03.04");
    CHECK(display("ABCDEF12").text() == "ABCDEF12");
    for (const auto* const wrong : {"123456789", "1.", ".", "1..2", ".12", "1:2", "a", " 1"}) {
        CAPTURE(wrong);
        CHECK_FALSE(TimeDisplay::of(wrong));
    }
}

TEST_CASE("HUI: of the timecode what changed is sent, from the right on", "[H6.7]") {
    CHECK(change("01.02.03.04", "01.02.03.05") == "F0 00 00 66 05 00 11 05 F7");
    CHECK(change("01.02.03.04", "01.02.13.04") == "F0 00 00 66 05 00 11 04 00 13 01 F7");
    CHECK(change("01.02.03.04", "0102.03.04") == "F0 00 00 66 05 00 11 04 00 13 00 12 00 01 F7");
    CHECK(change("00000000", "80000000") == "F0 00 00 66 05 00 11 00 00 00 00 00 00 00 08 F7");
    CHECK(change("01.02.03.04", "01.02.03.04").empty());
}
