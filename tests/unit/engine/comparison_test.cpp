#include "engine/comparison_job.hpp"
#include "support/catch.hpp"
#include "support/pass_desk.hpp"

using namespace kedge;
using namespace kedge::test;
using engine::Side;

namespace {

engine::ComparisonReport switched(PassDesk& desk, const std::string& a, const std::string& b,
                                  std::optional<Side> to = std::nullopt, bool force = false) {
    engine::ComparisonJob job(a, b, to, force, "desk", {}, *desk.journal, desk.recorder);
    REQUIRE(desk.daw.run(job));
    return job.report();
}

}  // namespace

TEST_CASE("two passes are compared by what stood after each, control by control") {
    PassDesk desk;
    desk.daw.strip("Strip 3").fader = -1.0_dB;
    desk.write({{"Strip 1", Control::fader, -3.0_dB}, {"Strip 2", Control::fader, -4.0_dB}});
    desk.write({{"Strip 2", Control::fader, -8.0_dB}, {"Strip 3", Control::fader, -9.0_dB}});
    const Capabilities& can = desk.daw.capabilities();
    const auto a = engine::remember(*desk.journal, "song", "1", can);
    const auto b = engine::remember(*desk.journal, "song", "2", can);
    REQUIRE(a);
    REQUIRE(b);
    const auto all = engine::compare(*a, *b, can);
    REQUIRE(all.size() == 3);
    CHECK(all[0].a == ControlValue(-3.0_dB));
    CHECK(all[0].b == ControlValue(-3.0_dB));
    CHECK_FALSE(all[0].differ);
    CHECK(all[1].a == ControlValue(-4.0_dB));
    CHECK(all[1].b == ControlValue(-8.0_dB));
    CHECK(all[1].differ);
    CHECK(all[2].a == ControlValue(-1.0_dB));
    CHECK(all[2].b == ControlValue(-9.0_dB));
}

TEST_CASE("A against B goes to and fro, each time as a pass that can be reverted") {
    PassDesk desk;
    const PassId first =
        desk.write({{"Strip 1", Control::fader, -3.0_dB}, {"Strip 2", Control::pan, Pan(0.2)}});
    const PassId revert = desk.revert(first).pass->id;
    CHECK(revert == PassId{2});
    desk.write({{"Strip 1", Control::fader, -9.0_dB}, {"Strip 3", Control::fader, 2.0_dB}});

    auto report = switched(desk, "1", "3");
    CHECK_FALSE(report.error);
    CHECK(report.now == Side::a);
    CHECK(report.differing == 3);
    CHECK(report.pass->kind == PassKind::comparison);
    CHECK(report.pass->reapplies == first);
    CHECK(desk.fader("Strip 1") == -3.0_dB);
    CHECK(desk.daw.strip("Strip 2").pan == Pan(0.2));
    CHECK(desk.fader("Strip 3") == Decibels());

    report = switched(desk, "1", "3");
    CHECK(report.now == Side::b);
    CHECK(desk.fader("Strip 1") == -9.0_dB);
    CHECK(desk.daw.strip("Strip 2").pan == Pan::centre());

    CHECK(switched(desk, "1", "3", Side::b).now == Side::b);
    CHECK(desk.fader("Strip 1") == -9.0_dB);

    report = switched(desk, "1", "3");
    CHECK(report.now == Side::a);
    CHECK_FALSE(desk.revert(report.pass->id).error);
    CHECK(desk.fader("Strip 1") == -9.0_dB);
}

TEST_CASE("a control that holds neither side was moved by hand: left and named") {
    PassDesk desk;
    desk.write({{"Strip 1", Control::fader, -3.0_dB}, {"Strip 2", Control::fader, -3.0_dB}});
    desk.write({{"Strip 1", Control::fader, -9.0_dB}, {"Strip 2", Control::fader, -9.0_dB}});
    desk.daw.strip("Strip 2").fader = -5.0_dB;
    const auto report = switched(desk, "1", "2");
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    CHECK(report.conflicts.size() == 1);
    CHECK(desk.fader("Strip 1") == -3.0_dB);
    CHECK(desk.fader("Strip 2") == -5.0_dB);
    CHECK_FALSE(switched(desk, "1", "2", Side::b, true).error);
    CHECK(desk.fader("Strip 2") == -9.0_dB);
}

