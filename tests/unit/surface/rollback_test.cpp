#include "support/catch.hpp"
#include "unit/surface/pass_fixture.hpp"

using namespace kedge;
using namespace kedge::surface;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

void check_recorded_once(const PassFixture& fixture) {
    REQUIRE(fixture.runner->done());
    REQUIRE(fixture.recorder.outcomes.size() == 1);
    CHECK(fixture.recorder.outcomes[0].state == fixture.pass().state);
}

/// The record is as it was before the first byte.
void check_cut_off(const PassFixture& fixture) {
    REQUIRE(fixture.runner->done());
    CHECK(fixture.recorder.prepared.size() == 1);
    CHECK(fixture.recorder.outcomes.empty());
    CHECK(fixture.pass().state == PassState::prepared);
}

/// Schedules an act at the moment the n-th value leaves.
void when_sent(PassFixture& fixture, int n, std::function<void(PassRunner&)> act) {
    auto left = std::make_shared<int>(n);
    fixture.daw.on_command = [&fixture, left, act](const Command& command) {
        if (std::holds_alternative<SetControl>(command) && --*left == 0)
            fixture.daw.at(fixture.daw.now().time_since_epoch(), act);
    };
}

}  // namespace

TEST_CASE("One deaf control takes the whole pass back") {
    PassFixture fixture;
    fixture.daw.deaf.insert({StripId{3}, Control::pan});
    fixture.run();
    check_recorded_once(fixture);
    CHECK(fixture.pass().state == PassState::rolled_back);
    CHECK(fixture.all_before());
    CHECK(fixture.every_verdict(Verdict::rolled_back));
    REQUIRE(fixture.runner->cause());
    CHECK_THAT(fixture.runner->cause()->message, Catch::Contains("pan of \"Strip 3\""));
    CHECK(fixture.runner->cause()->kind == ErrorKind::rolled_back);
}

TEST_CASE("One refused control takes the whole pass back, and is not sent anything more") {
    PassFixture fixture;
    const Key refusing{StripId{3}, Control::pan};
    fixture.daw.refuses.insert(refusing);
    int sent = 0;
    fixture.daw.on_command = [&](const Command& command) {
        const auto* set = std::get_if<SetControl>(&command);
        if (set != nullptr && Key(set->strip, set->control) == refusing) ++sent;
    };
    fixture.run();
    check_recorded_once(fixture);
    CHECK(fixture.pass().state == PassState::rolled_back);
    CHECK(fixture.all_before());
    CHECK(sent == 1);
}

TEST_CASE("What was never sent when the pass fails stays pending and untouched") {
    PassFixture fixture;
    fixture.pacing.most_in_flight = 1;
    fixture.daw.refuses.insert({StripId{2}, Control::fader});
    fixture.run();
    check_recorded_once(fixture);
    CHECK(fixture.pass().state == PassState::rolled_back);
    const auto& entries = fixture.pass().entries;
    for (std::size_t i = 0; i < 3; ++i) CHECK(entries[i].verdict == Verdict::rolled_back);
    for (std::size_t i = 3; i < entries.size(); ++i) CHECK(entries[i].verdict == Verdict::pending);
    CHECK(fixture.all_before());
}

TEST_CASE("Values are taken back last sent first") {
    PassFixture fixture;
    fixture.pacing.most_in_flight = 1;
    fixture.daw.refuses.insert({StripId{4}, Control::pan});
    std::vector<StripId> back;
    fixture.daw.on_command = [&](const Command& command) {
        const auto* set = std::get_if<SetControl>(&command);
        if (set != nullptr && set->control == Control::fader && std::get<Decibels>(set->value) < 5.0_dB)
            back.push_back(set->strip);
    };
    fixture.run();
    CHECK(back == std::vector{StripId{4}, StripId{3}, StripId{2}, StripId{1}});
}

TEST_CASE("A control that cannot be taken back is named") {
    PassFixture fixture;
    fixture.daw.refuses.insert({StripId{4}, Control::pan});
    // A DAW that takes one control's new value and never its old one.
    fixture.daw.takes = [&](const Key& key, const ControlValue& value) {
        return key == Key(StripId{1}, Control::fader) ? ControlValue(11.0_dB) : value;
    };
    fixture.run();
    check_recorded_once(fixture);
    CHECK(fixture.pass().state == PassState::broken);
    CHECK(fixture.pass().entries[0].verdict == Verdict::failed);
    for (std::size_t i = 1; i < fixture.pass().entries.size(); ++i)
        CHECK(fixture.pass().entries[i].verdict == Verdict::rolled_back);
}

TEST_CASE("A DAW that falls silent leaves a broken pass of unheard controls") {
    PassFixture fixture;
    when_sent(fixture, 4, [&](PassRunner&) { fixture.daw.dead = true; });
    fixture.run();
    check_recorded_once(fixture);
    CHECK(fixture.pass().state == PassState::broken);
    CHECK(fixture.every_verdict(Verdict::unheard));
}

TEST_CASE("A lost connection stops the pass at once") {
    PassFixture fixture;
    fixture.pacing.most_in_flight = 2;
    when_sent(fixture, 4,
              [&](PassRunner& runner) { fixture.daw.tell(runner, Lost{"no heartbeat for 5 s"}); });
    fixture.run();
    check_cut_off(fixture);
    CHECK(fixture.runner->cause()->kind == ErrorKind::no_daw);
    CHECK(fixture.runner->cause()->message == "no heartbeat for 5 s");
    const auto& entries = fixture.pass().entries;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const bool holds_after =
            fixture.daw.values.at({fixture.wishes[i].strip, fixture.wishes[i].control}) ==
            ControlValue(entries[i].after);
        if (entries[i].verdict == Verdict::confirmed) CHECK(holds_after);
        if (entries[i].verdict == Verdict::pending) CHECK_FALSE(holds_after);
    }
}

