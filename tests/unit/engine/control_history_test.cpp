#include "engine/control_history.hpp"

#include "engine/revert_plan.hpp"
#include "support/catch.hpp"

using namespace kedge;
using engine::ControlHistory;

namespace {

Capabilities to_a_hundredth() {
    Capabilities can;
    can.level_tolerance = Decibels(0.01);
    return can;
}

/// A pass of one fader.
Pass fader_pass(std::int64_t id, double before, double after, Verdict verdict = Verdict::confirmed,
                PassState state = PassState::applied) {
    Pass pass;
    pass.id = PassId{id};
    pass.session = "song";
    pass.state = state;
    pass.entries = {{{StripKind::audio_track, "Kick", 0},
                     Control::fader,
                     Decibels(before),
                     Decibels(after),
                     verdict,
                     "",
                     ""}};
    return pass;
}

Pass revert_of(std::int64_t reverted, Pass pass) {
    pass.kind = PassKind::revert;
    pass.reverts = PassId{reverted};
    return pass;
}

ControlHistory history_of(const std::vector<Pass>& passes) {
    ControlHistory history(to_a_hundredth());
    for (const Pass& pass : passes) history.add(pass, pass.entries[0]);
    return history;
}

MixerState open_song(const std::string& name, std::vector<std::string> strips) {
    MixerState mixer;
    mixer.session.name = name;
    for (std::uint32_t i = 0; i < strips.size(); ++i) {
        Strip strip;
        strip.id = StripId{i + 1};
        strip.name = {StripKind::audio_track, strips[i], 0};
        mixer.strips.push_back(strip);
    }
    return mixer;
}

}  // namespace

TEST_CASE("a control that no pass changed has no history") {
    const auto none = history_of({fader_pass(1, 0, -3, Verdict::pending, PassState::prepared),
                                  fader_pass(2, 0, -3, Verdict::rolled_back, PassState::rolled_back),
                                  fader_pass(3, 0, -3, Verdict::conflict),
                                  fader_pass(4, 0, -3, Verdict::pending, PassState::broken)});
    CHECK_FALSE(none.value());
    CHECK_FALSE(none.way_back(PassId{1}));
}

TEST_CASE("what nobody confirmed goes back without an expectation") {
    for (const Verdict verdict : {Verdict::unheard, Verdict::failed}) {
        const auto history = history_of({fader_pass(1, -2, 3, verdict, PassState::broken)});
        const auto way = history.way_back(PassId{1});
        REQUIRE(way);
        CHECK(way->to == ControlValue(Decibels(-2)));
        CHECK_FALSE(way->expected);
        CHECK_FALSE(history.certain());
    }
}

TEST_CASE("a later pass tells whether a write that nobody confirmed was taken") {
    const double found = GENERATE(-2.0, 3.0);
    CAPTURE(found);
    const auto history =
        history_of({fader_pass(1, -2, 3, Verdict::unheard, PassState::broken), fader_pass(2, found, -9)});
    CHECK(history.certain());
    CHECK(history.way_back(PassId{2})->to == ControlValue(Decibels(found)));
    CHECK_FALSE(history.way_back(PassId{1})->moved_by_hand);
}

TEST_CASE("a revert that nobody confirmed took nothing out and can be asked for again") {
    const auto history = history_of(
        {fader_pass(1, -2, 3), revert_of(1, fader_pass(2, 3, -2, Verdict::unheard, PassState::broken))});
    const auto way = history.way_back(PassId{1});
    REQUIRE(way);
    CHECK(way->to == ControlValue(Decibels(-2)));
    CHECK_FALSE(way->expected);
}

TEST_CASE("a revert that an older kedge wrote over a standing pass is taken as it is") {
    // Forced there: pass 1 went back to -2 although pass 2 stood on it.
    const auto history =
        history_of({fader_pass(1, -2, 3), fader_pass(2, 3, 6), revert_of(1, fader_pass(3, 6, -2))});
    CHECK(history.value() == ControlValue(Decibels(-2)));
    CHECK_FALSE(history.way_back(PassId{1}));
    CHECK(history.way_back(PassId{2})->moved_by_hand);
}

TEST_CASE("what is not settled, was rolled back, or is another session's is not reverted") {
    const engine::SessionHistory history({fader_pass(1, -2, 3)}, to_a_hundredth());
    const auto refusal = [&](const Pass& pass, const std::string& song) {
        const auto plan = engine::plan_revert(history, pass, {}, false, open_song(song, {"Kick"}));
        REQUIRE_FALSE(plan);
        CHECK(plan.error().kind == ErrorKind::refused);
        CHECK_FALSE(plan.error().next.empty());
        return plan.error().message;
    };
    CHECK_THAT(refusal(fader_pass(1, -2, 3), "another"), Catch::Contains("another"));
    CHECK_THAT(refusal(fader_pass(1, -2, 3, Verdict::pending, PassState::prepared), "song"),
               Catch::Contains("cut off"));
    CHECK_THAT(refusal(fader_pass(1, -2, 3, Verdict::rolled_back, PassState::rolled_back), "song"),
               Catch::Contains("changed nothing"));
}
