#include "support/catch.hpp"
#include "support/pass_desk.hpp"

using namespace kedge;
using namespace kedge::test;

namespace {

/// What a revert without a number took back.
PassId taken_back(PassDesk& desk) {
    const auto report = desk.revert(std::nullopt);
    INFO((report.error ? report.error->message : ""));
    REQUIRE_FALSE(report.error);
    REQUIRE(report.pass);
    return *report.pass->reverts;
}

/// Pass 1 moves strip 1 and pass 2 strip 2; a person moves strip 1, and its reapply finds nothing but that.
PassId pass_of_conflicts(PassDesk& desk) {
    desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    desk.write({{"Strip 2", Control::fader, -4.0_dB}});
    desk.daw.strip("Strip 1").fader = -1.0_dB;
    const auto report = desk.reapply(PassId{1});
    REQUIRE(report.conflicts.size() == 1);
    REQUIRE(report.pass);
    return report.pass->id;
}

}  // namespace

TEST_CASE("a revert without a number takes the newest pass that stands, and so on down to none") {
    PassDesk desk;
    const PassId mix = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    desk.write({{"Strip 1", Control::fader, -4.0_dB}}, mix);
    const PassId second = desk.write({{"Strip 2", Control::fader, -5.0_dB}});
    CHECK(taken_back(desk) == second);
    CHECK(taken_back(desk) == mix);
    CHECK(desk.fader("Strip 1") == Decibels());
    const auto none = desk.revert(std::nullopt);
    REQUIRE(none.error);
    CHECK(none.error->kind == ErrorKind::usage);
    CHECK_THAT(none.error->message, Catch::Contains("No pass of 'song' stands"));
}

TEST_CASE("a pass that left everything alone is not what a revert without a number means") {
    PassDesk desk;
    pass_of_conflicts(desk);
    CHECK(taken_back(desk) == PassId{2});
    CHECK(desk.fader("Strip 2") == Decibels());
}

TEST_CASE("a pass that moved nothing is not what a revert without a number means") {
    PassDesk desk;
    const PassId mix = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    const PassId idle = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    CHECK(taken_back(desk) == mix);
    // It says the same value and is found once that counts, so that nobody is stuck above it.
    CHECK(desk.fader("Strip 1") == -3.0_dB);
    CHECK(taken_back(desk) == idle);
    CHECK(desk.fader("Strip 1") == Decibels());
}

TEST_CASE("a revert without a number takes a pass of the session that is open") {
    PassDesk desk;
    const PassId ours = desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    desk.daw.mixer().session.name = "another song";
    desk.write({{"Strip 1", Control::fader, -6.0_dB}});
    desk.daw.mixer().session.name = "song";
    desk.daw.strip("Strip 1").fader = -3.0_dB;
    CHECK(taken_back(desk) == ours);
    CHECK(desk.fader("Strip 1") == Decibels());
}

TEST_CASE("a revert without a number waits until a pass that was cut off is settled") {
    PassDesk desk;
    desk.write({{"Strip 1", Control::fader, -3.0_dB}});
    Pass cut_off = desk.journal->pass(PassId{1}).value();
    cut_off.state = PassState::prepared;
    REQUIRE(desk.journal->append(cut_off));
    const auto report = desk.revert(std::nullopt);
    REQUIRE(report.error);
    CHECK_THAT(report.error->message, Catch::Contains("Pass 2") && Catch::Contains("cut off"));
}

TEST_CASE("of a pass that changed nothing a revert and a reapply say so, and why") {
    PassDesk desk;
    const PassId idle = pass_of_conflicts(desk);
    const auto reverted = desk.revert(idle);
    REQUIRE(reverted.error);
    CHECK_THAT(reverted.error->message, Catch::Contains("changed nothing") && Catch::Contains("by hand") &&
                                            !Catch::Contains("reverted already"));
    const auto reapplied = desk.reapply(idle);
    REQUIRE(reapplied.error);
    CHECK_THAT(reapplied.error->message, Catch::Contains("wrote nothing"));
    const auto unselected = desk.reapply(PassId{2}, false, {{}, {Control::pan}});
    REQUIRE(unselected.error);
    CHECK_THAT(unselected.error->message, Catch::Contains("nothing of what is selected"));
}