TEST_CASE("A connection lost while reading refuses the pass") {
    PassFixture fixture;
    fixture.daw.at(1ms, [&](PassRunner& runner) { fixture.daw.tell(runner, Lost{"gone"}); });
    fixture.run();
    REQUIRE(fixture.runner->refused());
    CHECK(fixture.runner->refused()->kind == ErrorKind::no_daw);
    CHECK(fixture.recorder.prepared.empty());
    CHECK(fixture.all_before());
}

TEST_CASE("A connection lost while rolling back leaves a pass that is cut off and tells what is unknown") {
    PassFixture fixture;
    fixture.daw.refuses.insert({StripId{4}, Control::pan});
    when_sent(fixture, 9, [&](PassRunner& runner) { fixture.daw.tell(runner, Lost{"gone"}); });
    fixture.run();
    check_cut_off(fixture);
    CHECK(fixture.every_verdict(Verdict::unheard));
}

TEST_CASE("A strip removed in mid-pass takes the rest back and is named") {
    PassFixture fixture;
    when_sent(fixture, 6, [&](PassRunner& runner) {
        std::erase_if(fixture.daw.mixer.strips, [](const Strip& strip) { return strip.id == StripId{3}; });
        fixture.daw.values.erase({StripId{3}, Control::fader});
        fixture.daw.values.erase({StripId{3}, Control::pan});
        fixture.daw.tell(runner, StripsChanged{{}, {StripId{3}}});
    });
    fixture.run();
    check_recorded_once(fixture);
    CHECK(fixture.pass().state == PassState::broken);
    for (const auto& entry : fixture.pass().entries)
        CHECK(entry.verdict == (entry.strip.name == "Strip 3" ? Verdict::failed : Verdict::rolled_back));
    for (const auto& [key, value] : fixture.daw.values) CHECK(value == fixture.before.at(key));
}

TEST_CASE("A strip removed before it was touched leaves a pass that is wholly back") {
    PassFixture fixture;
    fixture.pacing.most_in_flight = 1;
    when_sent(fixture, 2, [&](PassRunner& runner) {
        fixture.daw.tell(runner, StripsChanged{{}, {StripId{4}}});
    });
    fixture.run();
    check_recorded_once(fixture);
    CHECK(fixture.pass().state == PassState::rolled_back);
    CHECK(fixture.all_before());
}

TEST_CASE("A strip of no concern may come and go") {
    PassFixture fixture;
    when_sent(fixture, 2, [&](PassRunner& runner) {
        fixture.daw.tell(runner, StripsChanged{{StripId{50}}, {StripId{51}}});
    });
    fixture.run();
    CHECK(fixture.pass().state == PassState::applied);
}

TEST_CASE("Ctrl-C takes back what was sent") {
    PassFixture fixture(20);
    fixture.pacing.most_in_flight = 3;
    when_sent(fixture, 9, [&](PassRunner&) { fixture.daw.interrupt(*fixture.runner); });
    fixture.run();
    check_recorded_once(fixture);
    CHECK(fixture.pass().state == PassState::rolled_back);
    CHECK(fixture.runner->cause()->kind == ErrorKind::interrupted);
    CHECK(fixture.all_before());
    CHECK(fixture.pass().entries.front().verdict == Verdict::rolled_back);
    CHECK(fixture.pass().entries.back().verdict == Verdict::pending);
}

TEST_CASE("Ctrl-C while reading sends nothing") {
    PassFixture fixture;
    fixture.daw.at(1ms, [&](PassRunner&) { fixture.daw.interrupt(*fixture.runner); });
    fixture.run();
    REQUIRE(fixture.runner->refused());
    CHECK(fixture.runner->refused()->kind == ErrorKind::interrupted);
    CHECK(fixture.recorder.prepared.empty());
    CHECK(fixture.daw.sets_received() == 0);
}

TEST_CASE("Ctrl-C while rolling back, or when done, changes nothing") {
    PassFixture fixture;
    fixture.daw.refuses.insert({StripId{4}, Control::pan});
    when_sent(fixture, 9, [&](PassRunner&) {
        fixture.daw.interrupt(*fixture.runner);
        fixture.daw.interrupt(*fixture.runner);
    });
    fixture.run();
    fixture.daw.interrupt(*fixture.runner);
    check_recorded_once(fixture);
    CHECK(fixture.pass().state == PassState::rolled_back);
    CHECK(fixture.runner->cause()->kind == ErrorKind::rolled_back);
}

TEST_CASE("While rolling back, only an answer proves a value") {
    PassFixture fixture(1);
    fixture.wishes.pop_back();
    const Key fader{StripId{1}, Control::fader};
    fixture.daw.mute_echo.insert(fader);
    when_sent(fixture, 1, [&](PassRunner& runner) {
        fixture.daw.interrupt(runner);
        // A late report of the old value, from before the pass.
        fixture.daw.tell(runner, ControlReported{fader.first, fader.second, 0.0_dB, false});
        CHECK_FALSE(runner.done());
    });
    fixture.run();
    CHECK(fixture.pass().state == PassState::rolled_back);
    CHECK(fixture.all_before());
}
