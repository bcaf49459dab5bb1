#include "reaper/companion_words.hpp"

#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::reaper;
using namespace std::chrono_literals;

namespace {

std::map<std::string, std::string> golden_answers(const std::string& folder) {
    const auto path = std::filesystem::path(KEDGE_SOURCE_DIR) / "tests/golden/reaper/companion" / folder;
    std::map<std::string, std::string> answers;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        std::ifstream in(entry.path(), std::ios::binary);
        answers[entry.path().stem().string()] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    REQUIRE_FALSE(answers.empty());
    return answers;
}

CompanionAnswer valid_answer(const std::string& name) {
    auto answer = read_answer(golden_answers("valid").at(name));
    REQUIRE(answer);
    CHECK(answer->id == RequestId{"k5-1"});
    return std::move(*answer);
}

const ProjectKey a_project{"{B}", "/songs/100%.rpp"};
const std::string kick_guid = "{A0000000-0000-0000-0000-000000000001}";

}  // namespace

TEST_CASE("requests are as the script takes them, to the letter") {
    CHECK(identity_request({"k1-1"}) == "kedge-reaper\t1\tk1-1\nidentity\nend\n");
    CHECK(strips_request({"k1-2"}, a_project) ==
          "kedge-reaper\t1\tk1-2\nproject\t{B}\t/songs/100%25.rpp\nstrips\nend\n");
    const std::vector<TrackGuid> tracks = {{"{X}"}, {"{Y}"}};
    CHECK(read_request({"k1-3"}, a_project, tracks) ==
          "kedge-reaper\t1\tk1-3\nproject\t{B}\t/songs/100%25.rpp\nread\ntrack\t{X}\ntrack\t{Y}\nend\n");
    const FaderLine ride{
        AutomationMode::play, Gain(0.5), {{SongTime(), Gain(0.5)}, {SongTime(61s + 1ns), Gain(1.0 / 3.0)}}};
    const std::vector<GuidLine> lines = {{{"{X}"}, *words_for(ride)}, {{"{Y}"}, *words_for(FaderLine{})}};
    CHECK(write_request({"k1-4"}, a_project, "kedge: 2\trides", lines) ==
          "kedge-reaper\t1\tk1-4\nproject\t{B}\t/songs/100%25.rpp\nwrite\tkedge: 2%09rides\n"
          "fader\t{X}\tread\t0.5\t1\t1\t1\t1\t-\t0\t2\n"
          "point\t0.000000000\t0.5\t0\t0\t0\t-\npoint\t61.000000001\t0.33333333333333331\t0\t0\t0\t-\n"
          "fader\t{Y}\ttrim\t1\t0\t0\t0\t0\t-\t0\t0\nend\n");
}

TEST_CASE("a step of undo with a long name is cut where a letter ends") {
    std::string name(199, 'a');
    name += "éé";
    const auto text = write_request({"k"}, a_project, name, {});
    CHECK(text.find("write\t" + std::string(199, 'a') + "\n") != std::string::npos);
}

