#include "support/catch.hpp"
#include "surface/same_value.hpp"
#include "unit/surface/pass_fixture.hpp"

using namespace kedge;
using namespace kedge::surface;
using namespace kedge::test;
using namespace std::chrono_literals;

TEST_CASE("A pass is read, recorded, applied and confirmed") {
    PassFixture fixture;
    bool sent_before_recorded = false;
    fixture.daw.on_command = [&](const Command& command) {
        if (std::holds_alternative<SetControl>(command) && fixture.recorder.prepared.empty())
            sent_before_recorded = true;
    };
    fixture.run();
    REQUIRE(fixture.runner->done());
    CHECK_FALSE(sent_before_recorded);
    CHECK_FALSE(fixture.runner->refused());
    CHECK_FALSE(fixture.runner->cause());
    CHECK(fixture.pass().state == PassState::applied);
    CHECK(fixture.pass().id == PassId{1});
    CHECK(fixture.every_verdict(Verdict::confirmed));
    CHECK(fixture.all_after());
    CHECK(fixture.runner->settled() == fixture.runner->total());
    CHECK(fixture.daw.sets_received() == 8);

    REQUIRE(fixture.recorder.prepared.size() == 1);
    const auto& prepared = fixture.recorder.prepared[0];
    CHECK(prepared.state == PassState::prepared);
    CHECK(prepared.surface == "scripted");
    REQUIRE(prepared.entries.size() == 8);
    CHECK(prepared.entries[2].strip.name == "Strip 2");
    CHECK(prepared.entries[2].before == ControlValue(-1.0_dB));
    CHECK(prepared.entries[2].after == ControlValue(12.0_dB));
    CHECK(prepared.entries[2].verdict == Verdict::pending);
    CHECK(prepared.entries[2].rule == "rule");
    CHECK(prepared.entries[2].reason == "reason");
    REQUIRE(fixture.recorder.outcomes.size() == 1);
    CHECK(fixture.recorder.outcomes[0].state == PassState::applied);
    CHECK(fixture.recorder.outcomes[0].id == PassId{1});
}

TEST_CASE("Nothing to do is done at once and not recorded") {
    PassFixture fixture;
    fixture.wishes.clear();
    fixture.run();
    CHECK(fixture.runner->done());
    CHECK(fixture.pass().state == PassState::applied);
    CHECK(fixture.recorder.prepared.empty());
    CHECK(fixture.recorder.outcomes.empty());
}

TEST_CASE("A control that already holds its value is confirmed without being sent") {
    PassFixture fixture;
    fixture.daw.values[{StripId{1}, Control::fader}] = Decibels(11.005);
    fixture.run();
    CHECK(fixture.pass().state == PassState::applied);
    CHECK(fixture.pass().entries[0].verdict == Verdict::confirmed);
    CHECK(fixture.recorder.prepared[0].entries[0].verdict == Verdict::confirmed);
    CHECK(fixture.daw.values.at({StripId{1}, Control::fader}) == ControlValue(Decibels(11.005)));
    CHECK(fixture.daw.sets_received() == 7);
}

TEST_CASE("No more controls are in flight than allowed, and everything is sent in order") {
    PassFixture fixture(40);
    fixture.pacing.most_in_flight = 5;
    std::vector<Key> sent;
    fixture.daw.on_command = [&](const Command& command) {
        if (const auto* set = std::get_if<SetControl>(&command)) sent.emplace_back(set->strip, set->control);
    };
    fixture.run();
    CHECK(fixture.pass().state == PassState::applied);
    CHECK(fixture.daw.most_outstanding == 5);
    REQUIRE(sent.size() == fixture.wishes.size());
    for (std::size_t i = 0; i < sent.size(); ++i)
        CHECK(sent[i] == Key(fixture.wishes[i].strip, fixture.wishes[i].control));
}

TEST_CASE("A control that takes its value silently is confirmed by asking") {
    PassFixture fixture;
    fixture.daw.mute_echo.insert({StripId{2}, Control::pan});
    fixture.run();
    CHECK(fixture.pass().state == PassState::applied);
    CHECK(fixture.all_after());
    CHECK(fixture.daw.sets_received() == 8);
}

TEST_CASE("A value near enough confirms, one too far fails") {
    PassFixture fixture;
    double off_by = 0.0;
    SECTION("within") {
        off_by = 0.0099;
    }
    SECTION("beyond") {
        off_by = 0.0102;
    }
    fixture.daw.takes = [&](const Key&, const ControlValue& value) {
        const auto* level = std::get_if<Decibels>(&value);
        return level != nullptr && level->db() == 11.0 ? ControlValue(Decibels(11.0 + off_by)) : value;
    };
    fixture.run();
    CHECK(fixture.pass().state == (off_by < 0.01 ? PassState::applied : PassState::rolled_back));
}

