#include "reaper/pattern_file.hpp"
#include "support/catch.hpp"
#include "unit/reaper/stock_file.hpp"

using namespace kedge::reaper;
using namespace kedge::test;

namespace {

/// What an address stands for, as "TRACK_VOLUME f/track/@/volume/db [3]"; several are parted by " | ".
std::string meaning(const PatternFile& file, std::string_view address) {
    std::string words;
    for (const Matched& matched : PatternIndex(file).match(address)) {
        const PatternsOfKey& key = file.keys()[matched.key];
        const Pattern& pattern = key.patterns[matched.pattern];
        words += (words.empty() ? "" : " | ") + key.key + " " + letter(pattern.flag) + pattern.address;
        for (const auto& numbers : matched.numbers) {
            words += " [";
            for (const int number : numbers)
                words += (words.back() == '[' ? "" : ",") + std::to_string(number);
            words += "]";
        }
        if (!matched.command.empty()) words += " " + matched.command;
    }
    return words;
}

struct MeaningRow {
    std::string_view address;
    std::string_view means;
};

void check_stock_meanings(std::span<const MeaningRow> rows) {
    for (const MeaningRow& row : rows) {
        CAPTURE(row.address);
        CHECK(meaning(stock_file(), row.address) == row.means);
    }
}

/// Whether the address fits this one pattern of an action, and with which numbers: "3 4,5"; "no" if not.
std::string fit(std::string_view pattern, std::string_view address) {
    const auto file = PatternFile::read("ACTION \"t" + std::string(pattern) + "\"");
    REQUIRE(file.ignored().empty());
    const auto matches = PatternIndex(file).match(address);
    if (matches.empty()) return "no";
    std::string words;
    for (const auto& numbers : matches[0].numbers) {
        if (!words.empty()) words += ' ';
        for (std::size_t i = 0; i < numbers.size(); ++i) words += (i ? "," : "") + std::to_string(numbers[i]);
    }
    return words + matches[0].command;
}

struct FitRow {
    std::string_view pattern;
    std::string_view address;
    std::string_view fits;
};

void check_fits(std::span<const FitRow> rows) {
    for (const FitRow& row : rows) {
        CAPTURE(row.pattern, row.address);
        CHECK(fit(row.pattern, row.address) == row.fits);
    }
}

}  // namespace

TEST_CASE("Stock addresses mean what they should", "[R2.16][R2.17][R3.19]") {
    const MeaningRow rows[] = {
        {"/track/volume", "TRACK_VOLUME n/track/volume"},
        {"/track/3/volume", "TRACK_VOLUME n/track/@/volume [3]"},
        {"/track/3/volume/db", "TRACK_VOLUME f/track/@/volume/db [3]"},
        {"/track/0/volume/db", "TRACK_VOLUME f/track/@/volume/db [0]"},
        {"/track/12/mute/toggle", "TRACK_MUTE t/track/@/mute/toggle [12]"},
        {"/track/3/volume/touch", "TRACK_VOLUME_TOUCH b/track/@/volume/touch [3]"},
        {"/track/3/send/4/volume/str", "TRACK_SEND_VOLUME s/track/@/send/@/volume/str [3] [4]"},
        {"/track/send/4/pan", "TRACK_SEND_PAN n/track/send/@/pan [4]"},
        {"/track/3/fx/1,2,5/fxparam/6,7,7/value",
         "FX_PARAM_VALUE n/track/@/fx/@/fxparam/@/value [3] [1,2,5] [6,7,7]"},
        {"/fxeq/band/0/gain/db", "FX_EQ_BAND_GAIN f/fxeq/band/@/gain/db [0]"},
        {"/fx/last_touched/name", "LAST_TOUCHED_FX_NAME s/fx/last_touched/name"},
        {"/marker/7", "GOTO_MARKER t/marker/@ [7]"},
        {"/marker/7/time", "MARKER_TIME f/marker/@/time [7]"},
        {"/vkb_midi/15/note/60",
         "VKB_MIDI_NOTE i/vkb_midi/@/note/@ [15] [60] | "
         "VKB_MIDI_NOTE f/vkb_midi/@/note/@ [15] [60]"},
        {"/device/track/+", "DEVICE_NEXT_TRACK t/device/track/+"},
        {"/device/track/bank/select/2", "DEVICE_TRACK_BANK_SELECT t/device/track/bank/select/@ [2]"},
        {"/fx/preset-", "FX_PREV_PRESET t/fx/preset-"},
        {"/time", "TIME f/time"},
    };
    check_stock_meanings(rows);
}

TEST_CASE("An address may stand for several keys, in the order of the file") {
    const MeaningRow rows[] = {
        {"/scroll/x", "SCROLL_X- r/scroll/x | SCROLL_X+ r/scroll/x"},
        {"/track/2/monitor", "TRACK_MONITOR b/track/@/monitor [2] | TRACK_MONITOR i/track/@/monitor [2]"},
    };
    check_stock_meanings(rows);
    const auto file = PatternFile::read("PLAY t/x\nSTOP t/@ t/x\nPAUSE t/?\nPLAY t/*\n");
    CHECK(meaning(file, "/x") == "PLAY t/x | STOP t/x | PAUSE t/? | PLAY t/*");
    CHECK(meaning(file, "/5") == "STOP t/@ [5] | PAUSE t/? | PLAY t/*");
}

