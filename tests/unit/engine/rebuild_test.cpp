#include "engine/reapply_job.hpp"
#include "unit/engine/rebuild_desk.hpp"

#include <algorithm>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;
using engine::RebuildEnd;
using Names = std::vector<std::string>;
using Open = std::set<std::string>;

namespace {

/// Every track is as it was, and the pass says so.
void check_as_it_was(const RebuildDesk& desk) {
    CHECK(desk.daw.mixer() == desk.before);
    CHECK(desk.pass().state == PassState::rolled_back);
    CHECK(desk.journal->unfinished("song").value().empty());
}

}  // namespace

TEST_CASE("layers come in bar by bar in the profile's order, and then everything stands as it was") {
    RebuildDesk desk;
    std::vector<Open> heard;
    for (int layer = 0; layer < 5; ++layer)
        desk.daw.at(2s + layer * 4s, [&](engine::Engine&) { heard.push_back(desk.open()); });
    const auto report = desk.rebuild();
    CHECK_FALSE(report.error);
    CHECK(report.end == RebuildEnd::all_heard);
    CHECK(came_in(report) == Names{"kick", "drums", "bass", "harmony", "vocals"});
    REQUIRE(report.came_in.size() == 5);
    for (int layer = 0; layer < 5; ++layer) {
        CHECK(report.came_in[static_cast<std::size_t>(layer)].bar == 1 + 2 * layer);
        CHECK(report.came_in[static_cast<std::size_t>(layer)].at.seconds() ==
              Approx(4.0 * layer).margin(0.11));
    }
    CHECK(heard == std::vector<Open>{{"Kick In"},
                                     {"Kick In", "OH", "Snare"},
                                     {"Bass DI", "Kick In", "OH", "Snare"},
                                     {"Bass DI", "Keys", "Kick In", "OH", "Snare"},
                                     {"Bass DI", "Keys", "Kick In", "Lead Vox", "OH", "Snare"}});
    CHECK(report.not_heard.empty());
    check_as_it_was(desk);
    CHECK(desk.pass().kind == PassKind::rebuild);
    CHECK(desk.pass().entries.size() == 6);
    for (const PassEntry& entry : desk.pass().entries) {
        CHECK(entry.verdict == Verdict::rolled_back);
        CHECK(entry.before == ControlValue(Mute::open));
        CHECK(entry.after == ControlValue(Mute::muted));
    }
    CHECK(desk.daw.log == Names{"play", "stop", "locate 0:00.0"});
}

TEST_CASE("the pass is in the journal before the first mute leaves") {
    RebuildDesk desk;
    desk.daw.sets_left = 1;
    auto job = desk.job();
    CHECK_FALSE(desk.daw.roll(job));
    CHECK(desk.pass().state == PassState::prepared);
    CHECK(desk.pass().entries.size() == 6);
}

TEST_CASE(
    "from the middle of a bar the layers still come in on bar lines; a rolling transport is left rolling") {
    RebuildDesk desk;
    desk.daw.locate_by_hand(SongTime::from_seconds(9.2));
    desk.daw.play_by_hand();
    // The DAW tells where it is before anything begins.
    surface::Effects first;
    desk.daw.wake({}, first);
    const auto report = desk.rebuild(engine::Bars{1});
    CHECK_FALSE(report.error);
    REQUIRE(report.came_in.size() == 5);
    CHECK(report.came_in[0].bar == 5);
    for (std::size_t layer = 1; layer < 5; ++layer)
        CHECK(report.came_in[layer].at.seconds() ==
              Approx(8.0 + 2.0 * static_cast<double>(layer)).margin(0.11));
    CHECK(desk.daw.log.empty());
    check_as_it_was(desk);
}

TEST_CASE("layers can be given so much song time each, where a DAW does not tell bars too") {
    RebuildDesk desk;
    desk.daw.tells_bars(false);
    const auto report = desk.rebuild(Duration(3s));
    CHECK_FALSE(report.error);
    REQUIRE(report.came_in.size() == 5);
    for (std::size_t layer = 0; layer < 5; ++layer) {
        CHECK_FALSE(report.came_in[layer].bar);
        CHECK(report.came_in[layer].at.seconds() == Approx(3.0 * static_cast<double>(layer)).margin(0.11));
    }
    check_as_it_was(desk);
}

