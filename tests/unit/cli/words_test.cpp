#include "cli/anchor_words.hpp"
#include "cli/ardour_settings.hpp"
#include "cli/json_out.hpp"
#include "cli/nearest_word.hpp"
#include "cli/progress_bar.hpp"
#include "cli/settings.hpp"
#include "cli/text_table.hpp"
#include "cli/time_words.hpp"
#include "support/catch.hpp"

#include <array>
#include <chrono>
#include <sstream>

using namespace kedge;
using namespace kedge::cli;
using namespace std::chrono_literals;

TEST_CASE("times as people write them") {
    const std::vector<std::pair<std::string, Duration>> times = {
        {"0", 0s},       {"45", 45s},      {"45s", 45s},   {"2m", 120s},
        {"1:30", 90s},   {"1m30", 90s},    {"1m30s", 90s}, {"1:05.5", 65500ms},
        {"0.25", 250ms}, {"90:00", 5400s}, {"1440m", 24h}, {"00:00", 0s}};
    for (const auto& [text, span] : times) {
        INFO(text);
        const auto parsed = parse_span(text);
        REQUIRE(parsed);
        CHECK(*parsed == span);
    }
}

TEST_CASE("what is no time says how times are written") {
    for (const std::string text : {"",      " ",
                                   "soon",  "-1",
                                   "+1",    "1:",
                                   ":30",   "1:60",
                                   "1:2:3", "1m60",
                                   "30x",   "1 s",
                                   "45 ",   " 45",
                                   "1e3",   "nan",
                                   "inf",   "0x10",
                                   "86401", "1:30m",
                                   "1.2.3", "99999999999999999999999999"}) {
        INFO("'" << text << "'");
        const auto parsed = parse_span(text);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().kind == ErrorKind::usage);
        CHECK_THAT(parsed.error().next, Catch::Contains("1:30"));
    }
}

TEST_CASE("the nearest word takes the fewest slips of the finger") {
    constexpr std::array<std::string_view, 5> known = {"mix", "strips", "status", "show", "sim"};
    CHECK(nearest_word("mixx", known) == "mix");
    CHECK(nearest_word("imx", known) == "mix");
    CHECK(nearest_word("stauts", known) == "status");
    CHECK(nearest_word("strip", known) == "strips");
    CHECK(nearest_word("", known) == "mix");
    CHECK(nearest_word(std::string(1'000'000, 's'), known) != "");
}

TEST_CASE("--anchor is a role, or a strip of this mixer, or an error that names the nearest") {
    MixerState mixer;
    Strip strip;
    strip.name.name = "Dark Gtr";
    mixer.strips.push_back(strip);
    const auto role = anchor_wish("snare", mixer);
    REQUIRE(role);
    CHECK(role->role == Role::snare);
    CHECK_FALSE(role->strip);
    const auto named = anchor_wish("Dark Gtr", mixer);
    REQUIRE(named);
    CHECK(named->strip == "Dark Gtr");
    CHECK_FALSE(named->role);
    const auto neither = anchor_wish("Dork Gtr", mixer);
    REQUIRE_FALSE(neither);
    CHECK(neither.error().kind == ErrorKind::usage);
    CHECK_THAT(neither.error().next, Catch::Contains("'Dark Gtr'") && Catch::Contains("kedge strips"));
}

TEST_CASE("text becomes UTF-8 whatever the bytes, and UTF-8 stays as it is") {
    const std::string good = "Ges\xC3\xA4nge \xE2\x80\xA6 \xF0\x9F\xA5\x81";
    CHECK(valid_utf8(good) == good);
    const std::string no = "\xEF\xBF\xBD";
    CHECK(valid_utf8("a\xFFz") == "a" + no + "z");
    CHECK(valid_utf8("\xC3") == no);
    CHECK(valid_utf8("\xE2\x80") == no + no);                    // cut off
    CHECK(valid_utf8("\xC0\xAF") == no + no);                    // overlong
    CHECK(valid_utf8("\xED\xA0\x80") == no + no + no);           // a surrogate
    CHECK(valid_utf8("\xF4\x90\x80\x80") == no + no + no + no);  // beyond U+10FFFF
    CHECK(valid_utf8("\xE4L") == no + "L");
}

