#include "reaper/fader_words.hpp"

#include "support/catch.hpp"

#include <random>
#include <string>

#include <fmt/format.h>

using namespace kedge;
using namespace kedge::reaper;
using namespace std::chrono_literals;

namespace {

FaderWords played(std::string mode, std::vector<PointWords> points) {
    FaderWords words{std::move(mode), "0.5", {}};
    words.envelope = {true, true, false, true, "0", 0, std::move(points)};
    return words;
}

std::string kind(const FaderWords& words) {
    const auto line = line_from(words);
    REQUIRE(line);
    return line->native.substr(0, line->native.find(' '));
}

FaderWords random_words(std::mt19937_64& random) {
    const auto unit = [&] { return std::uniform_real_distribution(0.0, 1.0)(random); };
    const std::vector<std::string> modes = {"trim", "read", "write", "touch", "latch", "latch-preview"};
    FaderWords words{modes[random() % modes.size()], fmt::format("{:.17g}", 2 * unit()), {}};
    if (random() % 5 == 0) return words;
    EnvelopeWords& envelope = words.envelope;
    envelope.exists = true;
    envelope.active = random() % 3 != 0;
    envelope.visible = random() % 2 == 0;
    envelope.armed = random() % 2 == 0;
    envelope.scaling = random() % 2 == 0 ? "0" : "1";
    envelope.items = static_cast<int>(random() % 3);
    double at = 0.0;
    for (auto points = random() % 20; points > 0; --points) {
        if (random() % 4 != 0) at += 100 * unit();
        envelope.points.push_back({fmt::format("{:.17g}", at), fmt::format("{:.17g}", 2 * unit()),
                                   std::to_string(random() % 6), fmt::format("{:.17g}", unit() - 0.5),
                                   fmt::format("{:.17g}", 1000 * unit())});
    }
    return words;
}

}  // namespace

TEST_CASE("whatever REAPER has of a fader is written back as it was read, to the last bit") {
    const unsigned seed = 20;
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    for (int i = 0; i < 2'000; ++i) {
        const FaderWords words = random_words(random);
        const auto line = line_from(words);
        REQUIRE(line);
        for (std::size_t k = 1; k < line->points.size(); ++k)
            REQUIRE(line->points[k - 1].at < line->points[k].at);
        const auto back = words_for(*line);
        REQUIRE(back);
        REQUIRE(*back == words);
    }
}

TEST_CASE("a line is plain where points and mode say all that is heard") {
    const PointWords straight{"1", "0.5", "0", "0", "0.5"};
    CHECK(kind(played("read", {straight})) == "plain");
    CHECK(kind(played("trim", {})) == "plain");
    CHECK(kind(played("trim", {straight})) == "shaped");  // it plays, and the fader works on top
    CHECK(kind(played("latch-preview", {straight})) == "shaped");
    CHECK(kind(played("read", {{"1", "0.5", "2", "0", "0.5"}})) == "shaped");
    CHECK(kind(played("read", {straight, straight})) == "shaped");
    FaderWords items = played("read", {straight});
    items.envelope.items = 1;
    CHECK(kind(items) == "shaped");
}

TEST_CASE("an envelope that does nothing and shows nowhere is as none; one that is only turned off is kept") {
    FaderWords words{"trim", "1", {true, false, false, false, "0", 0, {{"3", "0.1", "0", "0", "0.1"}}}};
    const auto left_over = line_from(words);
    REQUIRE(left_over);
    CHECK(left_over->points.empty());
    CHECK(same_line(*left_over, FaderLine{}));
    words.envelope.visible = true;
    const auto shown = line_from(words);
    REQUIRE(shown);
    CHECK(shown->points.empty());
    CHECK_FALSE(same_line(*shown, FaderLine{}));
    CHECK(*words_for(*shown) == words);
}

TEST_CASE("a line that became another one since it was read is written by its points") {
    auto line = line_from(played("read", {{"1", "0.5", "5", "0.25", "0.5"}}));
    REQUIRE(line);
    line->points.push_back({SongTime(3s), Gain(0.75)});
    const auto words = words_for(*line);
    REQUIRE(words);
    REQUIRE(words->envelope.points.size() == 2);
    CHECK(words->envelope.points[0] == PointWords{"1.000000000", "0.5", "0", "0", "-"});
    CHECK(words->envelope.scaling == "-");
    line->native = "rubbish;;;  ;";
    CHECK(*words_for(*line) == *words);
}

TEST_CASE("what REAPER cannot hold is refused") {
    const auto refused = [](FaderLine line) { return !words_for(line).has_value(); };
    CHECK(refused({AutomationMode::manual, Gain(1.0), {{SongTime(), Gain(1.0)}}}));
    CHECK(refused({AutomationMode::play, Gain(1.0), {{SongTime(2s), Gain(1.0)}, {SongTime(1s), Gain(1.0)}}}));
    CHECK(refused({AutomationMode::play, Gain(1.0), {{SongTime(-1s), Gain(1.0)}}}));
    CHECK(refused({AutomationMode::play, Gain(1.0), {{SongTime(), Gain(1e9)}}}));
    CHECK(refused({AutomationMode::play, Gain(-0.5), {}}));
}
