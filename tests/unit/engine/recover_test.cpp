#include "support/catch.hpp"
#include "support/pass_desk.hpp"

#include <algorithm>
#include <random>

using namespace kedge;
using namespace kedge::test;
using engine::Recovery;
using engine::StandsAt;

namespace {

std::vector<Wanted> six_moves() {
    return {{"Strip 1", Control::fader, -3.0_dB}, {"Strip 2", Control::fader, -4.0_dB},
            {"Strip 3", Control::fader, -5.0_dB}, {"Strip 1", Control::pan, Pan::left()},
            {"Strip 2", Control::trim, 2.0_dB},   {"Strip 3", Control::mute, Mute::muted}};
}

/// Begins a job and ends the process after so many values have reached the DAW.
void cut_off(PassDesk& desk, engine::Job& job, std::size_t after) {
    desk.daw.sets_left = after;
    CHECK_FALSE(desk.daw.run(job));
    desk.daw.sets_left = std::numeric_limits<std::size_t>::max();
}

}  // namespace

TEST_CASE("a pass cut off at any value is finished or rolled back from journal and DAW") {
    const auto after = GENERATE(range<std::size_t>(1, 7));
    const auto recovery = GENERATE(Recovery::finish, Recovery::roll_back);
    CAPTURE(after, static_cast<int>(recovery));
    PassDesk desk;
    const MixerState before = desk.daw.mixer();
    {
        WriteJob job(six_moves(), desk.recorder);
        cut_off(desk, job, after);
    }
    const auto look = desk.recover(Recovery::look);
    REQUIRE(look.cut_off);
    CHECK(look.cut_off->id == PassId{1});
    CHECK_FALSE(look.error);
    CHECK_FALSE(look.pass);
    CHECK(look.controls.size() == 6);
    CHECK(std::count_if(look.controls.begin(), look.controls.end(), [](const auto& control) {
              return control.stands_at == StandsAt::after;
          }) == static_cast<std::ptrdiff_t>(after));
    CHECK(desk.state(PassId{1}) == PassState::prepared);

    const auto report = desk.recover(recovery);
    CHECK_FALSE(report.error);
    REQUIRE(report.pass);
    CHECK(report.pass->id == PassId{1});
    if (recovery == Recovery::finish) {
        CHECK(desk.state(PassId{1}) == PassState::applied);
        for (const Wanted& each : six_moves())
            CHECK(desk.daw.strip(each.strip).control(each.control) == each.to);
        CHECK_FALSE(desk.revert(PassId{1}).error);
    } else {
        CHECK(desk.state(PassId{1}) == PassState::rolled_back);
    }
    CHECK(desk.daw.mixer() == before);
    CHECK_FALSE(desk.recover(Recovery::look).cut_off);
}

TEST_CASE("a revert cut off at any value is recovered the same way") {
    const auto after = GENERATE(range<std::size_t>(1, 7));
    const auto recovery = GENERATE(Recovery::finish, Recovery::roll_back);
    CAPTURE(after, static_cast<int>(recovery));
    PassDesk desk;
    const MixerState before = desk.daw.mixer();
    // Strip 1's mute is written by a later pass, too: the revert takes it out of the record alone.
    auto moves = six_moves();
    moves.push_back({"Strip 1", Control::mute, Mute::muted});
    const PassId pass = desk.write(moves);
    const PassId later = desk.write({{"Strip 1", Control::mute, Mute::open}});
    const MixerState applied = desk.daw.mixer();
    {
        engine::RevertJob job(pass, false, "desk", {}, *desk.journal, desk.recorder);
        cut_off(desk, job, after);
    }
    CHECK(desk.state(pass) == PassState::applied);
    const auto report = desk.recover(recovery);
    CHECK_FALSE(report.error);
    if (recovery == Recovery::finish) {
        CHECK(desk.state(pass) == PassState::reverted);
        CHECK(desk.daw.mixer() == before);
        CHECK_FALSE(desk.revert(later).error);
        CHECK(desk.daw.mixer() == before);
    } else {
        CHECK(desk.state(pass) == PassState::applied);
        CHECK(desk.daw.mixer() == applied);
        CHECK_FALSE(desk.revert(pass).error);
        CHECK(desk.state(pass) == PassState::reverted);
    }
}