TEST_CASE("A before-value that cannot be read refuses the pass, and nothing is sent or recorded") {
    PassFixture fixture;
    fixture.daw.no_answer.insert({StripId{3}, Control::fader});
    fixture.run();
    REQUIRE(fixture.runner->done());
    REQUIRE(fixture.runner->refused());
    CHECK_THAT(fixture.runner->refused()->message, Catch::Contains("fader of \"Strip 3\""));
    CHECK(fixture.daw.sets_received() == 0);
    CHECK(fixture.recorder.prepared.empty());
    CHECK(fixture.recorder.outcomes.empty());
}

TEST_CASE("A report of its own accord is no before-value") {
    PassFixture fixture;
    fixture.daw.at(1ms, [&](PassRunner& runner) {
        fixture.daw.tell(runner, ControlReported{StripId{1}, Control::fader, Decibels(-77.0), false});
    });
    fixture.run();
    CHECK(fixture.pass().entries[0].before == ControlValue(0.0_dB));
}

TEST_CASE("A journal that refuses the pass stops it before anything is sent") {
    PassFixture fixture;
    fixture.recorder.refuses_prepared = true;
    fixture.run();
    REQUIRE(fixture.runner->done());
    REQUIRE(fixture.runner->refused());
    CHECK(fixture.runner->refused()->message == "disk full");
    CHECK(fixture.daw.sets_received() == 0);
    CHECK(fixture.recorder.outcomes.empty());
}

TEST_CASE("An outcome that cannot be recorded is said") {
    PassFixture fixture;
    fixture.recorder.refuses_outcome = true;
    fixture.run();
    CHECK(fixture.pass().state == PassState::applied);
    REQUIRE(fixture.runner->cause());
    CHECK(fixture.runner->cause()->message == "disk full");
    CHECK(fixture.recorder.outcomes.size() == 1);
}

TEST_CASE("A wish for a strip that is no more refuses the pass") {
    PassFixture fixture;
    fixture.wish(StripId{99}, Control::fader, 0.0_dB);
    fixture.run();
    CHECK(fixture.runner->refused());
    CHECK(fixture.daw.sets_received() == 0);
}

TEST_CASE("A control moved since is a conflict and left alone, the rest goes on") {
    PassFixture fixture;
    fixture.wishes[0].expected = Decibels(-40.0);
    fixture.wishes[2].expected = Decibels(-1.0);
    SECTION("not forced") {
        fixture.run();
        CHECK(fixture.pass().entries[0].verdict == Verdict::conflict);
        CHECK(fixture.daw.values.at({StripId{1}, Control::fader}) == ControlValue(0.0_dB));
    }
    SECTION("forced") {
        fixture.force = true;
        fixture.run();
        CHECK(fixture.pass().entries[0].verdict == Verdict::confirmed);
        CHECK(fixture.all_after());
    }
    CHECK(fixture.pass().state == PassState::applied);
    CHECK(fixture.pass().entries[2].verdict == Verdict::confirmed);
}

TEST_CASE("A pass of conflicts only sends nothing and is recorded") {
    PassFixture fixture;
    for (auto& wish : fixture.wishes)
        if (wish.control == Control::fader)
            wish.expected = Decibels(-99.0);
        else
            wish.expected = Pan::right();
    fixture.run();
    CHECK(fixture.runner->done());
    CHECK(fixture.every_verdict(Verdict::conflict));
    CHECK(fixture.all_before());
    CHECK(fixture.recorder.outcomes.size() == 1);
}

TEST_CASE("A control that was moved to where the revert wants it is no conflict") {
    PassFixture fixture;
    fixture.wishes[0].expected = Decibels(-40.0);
    fixture.wishes[0].to = 0.0_dB;
    fixture.run();
    CHECK(fixture.pass().entries[0].verdict == Verdict::confirmed);
}

TEST_CASE("Silence is the same as a fader all the way down") {
    const auto surface = exact_surface();
    const auto silence = Decibels::silence();
    CHECK(same_value(silence, silence, surface));
    CHECK(same_value(silence, -193.0_dB, surface));
    CHECK(same_value(-193.0_dB, -318.8_dB, surface));
    CHECK_FALSE(same_value(silence, -189.0_dB, surface));
    CHECK_FALSE(same_value(-190.0_dB, -200.0_dB, surface));
    CHECK_FALSE(same_value(silence, 0.0_dB, surface));
    CHECK(same_value(-3.0_dB, -3.01_dB, surface));
    CHECK_FALSE(same_value(-3.0_dB, -3.02_dB, surface));
    CHECK(same_value(Pan(0.5), Pan(0.501), surface));
    CHECK_FALSE(same_value(Pan(0.5), Pan(0.502), surface));
    CHECK(same_value(Mute::muted, Mute::muted, surface));
    CHECK_FALSE(same_value(Mute::muted, Mute::open, surface));
    CHECK_FALSE(same_value(0.0_dB, Pan::centre(), surface));
}
