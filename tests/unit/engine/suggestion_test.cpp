#include "engine/suggestion_job.hpp"
#include "support/catch.hpp"
#include "support/pass_desk.hpp"

using namespace kedge;
using namespace kedge::test;

namespace {

engine::PassReport accept(PassDesk& desk, const std::string& name, Decibels from, Decibels to) {
    engine::SuggestionJob job(desk.daw.strip(name).id, {from, to, "refine", "3 dB below its range"}, "desk",
                              {}, *desk.journal, desk.recorder);
    REQUIRE(desk.daw.run(job));
    return job.report();
}

}  // namespace

TEST_CASE("Suggestion: accepted it is a pass of one move, and can be taken back") {
    PassDesk desk;
    const std::string name = desk.daw.mixer().strips.front().name.name;
    const Decibels stood = desk.fader(name);
    const auto report = accept(desk, name, stood, stood - Decibels(3));
    REQUIRE(report.pass);
    CHECK_FALSE(report.error);
    CHECK(report.pass->kind == PassKind::refine);
    REQUIRE(report.pass->entries.size() == 1);
    CHECK(report.pass->entries.front().reason == "3 dB below its range");
    CHECK(desk.fader(name) == stood - Decibels(3));
    CHECK(desk.state(report.pass->id) == PassState::applied);
    desk.revert(std::nullopt);
    CHECK(desk.fader(name) == stood);
}

TEST_CASE("Suggestion: a fader that was moved since is left where it stands") {
    PassDesk desk;
    const std::string name = desk.daw.mixer().strips.front().name.name;
    const Decibels stood = desk.fader(name);
    const auto report = accept(desk, name, stood + Decibels(1), stood + Decibels(4));
    CHECK(report.conflicts.size() == 1);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    CHECK(desk.fader(name) == stood);
}

TEST_CASE("Suggestion: of a strip that is gone nothing is sent") {
    PassDesk desk;
    engine::SuggestionJob job(StripId{4711}, {Decibels(0), Decibels(3), "refine", "x"}, "desk", {},
                              *desk.journal, desk.recorder);
    REQUIRE(desk.daw.run(job));
    REQUIRE(job.report().error);
    CHECK(job.report().error->kind == ErrorKind::refused);
    CHECK(desk.journal->passes()->empty());
}
