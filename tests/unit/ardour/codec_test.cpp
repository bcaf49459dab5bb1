#include "ardour/ardour_codec.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <string_view>

using namespace kedge;
using namespace kedge::ardour;

TEST_CASE("a strip's path is taken apart") {
    struct Row {
        std::string_view path;
        StripWord word;
        std::int32_t ssid;
    };
    const Row rows[] = {
        {"gain/3", StripWord::gain, 3},
        {"trimdB/12", StripWord::trim, 12},
        {"pan_stereo_position/512", StripWord::pan, 512},
        {"pan_stereo_position", StripWord::pan, 0},
        {"mute/1", StripWord::mute, 1},
        {"solo/1", StripWord::solo, 1},
        {"meter/100000", StripWord::meter, 100'000},
        {"name/4", StripWord::name, 4},
        {"group/4", StripWord::group, 4},
        {"hide/4", StripWord::hide, 4},
        {"list", StripWord::list, 0},
        {"gain/automation/3", StripWord::gain_automation, 3},
        {"trimdB/automation/3", StripWord::trim_automation, 3},
        {"pan_stereo_position/automation/3", StripWord::pan_automation, 3},
        {"mute/automation/3", StripWord::mute_automation, 3},
        {"gain/automation_name/3", StripWord::known, 0},
        {"select/3", StripWord::known, 0},
        {"recenable/3", StripWord::known, 0},
        {"gain", StripWord::gain, 0},
        {"mute", StripWord::mute, 0},
        {"gain/automation", StripWord::gain_automation, 0},
        // Numbers that no strip has.
        {"gain/0", StripWord::gain, -1},
        {"gain/-1", StripWord::gain, -1},
        {"gain/100001", StripWord::gain, -1},
        // Nothing that we know.
        {"meter/automation/3", StripWord::unknown, 3},
        {"gain/wobble/3", StripWord::unknown, 0},
        {"wobble/3", StripWord::unknown, 0},
        {"GAIN/3", StripWord::unknown, 0},
        {"gain/3x", StripWord::unknown, 0},
        {"gain/99999999999999999999", StripWord::unknown, 0},
        {"", StripWord::unknown, 0},
    };
    for (const Row& row : rows) {
        CAPTURE(row.path);
        const StripPath parsed = parse_strip_path(row.path);
        CHECK(parsed.word == row.word);
        CHECK(parsed.ssid == row.ssid);
    }
}

TEST_CASE("a strip's number") {
    CHECK(strip_number("1") == 1);
    CHECK(strip_number("512") == 512);
    CHECK(strip_number("100000") == 100'000);
    CHECK(strip_number("007") == 7);
    // Numbers that no strip has.
    CHECK(strip_number("0") == -1);
    CHECK(strip_number("-3") == -1);
    CHECK(strip_number("100001") == -1);
    CHECK(strip_number("999999999999999999") == -1);
    // No numbers.
    CHECK(strip_number("") == 0);
    CHECK(strip_number("-") == 0);
    CHECK(strip_number("+3") == 0);
    CHECK(strip_number("3/") == 0);
    CHECK(strip_number("3.0") == 0);
    CHECK(strip_number("1000000000000000000") == 0);
}

TEST_CASE("levels cross the wire both ways, silence as what Ardour writes for it") {
    CHECK(level_from_wire(0.0) == 0_dB);
    CHECK(level_from_wire(-12.5) == -12.5_dB);
    CHECK(level_from_wire(-193.0).is_silence());
    CHECK(level_from_wire(-200.0).is_silence());
    CHECK(level_from_wire(-std::numeric_limits<double>::infinity()).is_silence());
    CHECK_FALSE(level_from_wire(-150.0).is_silence());
    CHECK(level_to_wire(Decibels::silence()) == -200.0F);
    CHECK(level_from_wire(static_cast<double>(level_to_wire(Decibels::silence()))).is_silence());
    for (double db = -150.0; db <= 20.0; db += 0.7) {
        CAPTURE(db);
        CHECK(level_from_wire(static_cast<double>(level_to_wire(Decibels(db)))).db() ==
              Approx(db).margin(1e-4));
    }
}

TEST_CASE("on the wire zero is right and one is left") {
    CHECK(pan_from_wire(0.0) == Pan::right());
    CHECK(pan_from_wire(0.5) == Pan::centre());
    CHECK(pan_from_wire(1.0) == Pan::left());
    CHECK(pan_to_wire(Pan::right()) == 0.0F);
    CHECK(pan_to_wire(Pan::centre()) == 0.5F);
    CHECK(pan_to_wire(Pan::left()) == 1.0F);
    for (double position = -1.0; position <= 1.0; position += 0.03) {
        CAPTURE(position);
        CHECK(pan_from_wire(static_cast<double>(pan_to_wire(Pan(position)))).position() ==
              Approx(position).margin(1e-6));
    }
}

TEST_CASE("strip types of the list") {
    CHECK(kind_from_wire("AT") == StripKind::audio_track);
    CHECK(kind_from_wire("MT") == StripKind::midi_track);
    CHECK(kind_from_wire("B") == StripKind::audio_bus);
    CHECK(kind_from_wire("MB") == StripKind::midi_bus);
    CHECK(kind_from_wire("V") == StripKind::vca);
    CHECK(kind_from_wire("MA") == StripKind::master);
    CHECK(kind_from_wire("MO") == StripKind::monitor);
    CHECK(kind_from_wire("FB") == StripKind::foldback);
    CHECK_FALSE(kind_from_wire("XX"));
    CHECK_FALSE(kind_from_wire(""));
    CHECK_FALSE(kind_from_wire("at"));
}

TEST_CASE("what is sent is what Ardour reads") {
    CHECK(set_surface(575, 17599) ==
          osc::encode("/set_surface", {std::int32_t{0}, std::int32_t{575}, std::int32_t{17599},
                                       std::int32_t{0}, std::int32_t{0}, std::int32_t{0}, std::int32_t{0}}));
    CHECK(set_control(3, Control::fader, -6_dB) == osc::encode("/strip/gain/03", {-6.0F}));
    CHECK(set_control(3, Control::fader, Decibels::silence()) == osc::encode("/strip/gain/03", {-200.0F}));
    CHECK(set_control(4, Control::trim, 2.5_dB) == osc::encode("/strip/trimdB/04", {2.5F}));
    CHECK(set_control(5, Control::pan, Pan::left()) == osc::encode("/strip/pan_stereo_position/05", {1.0F}));
    CHECK(set_control(6, Control::mute, Mute::muted) == osc::encode("/strip/mute/06", {std::int32_t{1}}));
    CHECK(set_control(6, Control::mute, Mute::open) == osc::encode("/strip/mute/06", {std::int32_t{0}}));
    CHECK(query_control(7, Control::pan, Spelling{2}) == osc::encode("/strip/pan_stereo_position/007"));
    CHECK(query_control(8, Control::trim, Spelling{3}) == osc::encode("/strip/trimdB/0008"));
}

TEST_CASE("A bar is read from Ardour's three fields, and from nothing else") {
    CHECK(bar_from_wire("001|01|0000") == BarBeat{1, 1});
    CHECK(bar_from_wire("1234|12|1919") == BarBeat{1234, 12});
    CHECK(bar_from_wire("-02|04|0000") == BarBeat{-2, 4});
    for (const char* text : {"", "|", "1|", "1|2", "1|2x|0", "x|1|0", "1|0|0", "1|-1|0", "2000000|1|0",
                             "99999999999|1|0", "001 01 0000"}) {
        CAPTURE(text);
        CHECK_FALSE(bar_from_wire(text));
    }
}
