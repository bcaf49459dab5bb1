#include "engine/strip_identity.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <random>
#include <set>

using namespace kedge;
using namespace kedge::engine;

namespace {

Strip mixer_strip(std::uint32_t id, const std::string& name, double fader) {
    Strip strip;
    strip.id = StripId{id};
    strip.name = {StripKind::audio_track, name, 0};
    strip.fader = Decibels(fader);
    strip.pan = Pan();
    return strip;
}

void count_twins(MixerState& mixer) {
    std::map<std::pair<StripKind, std::string>, int> seen;
    for (Strip& strip : mixer.strips) strip.name.twin = seen[{strip.name.kind, strip.name.name}]++;
}

PassEntry left_at(const std::string& name, double fader, Verdict verdict = Verdict::confirmed) {
    PassEntry entry;
    entry.strip = {StripKind::audio_track, name, 0};
    entry.before = Decibels(0.0);
    entry.after = Decibels(fader);
    entry.verdict = verdict;
    return entry;
}

Result<RecordedStrips> told_by(const std::vector<PassEntry>& entries, const MixerState& mixer) {
    Capabilities can;
    can.level_tolerance = Decibels(0.01);
    can.pan_tolerance = 0.001;
    return recognise_recorded(entries, mixer, can);
}

std::string refusal(const std::vector<PassEntry>& entries, const MixerState& mixer) {
    const auto told = told_by(entries, mixer);
    REQUIRE_FALSE(told);
    CHECK(told.error().kind == ErrorKind::refused);
    CHECK_FALSE(told.error().next.empty());
    CHECK_THAT(told.error().message, Catch::Contains("Nothing was sent."));
    return told.error().message;
}

StripName called(const std::string& name) {
    return {StripKind::audio_track, name, 0};
}

}  // namespace

TEST_CASE("recorded strips are found by kind and name, and what is gone is missing") {
    MixerState mixer;
    mixer.strips = {mixer_strip(7, "Bass", -6), mixer_strip(9, "Kick", -20)};
    const auto told =
        told_by(std::vector{left_at("Kick", -3), left_at("Bass", -6), left_at("Gone", 0)}, mixer);
    REQUIRE(told);
    CHECK(*told == RecordedStrips{{called("Bass"), StripId{7}}, {called("Kick"), StripId{9}}});
}

TEST_CASE("two tracks of one name are refused by name, now or in the record") {
    MixerState mixer;
    mixer.strips = {mixer_strip(1, "Gtr", -3), mixer_strip(2, "Gtr", -6)};
    count_twins(mixer);
    CHECK_THAT(refusal({left_at("Gtr", -3)}, mixer), Catch::Contains("2 audio tracks are called 'Gtr'"));

    mixer.strips.pop_back();
    auto second = left_at("Gtr", -3);
    second.strip.twin = 1;
    CHECK_THAT(refusal({second}, mixer), Catch::Contains("several audio tracks were called 'Gtr'"));

    // Of another kind it is no twin.
    mixer.strips.push_back(mixer_strip(2, "Gtr", -6));
    mixer.strips.back().name.kind = StripKind::midi_track;
    CHECK(told_by(std::vector{left_at("Gtr", -3)}, mixer));
}

TEST_CASE("a strip renamed while it was watched is found; its old name on another strip is told by values") {
    MixerState mixer;
    mixer.strips = {mixer_strip(1, "Bass DI", -6)};
    mixer.strips[0].former_names = {"Bass"};
    auto told = told_by(std::vector{left_at("Bass", -6)}, mixer);
    REQUIRE(told);
    CHECK(told->at(called("Bass")) == StripId{1});

    mixer.strips.push_back(mixer_strip(2, "Bass", 0));
    told = told_by(std::vector{left_at("Bass", -6)}, mixer);
    REQUIRE(told);
    CHECK(told->at(called("Bass")) == StripId{1});
    // Neither stands there, or both do: no guess.
    CHECK_THAT(refusal({left_at("Bass", -9)}, mixer),
               Catch::Contains("'Bass', 'Bass DI' have all been called"));
    mixer.strips[1].fader = Decibels(-6);
    CHECK_THAT(refusal({left_at("Bass", -6)}, mixer),
               Catch::Contains("'Bass', 'Bass DI' have all been called"));
    // What is not known to have been left there is no evidence.
    mixer.strips[1].fader = Decibels(0);
    CHECK_THAT(refusal({left_at("Bass", -6, Verdict::pending)}, mixer),
               Catch::Contains("'Bass', 'Bass DI' have all been called"));
}

TEST_CASE("two recorded strips that are one now are refused") {
    MixerState mixer;
    mixer.strips = {mixer_strip(1, "B", -6)};
    mixer.strips[0].former_names = {"A"};
    CHECK_THAT(refusal({left_at("A", -3), left_at("B", -6)}, mixer),
               Catch::Contains("'A' and 'B' of the pass are one strip now"));
}