TEST_CASE("a recovery that is cut off itself leaves the pass to be recovered once more") {
    const auto seed = GENERATE(take(30, random(0, 1'000'000)));
    CAPTURE(seed);
    std::mt19937 random(static_cast<std::uint32_t>(seed));
    PassDesk desk;
    const MixerState before = desk.daw.mixer();
    {
        WriteJob job(six_moves(), desk.recorder);
        cut_off(desk, job, 1 + random() % 5);
    }
    for (int again = 0; again < 3; ++again) {
        engine::RecoverJob job(random() % 2 == 0 ? Recovery::finish : Recovery::roll_back, false,
                               *desk.journal);
        desk.daw.sets_left = 1;
        const bool ended = desk.daw.run(job);
        desk.daw.sets_left = std::numeric_limits<std::size_t>::max();
        if (ended) break;
        CHECK(desk.state(PassId{1}) == PassState::prepared);
    }
    if (desk.state(PassId{1}) == PassState::prepared) CHECK_FALSE(desk.recover(Recovery::roll_back).error);
    if (desk.state(PassId{1}) == PassState::applied) CHECK_FALSE(desk.revert(PassId{1}).error);
    CHECK(desk.daw.mixer() == before);
}

TEST_CASE("what a person moved after the crash is a conflict, and named; force takes it along") {
    const bool force = GENERATE(false, true);
    CAPTURE(force);
    PassDesk desk;
    {
        WriteJob job(six_moves(), desk.recorder);
        cut_off(desk, job, 2);
    }
    desk.daw.strip("Strip 1").fader = -20.0_dB;
    const auto look = desk.recover(Recovery::look);
    CHECK(look.controls[0].stands_at == StandsAt::neither);
    CHECK(look.controls[1].stands_at == StandsAt::after);
    CHECK(look.controls[2].stands_at == StandsAt::before);
    const auto report = desk.recover(Recovery::roll_back, force);
    CHECK(desk.fader("Strip 2") == Decibels());
    if (force) {
        CHECK_FALSE(report.error);
        CHECK(desk.state(PassId{1}) == PassState::rolled_back);
        CHECK(desk.fader("Strip 1") == Decibels());
    } else {
        REQUIRE(report.error);
        CHECK(report.error->kind == ErrorKind::conflict);
        CHECK_THAT(report.error->next, Catch::Contains("kedge revert 1 --force"));
        REQUIRE(report.conflicts.size() == 1);
        CHECK(report.conflicts[0].strip.name == "Strip 1");
        CHECK(report.conflicts[0].before == ControlValue(-20.0_dB));
        CHECK(desk.fader("Strip 1") == -20.0_dB);
        CHECK(desk.state(PassId{1}) == PassState::broken);
        // Not lost: what the next step says.
        CHECK_FALSE(desk.revert(PassId{1}, true).error);
        CHECK(desk.state(PassId{1}) == PassState::reverted);
        CHECK(desk.fader("Strip 1") == Decibels());
    }
}

TEST_CASE("a strip that is gone after the crash is named once, the rest is settled") {
    PassDesk desk;
    {
        WriteJob job(six_moves(), desk.recorder);
        cut_off(desk, job, 3);
    }
    desk.daw.remove("Strip 3");
    const auto report = desk.recover(Recovery::finish);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    CHECK(report.gone.size() == 2);
    CHECK(report.conflicts.empty());
    CHECK_THAT(report.error->next, Catch::Contains("kedge reapply 1 --force"));
    CHECK(desk.state(PassId{1}) == PassState::broken);
    CHECK(desk.fader("Strip 2") == -4.0_dB);
}

TEST_CASE("a strip that is renamed when a pass is rolled back is taken back once it has its name again") {
    PassDesk desk;
    const MixerState before = desk.daw.mixer();
    {
        WriteJob job(six_moves(), desk.recorder);
        cut_off(desk, job, 6);
    }
    desk.daw.strip("Strip 3").name.name = "Third";
    const auto report = desk.recover(Recovery::roll_back);
    REQUIRE(report.error);
    CHECK(report.gone.size() == 2);
    CHECK_FALSE(desk.recover(Recovery::look).cut_off);
    CHECK(desk.revert(PassId{1}).error);
    desk.daw.strip("Third").name.name = "Strip 3";
    const auto reverted = desk.revert(PassId{1});
    INFO((reverted.error ? reverted.error->message : std::string()));
    CHECK_FALSE(reverted.error);
    CHECK(desk.daw.mixer() == before);
}

