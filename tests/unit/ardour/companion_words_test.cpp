#include "ardour/companion_words.hpp"

#include "support/catch.hpp"
#include "unit/ardour/golden_frames.hpp"

#include <limits>
#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::ardour;

namespace {

constexpr SampleRate rate_of_companion{48'000};

LinePoint companion_point(std::int64_t sample, double gain) {
    return {SongTime::from_samples(sample, rate_of_companion), Gain(gain)};
}

CompanionAnswer golden_answer(const std::string& name) {
    const auto bytes = test::golden_frames("companion").at(name);
    const auto answer = companion_answer(*osc::decode_message(bytes), rate_of_companion);
    REQUIRE(answer);
    return *answer;
}

}  // namespace

TEST_CASE("A request to read names its strips, one a line") {
    const std::vector<std::string> strips = {"Lead Vox", "Grosse caisse é"};
    CHECK(read_request({17}, "My Song", strips) ==
          "kedge-companion\t1\nrequest\t17\nsession\tMy Song\nread\tLead Vox\nread\tGrosse caisse é\nend\n");
}

TEST_CASE("What would end a line or a field of a request is escaped") {
    const std::vector<std::string> strips = {"A\tB\nC%D\x7F"};
    CHECK(read_request({1}, "100% \r", strips) ==
          "kedge-companion\t1\nrequest\t1\nsession\t100%25 %0D\nread\tA%09B%0AC%25D%7F\nend\n");
}

TEST_CASE("A request to write holds every point exactly") {
    const std::vector<NamedLine> lines = {
        {"Vox",
         {AutomationMode::play, Gain(0.1), {companion_point(0, 1.0), companion_point(48'001, 1.0 / 3.0)}}},
        {"Sax", {AutomationMode::manual, Gain(0.0), {}}}};
    CHECK(write_request({2}, "S", rate_of_companion, "kedge ride", lines) ==
          "kedge-companion\t1\nrequest\t2\nsession\tS\nwrite\tkedge ride\n"
          "fader\tVox\tplay\t0.10000000000000001\npoint\t0\t1\npoint\t48001\t0.33333333333333331\n"
          "fader\tSax\tmanual\t0\nend\n");
}

TEST_CASE("Every mode has its word in a request and in an answer") {
    const std::pair<AutomationMode, std::string> modes[] = {{AutomationMode::manual, "manual"},
                                                            {AutomationMode::play, "play"},
                                                            {AutomationMode::write, "write"},
                                                            {AutomationMode::touch, "touch"},
                                                            {AutomationMode::latch, "latch"}};
    for (const auto& [mode, word] : modes) {
        CAPTURE(word);
        const std::vector<NamedLine> lines = {{"V", {mode, Gain(1.0), {}}}};
        const auto text = write_request({1}, "S", rate_of_companion, "u", lines);
        CHECK(text.find("fader\tV\t" + word + "\t1\n") != std::string::npos);
        const auto bytes =
            osc::encode("/kedge/companion/fader", {std::int32_t{1}, std::int32_t{0}, std::string_view(word),
                                                   std::string_view("1"), std::int32_t{0}});
        const auto answer = companion_answer(*osc::decode_message(bytes), rate_of_companion);
        REQUIRE(answer);
        CHECK(std::get<FaderAnswer>(*answer).mode == mode);
    }
}

TEST_CASE("The answers of the script in a real Ardour are understood") {
    const auto fader = std::get<FaderAnswer>(golden_answer("fader"));
    CHECK(fader.number == RequestNumber{7});
    CHECK(fader.place == 0);
    CHECK(fader.mode == AutomationMode::play);
    CHECK(fader.rest == Gain(0.5));
    CHECK(fader.points == 3);
    const auto points = std::get<PointsAnswer>(golden_answer("points"));
    CHECK(points.first == 0);
    CHECK(points.points ==
          std::vector{companion_point(0, 0.5), companion_point(48'000, 0.1), companion_point(48'001, 1.5)});
    const auto done = std::get<DoneAnswer>(golden_answer("done"));
    CHECK(done.number == RequestNumber{7});
    CHECK(done.strips == 1);
    const auto refused = std::get<RefusedAnswer>(golden_answer("refused"));
    CHECK(refused.number == RequestNumber{8});
    CHECK(refused.why == "Ardour has no strip 'Nobody' with a fader.");
    CHECK(refused.next == "Run the command again.");
}

TEST_CASE("To a session that asked for nothing the script's answers are counted, and harmless") {
    const auto frames = test::golden_frames("companion");
    CHECK(frames.size() == 4);
    for (const auto& [name, bytes] : frames) {
        CAPTURE(name);
        CHECK(test::as_heard(bytes) == "counted as out of range");
    }
}

TEST_CASE("A line that no fader can have is refused, and named") {
    const auto why = [](const FaderLine& line) {
        const auto good = check_line({"Vox", line}, rate_of_companion);
        return good ? std::string() : good.error().message;
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(why({AutomationMode::play, Gain(1.0), {companion_point(0, 0.0), companion_point(1, 2.0)}}).empty());
    CHECK(why({AutomationMode::play, Gain(nan), {}}) ==
          "The automation for 'Vox' has a level that no fader has.");
    CHECK_FALSE(why({AutomationMode::play, Gain(-0.1), {}}).empty());
    CHECK_FALSE(why({AutomationMode::play, Gain(1.0), {companion_point(0, 1e9)}}).empty());
    CHECK(why({AutomationMode::play, Gain(1.0), {companion_point(5, 1.0), companion_point(5, 1.0)}}) ==
          "The automation for 'Vox' has points that are not in order of time.");
    CHECK_FALSE(why({AutomationMode::play, Gain(1.0), {companion_point(-5, 1.0)}}).empty());
}