TEST_CASE("a snapshot is a side as well as a pass; what is the same is said") {
    PassDesk desk;
    REQUIRE_FALSE(desk.snapshot("clean").error);
    desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    const auto report = switched(desk, "clean", "1");
    CHECK(report.now == Side::a);
    CHECK(report.pass->recalls == "clean");
    CHECK(desk.fader("Strip 1") == Decibels());
    const auto same = switched(desk, "1", "1");
    REQUIRE(same.error);
    CHECK_THAT(same.error->message, Catch::Contains("same mixer"));
    CHECK(engine::session_of(*desk.journal, "clean", "1").value() == "song");
    CHECK(engine::session_of(*desk.journal, "clean", "clean").value() == "song");
    CHECK_FALSE(engine::session_of(*desk.journal, "clean", "nothing"));
}

TEST_CASE("what another pass of ours wrote was moved by nobody: the switch takes it along") {
    PassDesk desk;
    for (const auto& [name, level] :
         {std::pair("s1", -3.0_dB), std::pair("s2", -6.0_dB), std::pair("s3", -9.0_dB)}) {
        desk.daw.strip("Strip 2").fader = level;
        REQUIRE_FALSE(desk.snapshot(name).error);
    }
    for (const auto* name : {"s1", "s2", "s3"}) REQUIRE_FALSE(desk.recall(name).error);
    auto report = switched(desk, "s1", "s2");
    CHECK_FALSE(report.error);
    CHECK(report.now == Side::a);
    CHECK(desk.fader("Strip 2") == -3.0_dB);
    CHECK(switched(desk, "s1", "s2").now == Side::b);
    CHECK(desk.fader("Strip 2") == -6.0_dB);
}

TEST_CASE(
    "a switch that leaves a control alone does not claim its side, and one that moves nothing is no pass") {
    PassDesk desk;
    desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    desk.write({{"Strip 1", Control::fader, -9.0_dB}});
    desk.daw.strip("Strip 1").fader = -5.0_dB;
    const auto left = switched(desk, "1", "2");
    REQUIRE(left.error);
    CHECK(left.error->kind == ErrorKind::conflict);
    REQUIRE(left.conflicts.size() == 1);
    CHECK(left.conflicts[0].before == ControlValue(-5.0_dB));
    CHECK_FALSE(left.now);
    CHECK(left.to == Side::a);
    CHECK_FALSE(left.pass);

    desk.daw.strip("Strip 1").fader = -9.0_dB;
    const auto there = switched(desk, "1", "2", Side::b);
    CHECK_FALSE(there.error);
    CHECK(there.now == Side::b);
    CHECK_FALSE(there.pass);
    CHECK(desk.journal->passes().value().size() == 2);
}

TEST_CASE("after a write that nobody confirmed a switch expects nothing there") {
    PassDesk desk;
    desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    desk.write({{"Strip 1", Control::fader, -9.0_dB}});
    Pass doubtful = desk.journal->pass(PassId{2}).value();
    doubtful.state = PassState::prepared;
    doubtful.entries[0].before = -9.0_dB;
    doubtful.entries[0].after = -12.0_dB;
    doubtful.id = desk.journal->append(doubtful).value();
    doubtful.state = PassState::broken;
    doubtful.entries[0].verdict = Verdict::unheard;
    REQUIRE(desk.journal->settle(doubtful));
    desk.daw.strip("Strip 1").fader = -11.0_dB;
    const auto report = switched(desk, "1", "2");
    CHECK_FALSE(report.error);
    CHECK(report.now == Side::a);
    CHECK(desk.fader("Strip 1") == -3.0_dB);
}
