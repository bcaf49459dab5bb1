#include "engine/line_recover_job.hpp"
#include "engine/line_return_job.hpp"
#include "engine/ride_write_job.hpp"
#include "support/catch.hpp"
#include "support/pass_desk.hpp"

#include <algorithm>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;
using engine::LineWay;
using engine::Recovery;
using Fault = InstantDaw::LineFault;

namespace {

/// A desk whose DAW keeps automation.
struct LineDesk : PassDesk {
    LineDesk() : PassDesk(3) { daw.strip("Strip 1").fader = -4.0_dB; }

    [[nodiscard]] Ride ride(const std::string& name, Decibels lift = 3.0_dB) {
        Ride made;
        made.strip = daw.strip(name).id;
        made.base = *daw.strip(name).fader;
        made.points = {{SongTime(1s), 0.0_dB}, {SongTime(1200ms), lift}, {SongTime(3s), 0.0_dB}};
        return made;
    }
    engine::RideReport ride_all(std::vector<Ride> rides) {
        engine::RideWriteJob job(std::move(rides), "desk", {}, recorder);
        REQUIRE(daw.run(job));
        return job.report();
    }
    engine::RideReport two() { return ride_all({ride("Strip 1"), ride("Strip 2", -2.0_dB)}); }
    engine::LineReport give_back(LineWay way, PassId pass, bool force = false,
                                 engine::Selection selection = {}) {
        engine::LineReturnJob job(way, pass, force, "desk", {}, *journal, recorder, std::move(selection));
        REQUIRE(daw.run(job));
        return job.report();
    }
    engine::LineRecoverReport recover_lines(Recovery recovery, bool force = false) {
        engine::LineRecoverJob job(recovery, force, *journal);
        REQUIRE(daw.run(job));
        return job.report();
    }
    [[nodiscard]] FaderLine now(const std::string& name) {
        const StripId id = daw.strip(name).id;
        const auto known = daw.lines.find(id);
        return known == daw.lines.end() ? FaderLine{AutomationMode::manual, daw.strip(name).fader->gain(), {}}
                                        : known->second;
    }
};

}  // namespace

TEST_CASE("a ride is added to where the fader rests, on the DAW's samples, and plays") {
    const FaderLine resting{AutomationMode::touch, Gain(0.5), {}};
    const auto line = engine::with_ride(
        resting, {{SongTime(10'000ns), 0.0_dB}, {SongTime(10'001ns), 1.0_dB}, {SongTime(2s), 6.0_dB}},
        SampleRate{48000});
    CHECK(line.mode == AutomationMode::play);
    CHECK(line.rest == Gain(0.5));
    REQUIRE(line.points.size() == 2);
    CHECK(line.points[0].at == SongTime::from_samples(0, SampleRate{48000}));
    CHECK(line.points[1].at == SongTime(2s));
    CHECK(line.points[1].gain.ratio() == Approx(0.5 * 1.99526).epsilon(1e-5));
}

TEST_CASE("rides are one pass: written, confirmed by reading, taken back and written again") {
    LineDesk desk;
    const auto report = desk.two();
    REQUIRE_FALSE(report.error);
    REQUIRE(report.pass);
    CHECK(report.pass->kind == PassKind::ride);
    CHECK(desk.state(PassId{1}) == PassState::applied);
    const FaderLine ridden = desk.now("Strip 1");
    CHECK(ridden.mode == AutomationMode::play);
    CHECK(ridden.points.size() == 3);

    const auto back = desk.give_back(LineWay::back, PassId{1});
    REQUIRE_FALSE(back.error);
    CHECK(desk.now("Strip 1") == FaderLine{AutomationMode::manual, (-4.0_dB).gain(), {}});
    CHECK(desk.state(PassId{1}) == PassState::reverted);

    // The revert of the revert, and again.
    REQUIRE_FALSE(desk.give_back(LineWay::back, PassId{2}).error);
    CHECK(desk.now("Strip 1") == ridden);
    CHECK(desk.state(PassId{1}) == PassState::applied);
    REQUIRE_FALSE(desk.give_back(LineWay::back, PassId{1}).error);
    CHECK(desk.now("Strip 2").points.empty());
    REQUIRE_FALSE(desk.give_back(LineWay::again, PassId{1}).error);
    CHECK(desk.now("Strip 1") == ridden);
}

TEST_CASE("a part of the rides is taken back") {
    LineDesk desk;
    REQUIRE_FALSE(desk.two().error);
    REQUIRE_FALSE(desk.give_back(LineWay::back, PassId{1}, false, {{"Strip 2"}, {}}).error);
    CHECK(desk.now("Strip 1").points.size() == 3);
    CHECK(desk.now("Strip 2").points.empty());
    CHECK(desk.state(PassId{1}) == PassState::partly_reverted);
    const auto twice = desk.give_back(LineWay::back, PassId{1}, false, {{"Strip 2"}, {}});
    REQUIRE(twice.error);
    CHECK_FALSE(twice.pass);
    CHECK(desk.give_back(LineWay::back, PassId{1}, false, {{"Strip 7"}, {}}).error->kind == ErrorKind::usage);
}

