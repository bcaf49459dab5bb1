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

TEST_CASE("a snapshot's name is taken once in a session") {
    PassDesk desk;
    REQUIRE_FALSE(desk.snapshot("rough").error);
    const auto again = desk.snapshot("rough");
    REQUIRE(again.error);
    CHECK(again.error->kind == ErrorKind::usage);
    CHECK_THAT(again.error->message, Catch::Contains("'rough' already"));
    desk.daw.mixer().session.name = "another song";
    CHECK_FALSE(desk.snapshot("rough").error);
    CHECK(desk.journal->snapshots().value().size() == 2);

    const auto unknown = desk.recall("ruogh");
    REQUIRE(unknown.error);
    CHECK(unknown.error->kind == ErrorKind::usage);
    CHECK_THAT(unknown.error->next, Catch::Contains("'rough'"));
}

TEST_CASE("a snapshot's name is none that reads as a pass, and shows as it is typed") {
    PassDesk desk;
    for (const auto& [name, next] :
         std::vector<std::pair<std::string, std::string>>{{"", "kedge snapshot rough"},
                                                          {"12", "kedge snapshot take-12"},
                                                          {"-5", "kedge snapshot take-5"},
                                                          {"99999999999999999999", "kedge snapshot take-9"},
                                                          {" -5", "kedge snapshot take-5"},
                                                          {" my mix ", "kedge snapshot \"my mix\""},
                                                          {"  ", "kedge snapshot rough"},
                                                          {"a\nb", "kedge snapshot rough"},
                                                          {"a\x1b[31m", "kedge snapshot rough"},
                                                          {"tab\t", "kedge snapshot rough"},
                                                          {"\x7f", "kedge snapshot rough"},
                                                          {"\xc2\x9b"
                                                           "31m",
                                                           "kedge snapshot rough"},
                                                          {"\xff", "kedge snapshot rough"}}) {
        CAPTURE(name);
        const auto report = desk.snapshot(name);
        REQUIRE(report.error);
        CHECK(report.error->kind == ErrorKind::usage);
        CHECK_THAT(report.error->next, Catch::Contains(next));
        CHECK(report.error->message.find('\x1b') == std::string::npos);
    }
    for (const char* name : {"rough 2", "5th", "+5", "mix-5", "Refrain \xc3\xa0 deux"})
        CHECK_FALSE(desk.snapshot(name).error);
}

TEST_CASE(
    "strips of one name are left out of a snapshot and named; what it holds is recalled, then and later") {
    PassDesk desk;
    desk.daw.add("Gtr").fader = -1.0_dB;
    desk.daw.add("Gtr").fader = -2.0_dB;
    MixerState& mixer = desk.daw.mixer();
    mixer.strips.back().name.twin = 1;
    desk.daw.strip("Strip 1").fader = -3.0_dB;
    const auto taken = desk.snapshot("rough");
    REQUIRE_FALSE(taken.error);
    CHECK(taken.snapshot->values.size() == 12);
    REQUIRE(taken.twins.size() == 2);
    CHECK(taken.twins[0].name == "Gtr");

    desk.daw.strip("Strip 1").fader = -9.0_dB;
    auto report = desk.recall("rough");
    CHECK_FALSE(report.error);
    CHECK(desk.fader("Strip 1") == -3.0_dB);
    mixer.strips[3].name.name = "Gtr L";
    mixer.strips[4].name = {StripKind::audio_track, "Gtr R", 0};
    desk.daw.strip("Strip 1").fader = -9.0_dB;
    report = desk.recall("rough");
    CHECK_FALSE(report.error);
    CHECK(report.added.size() == 2);
    CHECK(desk.fader("Strip 1") == -3.0_dB);

    for (Strip& strip : mixer.strips) strip.name.name = "One";
    const auto none = desk.snapshot("all alike");
    REQUIRE(none.error);
    CHECK(none.error->kind == ErrorKind::refused);
}

TEST_CASE("a recall that has nothing to move is no pass; what is left alone is still named") {
    PassDesk desk;
    REQUIRE_FALSE(desk.snapshot("rough").error);
    const auto idle = desk.recall("rough");
    CHECK_FALSE(idle.error);
    CHECK_FALSE(idle.pass);
    CHECK(desk.journal->passes().value().empty());
    CHECK(desk.daw.sets == 0);

    desk.daw.strip("Strip 2").fader = -4.0_dB;
    desk.daw.strip("Strip 2").fader_automation = AutomationMode::play;
    const auto left = desk.recall("rough");
    REQUIRE(left.error);
    CHECK(left.error->kind == ErrorKind::conflict);
    CHECK(left.automated.size() == 1);
    CHECK_FALSE(left.pass);
    desk.daw.strip("Strip 3").fader = -4.0_dB;
    CHECK(desk.recall("rough").pass);
    CHECK(desk.fader("Strip 3") == Decibels());
}