TEST_CASE("ended at any moment, everything is put back") {
    const auto when = GENERATE(range(0, 220, 7));
    CAPTURE(when);
    RebuildDesk desk;
    desk.interrupt_at(std::chrono::milliseconds(when * 100));
    const auto report = desk.rebuild();
    CHECK_FALSE(report.error);
    CHECK(report.end == (when < 201 ? RebuildEnd::by_hand : RebuildEnd::all_heard));
    CHECK(report.came_in.size() + report.not_heard.size() == 5);
    check_as_it_was(desk);
    CHECK(desk.daw.log == Names{"play", "stop", "locate 0:00.0"});
}

TEST_CASE("a track that a person mutes after it came in is theirs: left, named, and the rest put back") {
    RebuildDesk desk;
    desk.set_by_hand(6s, "Snare", Mute::muted);
    const auto report = desk.rebuild();
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::conflict);
    CHECK_THAT(report.error->message, Catch::Contains("moved by hand"));
    REQUIRE(report.conflicts.size() == 1);
    CHECK(report.conflicts[0].strip.name == "Snare");
    CHECK(report.conflicts[0].before == ControlValue(Mute::muted));
    CHECK(desk.verdict_of("Snare") == Verdict::conflict);
    CHECK(desk.verdict_of("OH") == Verdict::rolled_back);
    CHECK(desk.pass().state == PassState::rolled_back);
    CHECK(desk.open() == Open{"Bass DI", "Keys", "Kick In", "Lead Vox", "OH"});
}

TEST_CASE("a track that a person opens before its layer is open as it was: nothing is left") {
    RebuildDesk desk;
    desk.set_by_hand(2s, "Keys", Mute::open);
    const auto report = desk.rebuild();
    CHECK_FALSE(report.error);
    check_as_it_was(desk);
}

TEST_CASE("a transport stopped by hand makes the layers wait; where it stands at the end it is left") {
    RebuildDesk desk;
    const bool goes_on = GENERATE(true, false);
    CAPTURE(goes_on);
    desk.daw.at(5s, [&](engine::Engine&) { desk.daw.stop_by_hand(); });
    std::size_t open_while_stopped = 0;
    desk.daw.at(50s, [&](engine::Engine&) { open_while_stopped = desk.open().size(); });
    if (goes_on) {
        desk.daw.at(51s, [&](engine::Engine&) { desk.daw.play_by_hand(); });
    } else {
        desk.interrupt_at(51s);
    }
    const auto report = desk.rebuild();
    CHECK_FALSE(report.error);
    CHECK(open_while_stopped == 3);
    CHECK(report.end == (goes_on ? RebuildEnd::all_heard : RebuildEnd::by_hand));
    CHECK(desk.daw.log == (goes_on ? Names{"play", "stop", "locate 0:00.0"} : Names{"play"}));
    check_as_it_was(desk);
}

TEST_CASE("the end of the song ends a rebuild; what was not heard is named") {
    RebuildDesk desk;
    desk.daw.mixer().session.end = desk.before.session.end = SongTime::from_seconds(9.0);
    const auto report = desk.rebuild();
    CHECK_FALSE(report.error);
    CHECK(report.end == RebuildEnd::end_of_song);
    CHECK(came_in(report) == Names{"kick", "drums", "bass"});
    CHECK(report.not_heard == Names{"harmony", "vocals"});
    check_as_it_was(desk);
    CHECK(desk.daw.log == Names{"play", "stop", "locate 0:00.0"});
}