TEST_CASE("a control that its strip has lost is gone, and blocks nothing") {
    PassDesk desk;
    {
        WriteJob job(six_moves(), desk.recorder);
        cut_off(desk, job, 6);
    }
    desk.daw.strip("Strip 1").pan.reset();
    const auto report = desk.recover(Recovery::roll_back);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    REQUIRE(report.gone.size() == 1);
    CHECK(report.gone[0].control == Control::pan);
    CHECK(desk.fader("Strip 1") == Decibels());
    desk.write({{"Strip 1", Control::fader, -1.0_dB}});
}

TEST_CASE("a control that cannot be read holds a recovery up, unless it is forced") {
    PassDesk desk;
    {
        WriteJob job(six_moves(), desk.recorder);
        cut_off(desk, job, 6);
    }
    desk.daw.deaf.insert({desk.daw.strip("Strip 1").id, Control::pan});
    const auto refused = desk.recover(Recovery::roll_back);
    REQUIRE(refused.error);
    CHECK(refused.error->kind == ErrorKind::refused);
    CHECK_THAT(refused.error->next, Catch::Contains("--force"));
    CHECK(desk.state(PassId{1}) == PassState::prepared);
    const auto forced = desk.recover(Recovery::roll_back, true);
    REQUIRE(forced.error);
    CHECK(forced.error->kind == ErrorKind::conflict);
    CHECK(forced.unread.size() == 1);
    CHECK(desk.state(PassId{1}) == PassState::broken);
    CHECK(desk.fader("Strip 1") == Decibels());
}

TEST_CASE("a pass that was cut off before anything was to be sent is settled by looking at it") {
    PassDesk desk;
    Pass pass;
    pass.session = desk.daw.mixer().session.name;
    pass.entries.push_back(
        {desk.daw.strip("Strip 1").name, Control::fader, -1.0_dB, -1.0_dB, Verdict::confirmed, {}, {}});
    REQUIRE(desk.journal->append(pass));
    const auto look = desk.recover(Recovery::look);
    CHECK_FALSE(look.error);
    REQUIRE(look.cut_off);
    CHECK(look.controls.empty());
    CHECK(desk.state(PassId{1}) == PassState::applied);
    desk.write({{"Strip 1", Control::fader, -2.0_dB}});
}

TEST_CASE("a recovery in which the DAW is lost says that the pass is as unfinished as it was") {
    PassDesk desk;
    {
        WriteJob job(six_moves(), desk.recorder);
        cut_off(desk, job, 6);
    }
    desk.daw.lost_after_sets = 2;
    const auto report = desk.recover(Recovery::roll_back);
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::no_daw);
    CHECK_THAT(report.error->message, Catch::Contains("still unfinished"));
    CHECK_THAT(report.error->next, Catch::Contains("kedge recover"));
    CHECK_FALSE(report.pass);
    CHECK(desk.state(PassId{1}) == PassState::prepared);
    desk.daw.lost_after_sets.reset();
    CHECK_FALSE(desk.recover(Recovery::roll_back).error);
    CHECK(desk.fader("Strip 1") == Decibels());
}

TEST_CASE("nothing else writes to a session until its unfinished pass is settled") {
    PassDesk desk;
    const PassId settled = desk.write({{"Strip 1", Control::fader, -1.0_dB}});
    REQUIRE_FALSE(desk.snapshot("rough").error);
    {
        WriteJob job(six_moves(), desk.recorder);
        cut_off(desk, job, 3);
    }
    const std::size_t sent = desk.daw.sets;
    WriteJob another({{"Strip 1", Control::fader, -2.0_dB}}, desk.recorder);
    REQUIRE(desk.daw.run(another));
    for (const auto& error : {desk.revert(settled).error, desk.reapply(settled).error,
                              std::optional<Error>(desk.recall("rough").error), another.end().refused}) {
        REQUIRE(error);
        CHECK(error->kind == ErrorKind::refused);
        CHECK_THAT(error->message, Catch::Contains("Pass 2"));
        CHECK_THAT(error->next, Catch::Contains("kedge recover"));
    }
    CHECK(desk.daw.sets == sent);
    // Another session is none of it.
    desk.daw.mixer().session.name = "another song";
    CHECK_FALSE(desk.recover(Recovery::look).cut_off);
    desk.write({{"Strip 1", Control::fader, -2.0_dB}});
}
