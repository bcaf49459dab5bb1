#include "support/catch.hpp"
#include "support/pass_desk.hpp"

#include <random>

using namespace kedge;
using namespace kedge::test;

TEST_CASE("a control moved by hand is left and named by revert, and taken by force") {
    PassDesk desk;
    const PassId pass =
        desk.write({{"Strip 1", Control::fader, -3.0_dB}, {"Strip 2", Control::fader, -3.0_dB}});
    desk.daw.strip("Strip 1").fader = -5.0_dB;

    const auto report = desk.revert(pass);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    REQUIRE(report.conflicts.size() == 1);
    CHECK(report.conflicts[0].strip.name == "Strip 1");
    CHECK(desk.fader("Strip 1") == -5.0_dB);
    CHECK(desk.fader("Strip 2") == Decibels());
    CHECK(desk.state(pass) == PassState::partly_reverted);

    const auto forced = desk.revert(pass, true);
    CHECK_FALSE(forced.error);
    CHECK(forced.reverted == std::vector{pass});
    CHECK(desk.fader("Strip 1") == Decibels());
    CHECK(desk.state(pass) == PassState::reverted);
}

TEST_CASE("a control moved by hand is a conflict for reapply and for the revert of a revert") {
    PassDesk desk;
    const PassId pass = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    const auto revert = desk.revert(pass);
    desk.daw.strip("Strip 1").fader = -1.0_dB;

    const auto reapply = desk.reapply(pass);
    REQUIRE(reapply.error);
    CHECK(reapply.error->kind == ErrorKind::conflict);
    CHECK(desk.fader("Strip 1") == -1.0_dB);

    const auto back = desk.revert(revert.pass->id);
    REQUIRE(back.error);
    CHECK(back.error->kind == ErrorKind::conflict);
    CHECK(desk.fader("Strip 1") == -1.0_dB);

    const auto forced = desk.revert(revert.pass->id, true);
    CHECK_FALSE(forced.error);
    CHECK(desk.fader("Strip 1") == -3.0_dB);
    // And what force overwrote comes back with its own revert.
    const auto undone = desk.revert(forced.pass->id);
    CHECK_FALSE(undone.error);
    CHECK(desk.fader("Strip 1") == -1.0_dB);
}

TEST_CASE(
    "what a person did between two passes comes back with the later, and is a conflict for the earlier") {
    const bool earlier_first = GENERATE(true, false);
    CAPTURE(earlier_first);
    PassDesk desk;
    const PassId first = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    desk.daw.strip("Strip 1").fader = -5.0_dB;
    const PassId second = desk.write({{"Strip 1", Control::fader, -8.0_dB}});

    const auto one = desk.revert(earlier_first ? first : second);
    const auto other = desk.revert(earlier_first ? second : first);
    const auto& early = earlier_first ? one : other;
    const auto& late = earlier_first ? other : one;
    CHECK_FALSE(late.error);
    REQUIRE(early.error);
    CHECK(early.error->kind == ErrorKind::conflict);
    CHECK(early.conflicts.size() == 1);
    CHECK(desk.fader("Strip 1") == -5.0_dB);

    CHECK_FALSE(desk.revert(first, true).error);
    CHECK(desk.fader("Strip 1") == Decibels());
}

TEST_CASE("forced from beneath a later pass, what a person did in between is out, too") {
    PassDesk desk;
    const PassId first = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    desk.daw.strip("Strip 1").fader = -5.0_dB;
    const PassId second = desk.write({{"Strip 1", Control::fader, -8.0_dB}});
    CHECK_FALSE(desk.revert(first, true).error);
    CHECK(desk.fader("Strip 1") == -8.0_dB);
    CHECK_FALSE(desk.revert(second).error);
    CHECK(desk.fader("Strip 1") == Decibels());
}

TEST_CASE("a hand on top of a later pass does not hinder the earlier one's revert") {
    PassDesk desk;
    const PassId first = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    const PassId second = desk.write({{"Strip 1", Control::fader, -6.0_dB}});
    desk.daw.strip("Strip 1").fader = -7.0_dB;
    CHECK_FALSE(desk.revert(first).error);
    CHECK(desk.fader("Strip 1") == -7.0_dB);
    const auto report = desk.revert(second);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    CHECK(desk.fader("Strip 1") == -7.0_dB);
}