TEST_CASE("the DAW lost, or kedge killed, at any step: recover opens everything, and finishing is refused") {
    const auto step = GENERATE(range<std::size_t>(1, 12));
    const bool lost = GENERATE(true, false);
    CAPTURE(step, lost);
    RebuildDesk desk;
    if (lost) {
        desk.daw.lost_after_sets = step;
    } else {
        desk.daw.sets_left = step;
    }
    {
        auto job = desk.job();
        CHECK(desk.daw.roll(job) == lost);
        if (lost) {
            REQUIRE(job.report().error);
            CHECK(job.report().error->kind == ErrorKind::no_daw);
        }
    }
    desk.daw.sets_left = std::numeric_limits<std::size_t>::max();
    desk.daw.lost_after_sets.reset();
    desk.daw.stop_by_hand();
    CHECK(desk.pass().state == PassState::prepared);

    const auto again = desk.rebuild();
    REQUIRE(again.error);
    CHECK_THAT(again.error->next, Catch::Contains("--roll-back") && !Catch::Contains("--finish"));

    const auto finish = desk.recover(engine::Recovery::finish);
    REQUIRE(finish.error);
    CHECK(finish.error->kind == ErrorKind::usage);
    CHECK_THAT(finish.error->next, Catch::Contains("kedge recover --roll-back"));
    CHECK(desk.pass().state == PassState::prepared);

    const auto look = desk.recover(engine::Recovery::look);
    CHECK_FALSE(look.error);
    CHECK(look.controls.size() == 6);
    CHECK(std::none_of(look.controls.begin(), look.controls.end(), [](const engine::CutOffControl& each) {
        return each.stands_at == engine::StandsAt::neither;
    }));

    CHECK_FALSE(desk.recover(engine::Recovery::roll_back).error);
    check_as_it_was(desk);
}

TEST_CASE("a rebuild says why it cannot begin, and sends nothing") {
    RebuildDesk desk;
    const auto refused = [&](engine::LayerSpan span = engine::Bars{2}) {
        const auto report = desk.rebuild(span);
        REQUIRE(report.error);
        CHECK(report.error->kind == ErrorKind::refused);
        CHECK_FALSE(report.pass);
        CHECK(desk.daw.sets == 0);
        CHECK(desk.daw.log.empty());
        return report.error->message + " " + report.error->next;
    };
    desk.daw.strip("Keys").soloed = true;
    CHECK_THAT(refused(), Catch::Contains("'Keys'") && Catch::Contains("solos off"));
    desk.daw.strip("Keys").soloed = false;
    desk.daw.tells_bars(false);
    CHECK_THAT(refused(), Catch::Contains("--every 15s"));
    desk.daw.tells_bars(true);
    desk.daw.locate_by_hand(SongTime::from_seconds(120.0));
    surface::Effects told;
    desk.daw.wake({}, told);
    CHECK_THAT(refused(), Catch::Contains("end of the song"));
    CHECK_THAT(refused(Duration(5s)), Catch::Contains("end of the song"));
}

TEST_CASE("a DAW that does not play is said, and everything is put back") {
    RebuildDesk desk;
    desk.daw.never_rolls = true;
    const auto report = desk.rebuild();
    REQUIRE(report.error);
    CHECK(report.error->kind == ErrorKind::refused);
    CHECK_THAT(report.error->message, Catch::Contains("does not play"));
    CHECK_FALSE(report.end);
    check_as_it_was(desk);
}

TEST_CASE("what is muted already stays so and is named; a role set by hand counts") {
    RebuildDesk desk;
    desk.daw.strip("OH").mute = desk.before.find(desk.daw.strip("OH").id)->mute = Mute::muted;
    desk.by_hand[desk.daw.strip("Keys").name] = Role::other;
    const auto report = desk.rebuild();
    CHECK_FALSE(report.error);
    REQUIRE(report.left_out.size() == 1);
    CHECK(report.left_out[0].strip.name == "OH");
    CHECK(came_in(report) == Names{"kick", "drums", "bass", "vocals", "the rest"});
    CHECK(report.came_in[4].strips[0].name == "Keys");
    check_as_it_was(desk);
}

TEST_CASE("a rebuild that is over cannot be written again") {
    RebuildDesk desk;
    (void)desk.rebuild();
    engine::ReapplyJob job(PassId{1}, false, "desk", {}, *desk.journal, desk.recorder);
    REQUIRE(desk.daw.roll(job));
    REQUIRE(job.report().error);
    CHECK_THAT(job.report().error->next, Catch::Contains("`kedge rebuild`"));
}

TEST_CASE("what a rebuild says in lines: the mutes, then each layer with its place and tracks") {
    RebuildDesk desk;
    auto job = desk.job();
    REQUIRE(desk.daw.roll(job));
    const auto said = job.progress().said;
    REQUIRE(said.size() == 6);
    CHECK(said[0] == "6 tracks are muted.");
    CHECK_THAT(said[1], Catch::StartsWith("0:00.0, bar 1") && Catch::EndsWith("kick: Kick In"));
    CHECK_THAT(said[2], Catch::StartsWith("0:04.0, bar 3") && Catch::EndsWith("drums: Snare, OH"));
}