TEST_CASE("strips that stand where the pass left one another are refused; a moved one is not doubted") {
    MixerState mixer;
    mixer.strips = {mixer_strip(1, "A", -6), mixer_strip(2, "B", -3), mixer_strip(3, "C", -9)};
    const std::vector record = {left_at("A", -3), left_at("B", -6), left_at("C", -9)};
    CHECK_THAT(refusal(record, mixer), Catch::Contains("'A', 'B'") && !Catch::Contains("'C'"));
    mixer.strips[1].fader = Decibels(-1);
    CHECK(told_by(record, mixer));
    mixer.strips[0].fader = Decibels(-3);
    CHECK(told_by(record, mixer));
}

TEST_CASE(
    "silence is evidence whatever number the DAW has for it, and a value is as exact as it reads back") {
    MixerState mixer;
    mixer.strips = {mixer_strip(1, "A", -6), mixer_strip(2, "B", -193)};
    PassEntry silenced = left_at("A", 0);
    silenced.after = Decibels::silence();
    const std::vector record = {silenced, left_at("B", -6)};
    CHECK_THAT(refusal(record, mixer), Catch::Contains("'A', 'B'"));
    // This DAW shows a difference of 0.02 dB: A does not stand where B was left.
    mixer.strips[0].fader = Decibels(-6.02);
    CHECK(told_by(record, mixer));
}

TEST_CASE("what would be done to twins is refused before it is done") {
    MixerState mixer;
    mixer.strips = {mixer_strip(1, "Gtr", -3), mixer_strip(2, "Bass", -6), mixer_strip(3, "Gtr", -6)};
    count_twins(mixer);
    CHECK(refuse_twins(std::vector{StripId{2}}, mixer));
    const auto refused = refuse_twins(std::vector{StripId{2}, StripId{3}}, mixer);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, Catch::Contains("2 audio tracks are called 'Gtr'"));
    CHECK(refuse_twins(std::vector{StripId{99}}, mixer));
}

TEST_CASE(
    "between a pass and its revert strips are reordered, inserted, deleted, renamed: right or refused") {
    int right = 0;
    int refused = 0;
    for (std::uint32_t seed = 1; seed <= 4'000; ++seed) {
        INFO("seed " << seed);
        std::mt19937 random(seed);
        const auto below = [&](int limit) { return std::uniform_int_distribution(0, limit - 1)(random); };
        MixerState mixer;
        std::vector<PassEntry> record;
        std::map<StripName, StripId> truth;
        const int count = 2 + below(6);
        std::uint32_t last = 0;
        for (int i = 0; i < count; ++i) {
            const std::string name = "S" + std::to_string(i);
            mixer.strips.push_back(mixer_strip(++last, name, -1.0 - i));
            record.push_back(left_at(name, -1.0 - i));
            truth[called(name)] = StripId{last};
        }
        const auto pick = [&]() -> Strip& {
            return mixer.strips[static_cast<std::size_t>(below(static_cast<int>(mixer.strips.size())))];
        };
        // Watched, as by a daemon: the surface tells who was renamed.
        const auto rename = [&](Strip& strip, const std::string& name) {
            if (strip.name.name != name) strip.former_names.push_back(strip.name.name);
            std::erase(strip.former_names, name);
            strip.name.name = name;
        };
        bool only_order = true;
        for (int edit = below(4); edit >= 0; --edit) {
            switch (below(6)) {
                case 0:
                    std::swap(pick(), pick());
                    break;
                case 1:
                    ++last;
                    mixer.strips.push_back(mixer_strip(last, "New " + std::to_string(last), 0));
                    break;
                case 2:
                    if (mixer.strips.size() > 1) mixer.strips.erase(mixer.strips.begin());
                    break;
                case 3:
                    only_order = false;
                    rename(pick(), "Named " + std::to_string(below(3)));
                    break;
                case 4:
                    only_order = false;
                    mixer.strips.push_back(mixer_strip(++last, pick().name.name, 0));
                    break;
                default: {
                    only_order = false;
                    Strip& one = pick();
                    Strip& other = pick();
                    const std::string name = one.name.name;
                    rename(one, other.name.name);
                    rename(other, name);
                }
            }
        }
        count_twins(mixer);
        const auto told = told_by(record, mixer);
        if (!told) {
            ++refused;
            CHECK_FALSE(only_order);
            continue;
        }
        for (const auto& [name, id] : *told) {
            // One that was deleted and made anew under its name does not stand where the pass left the first:
            // it counts as moved by a person, and stays.
            const bool deleted = mixer.find(truth.at(name)) == nullptr;
            if (deleted) CHECK(mixer.find(id)->fader == Decibels(0));
            if (!deleted) CHECK(truth.at(name) == id);
            ++right;
        }
        for (const auto& [name, id] : truth)
            if (mixer.find(id)) CHECK(told->contains(name));
    }
    CHECK(right > 5'000);
    CHECK(refused > 200);
}