TEST_CASE("Actions: numbers, lists and named commands", "[R2.20]") {
    const MeaningRow rows[] = {
        {"/action", "ACTION i/action"},
        {"/action/str", "ACTION s/action/str"},
        {"/action/40029", "ACTION t/action/@ [40029]"},
        {"/action/40029,40030", "ACTION t/action/@ [40029,40030]"},
        {"/action/_SWS_ABOUT", "ACTION t/action/@ [] _SWS_ABOUT"},
        {"/action/_RS0123456789abcdef0123456789abcdef01234567",
         "ACTION t/action/@ [] _RS0123456789abcdef0123456789abcdef01234567"},
        {"/action/_SWS_ABOUT,40029", "ACTION t/action/@ [] _SWS_ABOUT,40029"},
        {"/action/40029,_SWS_ABOUT", "ACTION t/action/@ [] 40029,_SWS_ABOUT"},
        {"/action/_RS01/cc", "ACTION f/action/@/cc [] _RS01"},
        {"/action/_RS01/cc/soft", "ACTION_SOFT f/action/@/cc/soft [] _RS01"},
        {"/action/_RS01/cc/relative", "ACTION_RELATIVE f/action/@/cc/relative [] _RS01"},
        {"/midiaction/_RS01", "MIDIACTION t/midiaction/@ [] _RS01"},
        {"/midilistaction/_RS01", "MIDILISTACTION t/midilistaction/@ [] _RS01"},
        {"/action/_", ""},
        {"/action/_RS-01", ""},
        {"/action/SWS_ABOUT", ""},
        {"/track/_RS01/volume", ""},
    };
    check_stock_meanings(rows);
}

TEST_CASE("What no pattern fits stands for nothing") {
    const MeaningRow rows[] = {
        {"", ""},
        {"/", ""},
        {"//", ""},
        {"track/volume", ""},
        {"/track", ""},
        {"/track/", ""},
        {"/track/volume/", ""},
        {"/track/volumes", ""},
        {"/Track/volume", ""},
        {"/track/3", ""},
        {"/track/3/", ""},
        {"/track/-1/volume", ""},
        {"/track/+1/volume", ""},
        {"/track/3x/volume", ""},
        {"/track/x3/volume", ""},
        {"/track/3,/volume", ""},
        {"/track/3 /volume", ""},
        {"/track/3.0/volume", ""},
        {"/track/2147483648/volume", ""},
        {"/track/99999999999999999999/volume", ""},
        {"/track/@/volume", ""},
        {"/track/*/volume", ""},
        {"/track/?/volume", ""},
        {"/marker/", ""},
        {"#bundle", ""},
    };
    check_stock_meanings(rows);
    CHECK(meaning(stock_file(), "/track/2147483647/volume") == "TRACK_VOLUME n/track/@/volume [2147483647]");
    CHECK(meaning(stock_file(), std::string_view("/track/volume\0", 14)).empty());
}

TEST_CASE("'@' is a number or a list of them; touching ones have a digit each", "[R2.16][R2.17][R2.18]") {
    const FitRow rows[] = {
        {"/a/@", "/a/7", "7"},
        {"/a/@", "/a/007", "7"},
        {"/a/@", "/a/", "no"},
        {"/a/@/b", "/a//b", "0"},
        {"/a/@/b", "/a/,3/b", "0,3"},
        {"/a/@b", "/a/7b", "7"},
        {"/a/@b", "/a/b", "0"},
        {"/a@b/c", "/a12b/c", "12"},
        {"/a/@-@", "/a/3-4", "3 4"},
        {"/a/@,@", "/a/3,4", "no"},
        {"/a/@", "/a/1,2,5", "1,2,5"},
        {"/a/@/@", "/a/1,2/3", "1,2 3"},
        {"/a/@/@", "/a/1,2/3,4", "1,2 3,4"},
        {"/a/@/@", "/a/1,2/3,4,5", "no"},
        {"/a/@", "/a/1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16"},
        {"/a/@", "/a/1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17", "no"},
        // The first digit is the innermost number: REAPER has them so.
        {"/a/@@", "/a/34", "4 3"},
        {"/a/@@", "/a/312", "12 3"},
        {"/a/@@", "/a/31,2", "1,2 3"},
        {"/a/@@@/b", "/a/345/b", "5 4 3"},
        {"/a/@@/b", "/a/3/b", "0 3"},
        {"/a/@@", "/a/x", "no"},
        {"/a/@/@@", "/a/7/34", "7 3 4"},
    };
    check_fits(rows);
}

TEST_CASE("'*' and '?' in a pattern", "[R2.19]") {
    const FitRow rows[] = {
        {"/a/?/c", "/a/b/c", ""},
        {"/a/?/c", "/a//c", "no"},
        {"/a/?c", "/a/bc", ""},
        {"/a?c", "/a/c", ""},
        {"/a/?", "/a/", "no"},
        {"/a/*", "/a/b", ""},
        {"/a/*", "/a/b/c/d", ""},
        {"/a/*", "/a/", "no"},
        {"/a/*", "/b/a", "no"},
        {"/*", "/anything/at/all", ""},
        {"/a/*/c", "/a/b/c", ""},
        {"/a/*/c", "/a//c", ""},
        {"/a/*/c", "/a/b/b/c", "no"},
        {"/a/*d/c", "/a/bd/c", ""},
        {"/a/*d/c", "/a/d/c", ""},
        {"/a/*d/c", "/a/de/c", "no"},
        {"/a/x*d/c", "/a/xyzd/c", ""},
        {"/a/x*d/c", "/a/yzd/c", "no"},
        {"/a/x*", "/a/xyz/c", ""},
        {"/a/*/@", "/a/b/5", "5"},
        {"/a/@/*/@", "/a/4/b/5", "4 5"},
        {"/a/@/?/@", "/a/4/b/5,6", "4 5,6"},
        // Behind a '*' nothing else is special in its component.
        {"/a/*b*/c", "/a/xb*/c", ""},
        {"/a/*b*/c", "/a/xby/c", "no"},
    };
    check_fits(rows);
}
