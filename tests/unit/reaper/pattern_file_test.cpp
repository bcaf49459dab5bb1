#include "reaper/pattern_file.hpp"

#include "support/catch.hpp"
#include "unit/reaper/stock_file.hpp"

using namespace kedge::reaper;
using namespace kedge::test;

TEST_CASE("A line is a key and its patterns", "[R2.1][R2.4]") {
    const auto file = PatternFile::read("TRACK_VOLUME n/track/volume f/track/@/volume/db\n");
    REQUIRE(file.keys().size() == 1);
    CHECK(file.keys()[0].key == "TRACK_VOLUME");
    const auto patterns = file.patterns("TRACK_VOLUME");
    REQUIRE(patterns.size() == 2);
    CHECK(patterns[0] == Pattern{Flag::normalized, "/track/volume", 0, 1});
    CHECK(patterns[1] == Pattern{Flag::raw, "/track/@/volume/db", 1, 1});
    CHECK(file.ignored().empty());
    CHECK_FALSE(file.is_passed_over());
}

TEST_CASE("Each flag is a letter, and the letter a flag", "[R2.4]") {
    struct Row {
        char letter;
        Flag flag;
    };
    const Row rows[] = {
        {'n', Flag::normalized}, {'f', Flag::raw},  {'b', Flag::boolean}, {'t', Flag::trigger},
        {'r', Flag::rotary},     {'s', Flag::text}, {'i', Flag::integer},
    };
    for (const Row& row : rows) {
        CAPTURE(row.letter);
        CHECK(letter(row.flag) == row.letter);
        CHECK(flag_from(row.letter) == row.flag);
        const auto file = PatternFile::read(std::string("SCRUB ") + row.letter + "/x");
        REQUIRE(file.patterns("SCRUB").size() == 1);
        CHECK(file.patterns("SCRUB")[0].flag == row.flag);
    }
    for (const char other : std::string_view("aNF/@ \0", 7)) CHECK_FALSE(flag_from(other));
}

TEST_CASE("A key may have several lines, apart from each other", "[R2.1]") {
    const auto file = PatternFile::read(
        "TRACK_VOLUME n/a\n"
        "PLAY t/play\n"
        "TRACK_VOLUME s/b f/c\n");
    CHECK(words_of(file.patterns("TRACK_VOLUME")) == "n/a s/b f/c");
    CHECK(file.patterns("TRACK_VOLUME")[2].line == 3);
    REQUIRE(file.keys().size() == 2);
    CHECK(file.keys()[1].key == "PLAY");
}

TEST_CASE("A key without patterns is turned off, one that is missing too", "[R2.3]") {
    const auto file = PatternFile::read("BEAT\nPLAY t/play\n");
    CHECK(file.patterns("BEAT").empty());
    REQUIRE(file.keys().size() == 2);
    CHECK(file.keys()[0].key == "BEAT");
    CHECK(file.patterns("TIME").empty());
    CHECK(file.find("TIME", Flag::raw, 0) == nullptr);
    CHECK(file.ignored().empty());
}

TEST_CASE("A pattern is found by flag and wildcards") {
    const PatternFile& file = stock_file();
    REQUIRE(file.find("TRACK_VOLUME", Flag::raw, 1));
    CHECK(file.find("TRACK_VOLUME", Flag::raw, 1)->address == "/track/@/volume/db");
    CHECK(file.find("TRACK_VOLUME", Flag::text, 0)->address == "/track/volume/str");
    CHECK(file.find("FX_PARAM_VALUE", Flag::normalized, 3)->address == "/track/@/fx/@/fxparam/@/value");
    CHECK(file.find("TRACK_VOLUME", Flag::boolean, 1) == nullptr);
    CHECK(file.find("TRACK_VOLUME", Flag::raw, 2) == nullptr);
    CHECK(file.find("NO_SUCH_KEY", Flag::raw, 0) == nullptr);
}

TEST_CASE("Every '@' is a wildcard, also where two touch") {
    const auto file = PatternFile::read("TRACK_SEND_VOLUME n/a/@@/b n/a/@/b/@ n/a");
    const auto patterns = file.patterns("TRACK_SEND_VOLUME");
    REQUIRE(patterns.size() == 3);
    CHECK(patterns[0].wildcards == 2);
    CHECK(patterns[1].wildcards == 2);
    CHECK(patterns[2].wildcards == 0);
}

TEST_CASE("Comments, empty lines, blanks and quotation marks", "[R2.2]") {
    const auto file = PatternFile::read(
        "# TRACK_NAME s/track/@/name\n"
        "   # indented\n"
        "; another way\n"
        "\n"
        " \t \n"
        "\tPLAY   t/play\t\tb/playing   \n"
        "STOP \"t/stop it\" 't/halt' `t/end`\n"
        "#PAUSE t/pause\n");
    CHECK(ignored_words(file).empty());
    CHECK(words_of(file.patterns("PLAY")) == "t/play b/playing");
    CHECK(file.patterns("PLAY")[0].line == 6);
    CHECK(words_of(file.patterns("STOP")) == "t/stop it t/halt t/end");
    CHECK(file.keys().size() == 2);
}

TEST_CASE("Every end of a line is one, and the lines are counted alike") {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const auto file =
            PatternFile::read("PLAY t/play" + end + end + "STOP t/stop" + end + "WOBBLE t/w" + end);
        CHECK(words_of(file.patterns("PLAY")) == "t/play");
        CHECK(words_of(file.patterns("STOP")) == "t/stop");
        CHECK(file.patterns("STOP")[0].line == 3);
        REQUIRE(file.ignored().size() == 1);
        CHECK(file.ignored()[0].line == 4);
    }
}

TEST_CASE("The last line needs no end, a byte order mark is no fault") {
    const auto file = PatternFile::read("\xEF\xBB\xBFPLAY t/play\r\nSTOP t/stop");
    CHECK(ignored_words(file).empty());
    CHECK(words_of(file.patterns("PLAY")) == "t/play");
    CHECK(words_of(file.patterns("STOP")) == "t/stop");
}

TEST_CASE("A minus or plus is a part of the name", "[R2.14]") {
    const auto file = PatternFile::read("SCROLL_X- b/scroll/x/-\nSCROLL_X+ b/scroll/x/+\n");
    CHECK(ignored_words(file).empty());
    CHECK(words_of(file.patterns("SCROLL_X-")) == "b/scroll/x/-");
    CHECK(words_of(file.patterns("SCROLL_X+")) == "b/scroll/x/+");
    CHECK_FALSE(is_action_key("SCROLL_X"));
}

TEST_CASE("The longest pattern has 512 characters with its flag", "[R2.5]") {
    const std::string longest = "n/" + std::string(510, 'x');
    const auto file = PatternFile::read("TRACK_VOLUME " + longest);
    CHECK(ignored_words(file).empty());
    CHECK(words_of(file.patterns("TRACK_VOLUME")) == longest);
}
