#include "support/catch.hpp"
#include "support/pass_desk.hpp"

using namespace kedge;
using namespace kedge::test;

TEST_CASE("a snapshot brings the whole mixer back, and its recall is a pass like any other") {
    PassDesk desk;
    desk.daw.strip("Strip 1").fader = -2.0_dB;
    desk.daw.strip("Strip 2").mute = Mute::muted;
    desk.daw.strip("Strip 3").pan = Pan(-0.3);
    const MixerState then = desk.daw.mixer();
    const auto taken = desk.snapshot("rough");
    REQUIRE_FALSE(taken.error);
    CHECK(taken.snapshot->values.size() == 12);

    desk.write({{"Strip 1", Control::fader, -12.0_dB}, {"Strip 3", Control::trim, 4.0_dB}});
    desk.daw.strip("Strip 2").mute = Mute::open;
    const MixerState later = desk.daw.mixer();

    const auto recalled = desk.recall("rough");
    REQUIRE_FALSE(recalled.error);
    CHECK(recalled.pass->kind == PassKind::recall);
    CHECK(recalled.pass->recalls == "rough");
    CHECK(desk.daw.mixer() == then);

    CHECK_FALSE(desk.revert(recalled.pass->id).error);
    CHECK(desk.daw.mixer() == later);
}

TEST_CASE("strips that came or went since the snapshot are named") {
    PassDesk desk;
    REQUIRE_FALSE(desk.snapshot("rough").error);
    desk.daw.remove("Strip 2");
    desk.daw.add("Choir").fader = -7.0_dB;
    desk.daw.strip("Strip 1").fader = -9.0_dB;
    const auto report = desk.recall("rough");
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    CHECK(report.gone.size() == 4);
    CHECK(report.gone[0].strip.name == "Strip 2");
    REQUIRE(report.added.size() == 1);
    CHECK(report.added[0].name == "Choir");
    CHECK(desk.fader("Choir") == -7.0_dB);
    CHECK(desk.fader("Strip 1") == Decibels());
}

TEST_CASE("a part of a snapshot can be recalled") {
    PassDesk desk;
    REQUIRE_FALSE(desk.snapshot("rough").error);
    desk.daw.strip("Strip 1").fader = -9.0_dB;
    desk.daw.strip("Strip 2").fader = -9.0_dB;
    CHECK_FALSE(desk.recall("rough", {{"Strip 2"}, {Control::fader}}).error);
    CHECK(desk.fader("Strip 1") == -9.0_dB);
    CHECK(desk.fader("Strip 2") == Decibels());
}

TEST_CASE("a snapshot's name is taken once in a session, and is no number") {
    PassDesk desk;
    REQUIRE_FALSE(desk.snapshot("rough").error);
    const auto again = desk.snapshot("rough");
    REQUIRE(again.error);
    CHECK(again.error->kind == ErrorKind::usage);
    CHECK_THAT(again.error->message, Catch::Contains("'rough' already"));
    CHECK(desk.snapshot("12").error->kind == ErrorKind::usage);
    CHECK(desk.snapshot("").error->kind == ErrorKind::usage);
    desk.daw.mixer().session.name = "another song";
    CHECK_FALSE(desk.snapshot("rough").error);
    CHECK(desk.journal->snapshots().value().size() == 2);

    const auto unknown = desk.recall("ruogh");
    REQUIRE(unknown.error);
    CHECK(unknown.error->kind == ErrorKind::usage);
    CHECK_THAT(unknown.error->next, Catch::Contains("'rough'"));
}