TEST_CASE("progress is told once work lasts over a second: a line for every tenth where no terminal is") {
    std::ostringstream out;
    ProgressBar bar(out, false);
    bar.show({"connecting", 0.0}, 0ms);
    bar.show({"connecting", 0.0}, 999ms);
    CHECK(out.str().empty());
    bar.show({"listening 0:01.0 of 0:45.2", 0.02}, 1s);
    bar.show({"listening 0:01.1 of 0:45.2", 0.03}, 1100ms);
    CHECK(out.str() == "kedge: listening 0:01.0 of 0:45.2 (0 %)\n");
    bar.show({"listening 0:10.0 of 0:45.2", 0.22}, 10s);
    bar.show({"applying 1 of 9 moves", 2.0}, 11s);
    CHECK_THAT(out.str(), Catch::Contains("0:45.2 (20 %)\n") && Catch::EndsWith("moves (100 %)\n"));
    bar.clear();
    CHECK_THAT(out.str(), Catch::EndsWith("moves (100 %)\n"));
}

TEST_CASE("on a terminal the bar stays on its line and is taken away") {
    std::ostringstream out;
    ProgressBar bar(out, true);
    bar.clear();
    bar.show({"connecting", 0.0}, 100ms);
    CHECK(out.str().empty());
    bar.show({"listening", 0.5}, 2s);
    CHECK_THAT(out.str(), Catch::StartsWith("\r[###############...............] listening"));
    CHECK_THAT(out.str(), !Catch::Contains("\n"));
    bar.clear();
    CHECK_THAT(out.str(), Catch::EndsWith("\r"));
}

TEST_CASE("what is said takes the bar off, stands in a line of its own, and stays") {
    std::ostringstream screen;
    ProgressBar bar(screen, true);
    bar.say("kick: Kick In");
    bar.show({"rebuilding: kick", 0.1}, 2s);
    CHECK_THAT(screen.str(), Catch::StartsWith("kedge: kick: Kick In\n\r[###"));
    bar.say("drums: Snare");
    bar.show({"rebuilding: drums", 0.2}, 3s);
    CHECK_THAT(screen.str(), Catch::Contains("\rkedge: drums: Snare\n\r["));
}

TEST_CASE("each kind of error has the exit code that is promised") {
    CHECK(exit_code(ErrorKind::refused) == 1);
    CHECK(exit_code(ErrorKind::storage) == 1);
    CHECK(exit_code(ErrorKind::interrupted) == 1);
    CHECK(exit_code(ErrorKind::usage) == 2);
    CHECK(exit_code(ErrorKind::no_daw) == 3);
    CHECK(exit_code(ErrorKind::rolled_back) == 4);
    CHECK(exit_code(ErrorKind::conflict) == 5);
}

TEST_CASE("a table's columns are as wide as their widest cell, counted in characters") {
    TextTable table({"STRIP", "ROLE"});
    CHECK(table.empty());
    table.add({"Ges\xC3\xA4nge", "pad"});
    table.add({"BD", ""});
    CHECK(table.text() == "STRIP    ROLE\nGes\xC3\xA4nge  pad\nBD\n");
}

TEST_CASE("Ardour's settings say whether OSC is on, and where") {
    const auto on = read_ardour_settings("config",
                                         "<Option name=\"osc-port\" value=\"3820\"/>\n"
                                         "<Protocol active=\"1\" name=\"Open Sound Control (OSC)\"/>");
    CHECK(on.osc_enabled);
    CHECK_THAT(on.words, Catch::Contains("3820"));
    CHECK(on.next.empty());
    const std::vector<std::string> turned_off = {
        "", "not XML at all", "<Protocol name=\"Open Sound Control (OSC)\" active=\"0\"/>",
        "<Protocol name=\"Mackie\" active=\"1\"/><Protocol name=\"Open Sound Control (OSC)\"/>"};
    for (const auto& text : turned_off) {
        INFO(text);
        const auto off = read_ardour_settings("config", text);
        CHECK_FALSE(off.osc_enabled);
        CHECK_THAT(off.next, Catch::Contains("Control Surfaces"));
    }
}