TEST_CASE("the DAW's own rounding is never a conflict, at the edge of its tolerance") {
    PassDesk desk;
    const PassId pass = desk.write({{"Strip 1", Control::fader, -3.0_dB},
                                    {"Strip 2", Control::fader, -3.0_dB},
                                    {"Strip 1", Control::pan, Pan(0.5)},
                                    {"Strip 2", Control::pan, Pan(0.5)}});
    const Capabilities& can = desk.daw.capabilities();
    desk.daw.strip("Strip 1").fader = -3.0_dB - can.level_tolerance;
    desk.daw.strip("Strip 2").fader = -3.0_dB - can.level_tolerance - Decibels(0.0001);
    desk.daw.strip("Strip 1").pan = Pan(0.5 + can.pan_tolerance);
    desk.daw.strip("Strip 2").pan = Pan(0.5 + can.pan_tolerance + 0.0001);

    const auto report = desk.revert(pass);
    REQUIRE(report.conflicts.size() == 2);
    CHECK(report.conflicts[0].strip.name == "Strip 2");
    CHECK(report.conflicts[1].strip.name == "Strip 2");
    CHECK(desk.fader("Strip 1") == Decibels());
    CHECK(desk.daw.strip("Strip 1").pan == Pan::centre());
}

TEST_CASE("faders all the way down are the same silence, whatever number the DAW has for it") {
    PassDesk desk;
    const PassId pass = desk.write({{"Strip 1", Control::fader, Decibels::silence()}});
    desk.daw.strip("Strip 1").fader = Decibels(-193.0);
    CHECK_FALSE(desk.revert(pass).error);
    CHECK(desk.fader("Strip 1") == Decibels());
}

TEST_CASE("on a DAW whose faders have steps, passes over passes go back without a conflict or a drift") {
    const auto seed = GENERATE(take(20, random(0, 1'000'000)));
    CAPTURE(seed);
    std::mt19937 random(static_cast<std::uint32_t>(seed));
    PassDesk desk(1);
    desk.daw.fader_step = 0.0123;  // a value is at most half of this off: within the tolerance
    desk.daw.strip("Strip 1").fader = nearest_step(Decibels(-1.0), Decibels(0.0123));
    const Decibels origin = desk.fader("Strip 1");
    std::uniform_real_distribution<double> level(-40.0, 6.0);
    std::vector<PassId> passes;
    for (int i = 0; i < 12; ++i)
        passes.push_back(desk.write({{"Strip 1", Control::fader, Decibels(level(random))}}));
    std::shuffle(passes.begin(), passes.end(), random);
    for (const PassId pass : passes) {
        const auto report = desk.revert(pass);
        INFO((report.error ? report.error->message : ""));
        CHECK_FALSE(report.error);
    }
    CHECK(desk.fader("Strip 1") == origin);
}

TEST_CASE("a strip that is gone and a control that follows automation are named, the rest goes back") {
    PassDesk desk;
    const PassId pass = desk.write({{"Strip 1", Control::fader, -3.0_dB},
                                    {"Strip 2", Control::fader, -3.0_dB},
                                    {"Strip 3", Control::fader, -3.0_dB}});
    desk.daw.remove("Strip 1");
    desk.daw.strip("Strip 2").fader_automation = AutomationMode::play;
    const auto report = desk.revert(pass);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    CHECK(report.gone.size() == 1);
    CHECK(report.automated.size() == 1);
    CHECK(desk.fader("Strip 2") == -3.0_dB);
    CHECK(desk.fader("Strip 3") == Decibels());
    CHECK(desk.state(pass) == PassState::partly_reverted);
}

TEST_CASE("a pass of another session is never applied to this one") {
    PassDesk desk;
    const PassId pass = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    desk.daw.mixer().session.name = "another song";
    const std::size_t sent = desk.daw.sets;
    for (const auto& error : {desk.revert(pass).error, desk.reapply(pass).error}) {
        REQUIRE(error);
        CHECK_THAT(error->message, Catch::Contains("'song'") && Catch::Contains("'another song'"));
    }
    CHECK(desk.daw.sets == sent);
}

TEST_CASE("a control that its strip has lost is named as gone by revert and reapply; the rest goes on") {
    const bool reapplied = GENERATE(false, true);
    CAPTURE(reapplied);
    PassDesk desk;
    const PassId pass =
        desk.write({{"Strip 1", Control::fader, -3.0_dB}, {"Strip 1", Control::pan, Pan::left()}});
    if (reapplied) REQUIRE_FALSE(desk.revert(pass).error);
    desk.daw.strip("Strip 1").pan.reset();
    const engine::PassReport report = reapplied ? desk.reapply(pass) : desk.revert(pass);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    REQUIRE(report.gone.size() == 1);
    CHECK(report.gone[0].control == Control::pan);
    CHECK(desk.fader("Strip 1") == (reapplied ? -3.0_dB : Decibels()));
}