TEST_CASE("the script's own answers are understood") {
    const auto project = std::get<ToldProject>(valid_answer("identity").what);
    CHECK(project.key == ProjectKey{"{B0000000-0000-0000-0000-000000000001}", "/songs/one.rpp"});
    CHECK(project.name == "one.rpp");

    const auto strips = std::get<ToldStrips>(valid_answer("strips").what);
    CHECK(strips.length == SongTime(61'250ms));
    REQUIRE(strips.meters);
    CHECK(strips.meters->low == Decibels(-62.0));
    CHECK(strips.meters->high == Decibels(6.0));
    REQUIRE(strips.tracks.size() == 3);
    CHECK(strips.tracks[1].name == "Bass 100%");
    CHECK(strips.tracks[1].number == 2);
    CHECK(strips.tracks[0].guid.text == kick_guid);

    const auto refused = std::get<ToldRefusal>(valid_answer("refused").what);
    CHECK_FALSE(refused.changed);
    CHECK(refused.why == "REAPER has the project 'one.rpp' in front, not the one that is meant.");
    CHECK(refused.next == "Bring that project to the front, then run the command again.");
}

TEST_CASE("faders that the script tells are lines, and go back to it word by word") {
    const auto faders = std::get<ToldFaders>(valid_answer("read").what);
    REQUIRE(faders.size() == 3);
    const FaderLine& kick = faders[0].line;
    CHECK(kick.mode == AutomationMode::manual);
    CHECK(kick.rest == Gain(0.5));
    REQUIRE(kick.points.size() == 4);
    CHECK(kick.points[2].at == kick.points[1].at + 1ns);  // a jump
    CHECK(kick.native.starts_with("shaped 1 1 1 0 0;0 0.69999999999999996 0 0 0.69999999999999996;"));
    CHECK(faders[2].line == FaderLine{AutomationMode::manual, Gain(0.25), {}});
    std::vector<GuidLine> back;
    for (const ToldFader& each : faders) back.push_back({each.guid, *words_for(each.line)});
    const auto request = write_request({"k"}, a_project, "back", back);
    // But for what is selected.
    std::string told = golden_answers("valid").at("read");
    const std::string selected = "5\t-0.69999999999999996\t1\t";
    told.replace(told.find(selected), selected.size(), "5\t-0.69999999999999996\t0\t");
    const auto from = told.find("fader");
    CHECK(request.find(told.substr(from, told.rfind("end") - from)) != std::string::npos);
}

TEST_CASE("what was written reads back as it was meant") {
    const FaderLine meant{
        AutomationMode::play, Gain(0.25), {{SongTime(1'500ms), Gain(0.25)}, {SongTime(2s + 1ns), Gain(0.1)}}};
    for (const std::string name : {"write", "again"}) {
        const auto faders = std::get<ToldFaders>(valid_answer(name).what);
        REQUIRE(faders.size() == 1);
        CHECK(faders[0].line.points == meant.points);
        CHECK(same_line(faders[0].line, meant));
    }
}

TEST_CASE("answers that are none are errors that say where") {
    const std::map<std::string, std::string> wrong = {
        {"cut_off", "is the last, and no end"},
        {"without_end", "is the last, and no end"},
        {"wrong_count", "counts other lines than there are"},
        {"more_after_the_end", "is not the last"},
        {"another_version", "is of another version"},
        {"without_id", "has no id"},
        {"unknown_status", "has no status that is known"},
        {"nothing_told", "nothing was told"},
        {"one_point_missing", "comes before all points of a fader"},
        {"one_point_too_many", "has a point of no fader"},
        {"points_backwards", "comes after a fader that none can be"},
        {"gain_of_no_fader", "comes after a fader that none can be"},
        {"gain_nan", "comes after a fader that none can be"},
        {"shape_unknown", "comes after a fader that none can be"},
        {"mode_unknown", "that none can be"},
        {"points_without_envelope", "that none can be"},
        {"of_two_kinds", "is of another kind of answer"},
        {"number_of_track_wrong", "has the number '4'"},
        {"length_negative", "has the length '-1'"},
        {"word_unknown", "has the word 'tempi'"},
        {"refused_and_told", "is more than a refusal says"},
        {"project_without_guid", "names no project"},
        {"not_an_answer", "Line 1 of the companion script's answer is none of the companion script's"},
        {"empty", "is none of the companion script's"},
    };
    std::set<std::string> seen;
    for (const auto& [name, text] : golden_answers("invalid")) {
        CAPTURE(name);
        const auto answer = read_answer(text);
        REQUIRE_FALSE(answer);
        REQUIRE(wrong.count(name) == 1);
        CHECK(answer.error().message.find(wrong.at(name)) != std::string::npos);
        CHECK_FALSE(answer.error().next.empty());
        seen.insert(name);
    }
    CHECK(seen.size() == wrong.size());
}

TEST_CASE("every answer cut short or with a byte changed is an answer or an error, and never the whole one") {
    for (const auto& [name, text] : golden_answers("valid")) {
        CAPTURE(name);
        for (std::size_t size = 0; size < text.size(); ++size)
            CHECK_FALSE(read_answer(std::string_view(text).substr(0, size)));
        for (std::size_t at = 0; at < text.size(); ++at) {
            std::string other = text;
            for (const char letter : {'\t', '\n', '9', '\0', '-'}) {
                other[at] = letter;
                (void)read_answer(other);
            }
        }
    }
}
