#include "cli/learned_words.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::cli;

namespace {

engine::LearnFaderReport back_where_it_stood() {
    engine::LearnFaderReport report;
    report.strip = {StripKind::audio_track, "Scratch", 0};
    report.pass.emplace();
    report.pass->id = PassId{4};
    report.pass->state = PassState::rolled_back;
    report.exactly = true;
    report.shown = {{FaderPosition(0), "-oo"}, {FaderPosition(16'383), std::nullopt}};
    return report;
}

banked::LearnedLaw two_anchors() {
    const std::vector<FaderAnchor> anchors = {{FaderPosition(100), Decibels(-70.0)},
                                              {FaderPosition(16'383), Decibels(10.0)}};
    return {anchors, FaderScale::through(anchors).value(), 64, 1};
}

}  // namespace

TEST_CASE(
    "a law that was learned is told with its file, the one that was there, and the strip that is back") {
    const auto report = back_where_it_stood();
    const Learned learned{
        report, two_anchors(), 10,
        LearnedProfile{"cubase", {"/config/daws/cubase.toml", "/config/daws/cubase.toml.before-1"}}};
    CHECK_THAT(learned_text(learned),
               Catch::Contains("'Scratch' stands where it stood, read back (pass 4)") &&
                   Catch::Contains("at 64 positions (1 did not fit") &&
                   Catch::Contains("/config/daws/cubase.toml.\n") &&
                   Catch::Contains("kept as /config/daws/cubase.toml.before-1") &&
                   Catch::Contains("`--daw cubase`"));
    const auto words = json_of(learned);
    CHECK(words.at("fader_is_back") == true);
    CHECK(words.at("bits") == 10);
    CHECK(words.at("anchors").as_array().size() == 2);
    CHECK(words.at("shown").as_array().at(0).at("text") == "-oo");
    CHECK(words.at("shown").as_array().at(1).at("text").is_null());
    CHECK(words.at("kept_before") == "/config/daws/cubase.toml.before-1");
}

TEST_CASE("a fader that the DAW rounds is not said to stand exactly where it stood") {
    auto report = back_where_it_stood();
    report.exactly = false;
    CHECK_THAT(learned_text(Learned{report}), Catch::Contains("within the steps"));
    CHECK(json_of(Learned{report}).at("exactly") == false);
}

TEST_CASE("where nothing was learned the fader is said to be back, and no file is named") {
    const auto report = back_where_it_stood();
    const Learned learned{report};
    CHECK(learned_text(learned) == "The fader of 'Scratch' stands where it stood, read back (pass 4).\n");
    CHECK(json_of(learned).at("file").is_null());
    CHECK(json_of(learned).at("anchors").as_array().empty());
}