TEST_CASE("automation that a person changed since is left and named; --force writes over it") {
    LineDesk desk;
    REQUIRE_FALSE(desk.two().error);
    FaderLine edited = desk.now("Strip 1");
    edited.points[1].gain = Gain(0.7);
    desk.daw.lines[desk.daw.strip("Strip 1").id] = edited;
    const auto back = desk.give_back(LineWay::back, PassId{1});
    REQUIRE(back.error);
    CHECK(back.error->kind == ErrorKind::conflict);
    REQUIRE(back.conflicts.size() == 1);
    CHECK(back.conflicts[0].strip.name == "Strip 1");
    CHECK(desk.now("Strip 1") == edited);
    CHECK(desk.now("Strip 2").points.empty());
    CHECK(desk.state(PassId{1}) == PassState::partly_reverted);

    REQUIRE_FALSE(desk.give_back(LineWay::back, PassId{1}, true).error);
    CHECK(desk.now("Strip 1").points.empty());
    // The record of the forced revert has what the person drew.
    CHECK(desk.journal->pass(PassId{3}).value().lines[0].before == edited);
}

TEST_CASE("a fader with automation of its own is not drawn over, and says so") {
    LineDesk desk;
    desk.daw.lines[desk.daw.strip("Strip 1").id] = {
        AutomationMode::play, Gain(1.0), {{SongTime(), Gain(0.5)}}};
    const auto report = desk.two();
    CHECK_FALSE(report.error);
    REQUIRE(report.automated.size() == 1);
    CHECK(report.automated[0].strip.name == "Strip 1");
    REQUIRE(report.pass);
    CHECK(report.pass->lines.size() == 1);
    const auto alone = desk.ride_all({desk.ride("Strip 1")});
    REQUIRE(alone.error);
    CHECK_FALSE(alone.pass);
    CHECK(desk.now("Strip 1").points.size() == 1);
}

TEST_CASE("what is refused, or reads back otherwise, is taken back and said") {
    for (const Fault fault : {Fault::refused, Fault::first_alone, Fault::bent}) {
        CAPTURE(static_cast<int>(fault));
        LineDesk desk;
        desk.daw.line_faults[1] = fault;
        const auto report = desk.two();
        REQUIRE(report.error);
        CHECK(report.error->kind == ErrorKind::rolled_back);
        CHECK(desk.now("Strip 1").points.empty());
        CHECK(desk.now("Strip 2").points.empty());
        CHECK(desk.state(PassId{1}) == PassState::rolled_back);
        CHECK_FALSE(desk.two().error);
    }
}

TEST_CASE("what cannot be taken back either is broken, and a revert by force mends it") {
    LineDesk desk;
    desk.daw.line_faults = {{1, Fault::first_alone}, {2, Fault::refused}};
    const auto report = desk.two();
    REQUIRE(report.error);
    CHECK(desk.state(PassId{1}) == PassState::broken);
    const auto lines = desk.journal->pass(PassId{1}).value().lines;
    CHECK(lines[0].verdict == Verdict::failed);
    CHECK(lines[1].verdict == Verdict::rolled_back);
    REQUIRE_FALSE(desk.give_back(LineWay::back, PassId{1}).error);
    CHECK(desk.now("Strip 1").points.empty());
    CHECK(desk.state(PassId{1}) == PassState::reverted);
}

TEST_CASE("a DAW that falls silent in the middle leaves a pass that is finished or rolled back") {
    const auto fault = GENERATE(Fault::silent_done, Fault::silent_undone);
    const auto recovery = GENERATE(Recovery::finish, Recovery::roll_back);
    CAPTURE(static_cast<int>(fault), static_cast<int>(recovery));
    LineDesk desk;
    desk.daw.line_faults[1] = fault;
    const auto report = desk.two();
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::no_daw);
    CHECK(desk.state(PassId{1}) == PassState::prepared);
    CHECK(desk.two().error->kind == ErrorKind::refused);

    const auto look = desk.recover_lines(Recovery::look);
    CHECK_FALSE(look.error);
    REQUIRE(look.lines.size() == 2);
    CHECK(look.lines[0].stands_at ==
          (fault == Fault::silent_done ? engine::StandsAt::after : engine::StandsAt::before));
    const auto recovered = desk.recover_lines(recovery);
    CHECK_FALSE(recovered.error);
    const bool finished = recovery == Recovery::finish;
    CHECK(desk.state(PassId{1}) == (finished ? PassState::applied : PassState::rolled_back));
    CHECK(desk.now("Strip 2").points.size() == (finished ? 3U : 0U));
    CHECK_FALSE(desk.recover_lines(recovery).cut_off);
}

TEST_CASE("recovery leaves what a person drew in the meantime, unless it is forced") {
    const bool force = GENERATE(false, true);
    LineDesk desk;
    desk.daw.line_faults[1] = Fault::silent_done;
    REQUIRE(desk.two().error);
    const FaderLine drawn{AutomationMode::play, Gain(1.0), {{SongTime(), Gain(0.25)}}};
    desk.daw.lines[desk.daw.strip("Strip 2").id] = drawn;
    const auto recovered = desk.recover_lines(Recovery::roll_back, force);
    CHECK(desk.now("Strip 1").points.empty());
    CHECK((desk.now("Strip 2") == drawn) == !force);
    CHECK(desk.state(PassId{1}) == (force ? PassState::rolled_back : PassState::broken));
    CHECK(recovered.error.has_value() == !force);
}

TEST_CASE("without a companion, or when it does not answer, nothing is recorded") {
    LineDesk desk;
    desk.daw.lines_unread = true;
    const auto report = desk.two();
    REQUIRE(report.error);
    CHECK_FALSE(report.pass);
    CHECK(desk.journal->passes().value().empty());
}
