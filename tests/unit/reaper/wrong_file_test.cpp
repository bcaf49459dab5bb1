#include "reaper/pattern_file.hpp"
#include "support/catch.hpp"
#include "unit/reaper/stock_file.hpp"

#include <ctime>
#include <random>

using namespace kedge::reaper;
using namespace kedge::test;

namespace {

struct WrongRow {
    std::string line;
    bool spoils_file;
    std::string_view says;
};

void check_wrong(const WrongRow& row) {
    CAPTURE(row.line);
    const auto file = PatternFile::read("PLAY t/play\n" + row.line + "\nSTOP t/stop\n");
    REQUIRE(file.ignored().size() == 1);
    CHECK(file.ignored()[0].line == 2);
    CHECK_THAT(file.ignored()[0].what, Catch::Contains(std::string(row.says)));
    CHECK(file.ignored()[0].what.ends_with('.'));
    CHECK(file.ignored()[0].spoils_file == row.spoils_file);
    CHECK(file.is_passed_over() == row.spoils_file);
    // The lines around it are read.
    CHECK(words_of(file.patterns("PLAY")) == "t/play");
    CHECK(words_of(file.patterns("STOP")) == "t/stop");
}

}  // namespace

TEST_CASE("A wrong line is told with its number and what to do", "[R2.4][R2.5][R2.6]") {
    const std::string too_long = "TRACK_PAN n/" + std::string(511, 'x');
    const WrongRow rows[] = {
        {"TRACK_VOLME n/track/@/volume", false, "no action \"TRACK_VOLME\""},
        {"track_volume n/track/@/volume", false, "no action \"track_volume\""},
        {"WOBBLE", false, "no action \"WOBBLE\""},
        {"WOBBLE x y z", false, "no action \"WOBBLE\""},
        {"n/track/@/volume", false, "no action \"n/track/@/volume\""},
        {"TRACK_VOLUME x/track/@/volume", true, "\"x\", which is no flag"},
        {"TRACK_VOLUME N/track/@/volume", true, "\"N\", which is no flag"},
        {"TRACK_VOLUME /track/@/volume", true, "\"/\", which is no flag"},
        {"TRACK_VOLUME n/track/@/volume oops", true, "\"o\", which is no flag"},
        {"TRACK_VOLUME ntrack/@/volume", true, "no / behind its flag"},
        {"TRACK_VOLUME n", true, "no / behind its flag"},
        {"TRACK_VOLUME n n/track", true, "no / behind its flag"},
        {"TRACK_VOLUME \"\"", false, "empty pattern"},
        {too_long, true, "513 characters: shorten it to 512"},
        {"TRACK_PAN n/@@@@@@@@@@@@@@@@@", false, "16 @ at most"},
        {"TRACK_PAN \"n/track/@/pan", false, "quotation mark"},
        {"TRACK_PAN n/track/@/pan # s/track/@/pan/str", false, "a line of its own"},
        {"TRACK_PAN n/track/@/pan ; s/track/@/pan/str", false, "a line of its own"},
        {std::string("TRACK_PAN n/track\0/pan", 22), false, "control character (0x00)"},
        {"TRACK_PAN n/tr\x1B[31mack", false, "control character (0x1B)"},
        {"TRACK_PAN n/track\x7F", false, "control character (0x7F)"},
        {"# " + std::string(5'000, 'x'), false, "5002 characters"},
        {"DEVICE_TRACK_COUNT many", true, "whole number"},
    };
    for (const WrongRow& row : rows) check_wrong(row);
}

TEST_CASE("The good patterns of a line with a bad one are kept") {
    const auto file = PatternFile::read("TRACK_VOLUME n/a x/b f/c # s/d");
    CHECK(words_of(file.patterns("TRACK_VOLUME")) == "n/a f/c");
    REQUIRE(file.ignored().size() == 1);
    CHECK_THAT(file.ignored()[0].what, Catch::Contains("\"x/b\""));
}

TEST_CASE("A second fault of a line may be the one that spoils the file") {
    const auto file = PatternFile::read("TRACK_VOLUME \"\" x/b");
    REQUIRE(file.ignored().size() == 1);
    CHECK(file.ignored()[0].spoils_file);
    CHECK(file.is_passed_over());
}

TEST_CASE("What is quoted in a message is short, and harmless on a terminal") {
    const auto file = PatternFile::read("\xFF\xFF" + std::string(300, 'W') + " t/x\nPLAY t/play");
    REQUIRE(file.ignored().size() == 1);
    CHECK(file.ignored()[0].what.size() < 250);
    CHECK_THAT(file.ignored()[0].what, Catch::Contains("\xEF\xBF\xBD") && Catch::Contains("…"));
}

TEST_CASE("A file that says nothing leaves REAPER with its default patterns") {
    for (const std::string_view text : {"", "\n\n", "# nothing\n", "\xEF\xBB\xBF", "BEAT\nTIME\n"}) {
        CAPTURE(text);
        const auto file = PatternFile::read(text);
        CHECK(file.is_passed_over());
        REQUIRE(file.ignored().size() == 1);
        CHECK(file.ignored()[0].line >= 1);
        CHECK_THAT(file.ignored()[0].what, Catch::Contains("default patterns"));
    }
}

TEST_CASE("A file in UTF-16 is told for what it is") {
    for (const std::string_view mark : {"\xFF\xFE", "\xFE\xFF"}) {
        const auto file = PatternFile::read(std::string(mark) + std::string("P\0L\0A\0Y\0", 8));
        REQUIRE(file.ignored().size() == 1);
        CHECK(file.ignored()[0].line == 1);
        CHECK_THAT(file.ignored()[0].what, Catch::Contains("UTF-16"));
        CHECK(file.is_passed_over());
    }
}

TEST_CASE("Ten thousand lines are read, and looked up, at once") {
    constexpr int lines = 10'000;
    const auto all = all_action_keys();
    std::string text;
    for (int i = 0; i < lines; ++i) {
        const auto key = all[static_cast<std::size_t>(i) % all.size()];
        const auto number = std::to_string(i);
        text += std::string(key) + " n/made/up/" + number + " f/made/@/" + number + "\r\n";
    }
    const auto start = std::clock();
    const auto file = PatternFile::read(text);
    const PatternIndex index(file);
    for (int i = 0; i < lines; ++i) {
        REQUIRE(index.match("/made/up/" + std::to_string(i)).size() == 1);
        REQUIRE(index.match("/made/7/" + std::to_string(i)).size() == 1);
    }
    // It is a fraction of a second; look-ups that grow with the file would take minutes.
    CHECK(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < 20.0);
    CHECK(ignored_words(file).empty());
}

TEST_CASE("Ten thousand wrong lines: the first hundred are told, and how many more there are") {
    std::string text = "PLAY t/play\n";
    for (int i = 0; i < 10'000; ++i) text += "WOBBLE_" + std::to_string(i) + " t/x\n";
    const auto file = PatternFile::read(text);
    REQUIRE(file.ignored().size() == PatternFile::most_ignored + 1);
    CHECK(file.ignored()[99].line == 101);
    CHECK(file.ignored()[100].line == 102);
    CHECK_THAT(file.ignored()[100].what, Catch::Contains("9900 more lines"));
    CHECK_FALSE(file.is_passed_over());
    const auto spoiled = PatternFile::read(text + "STOP x/stop\n");
    CHECK(spoiled.ignored().back().spoils_file);
    CHECK(spoiled.is_passed_over());
}

TEST_CASE("A file that is too large is read as far as the limit, and that is told") {
    const std::string line = "PLAY t/play/" + std::string(500, 'x') + "\n";
    std::string text;
    while (text.size() <= PatternFile::most_bytes) text += line;
    const auto file = PatternFile::read(text);
    REQUIRE(file.ignored().size() == 1);
    CHECK_THAT(file.ignored()[0].what, Catch::Contains("larger than 4 MiB"));
    const auto whole = PatternFile::most_bytes / line.size();
    CHECK(file.patterns("PLAY").size() == whole);
    CHECK(file.ignored()[0].line == static_cast<int>(whole) + 1);
}

TEST_CASE("Binary junk is told, a line at most once, and breaks nothing") {
    const unsigned seed = 20'261'122;
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> some_byte(0, 255);
    for (int round = 0; round < 50; ++round) {
        std::string junk(20'000, '\0');
        for (char& c : junk) c = static_cast<char>(some_byte(random));
        const auto file = PatternFile::read(junk);
        CHECK(file.is_passed_over());
        REQUIRE_FALSE(file.ignored().empty());
        REQUIRE(file.ignored().size() <= PatternFile::most_ignored + 1);
        for (std::size_t i = 1; i < file.ignored().size(); ++i)
            REQUIRE(file.ignored()[i - 1].line < file.ignored()[i].line);
    }
}
