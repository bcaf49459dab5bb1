#include "engine/revert_plan.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::engine;

namespace {

Strip strip(std::uint32_t id, const std::string& name) {
    Strip s;
    s.id = StripId{id};
    s.name = {StripKind::audio_track, name, 0};
    return s;
}

MixerState mixer_with(std::initializer_list<std::string> names) {
    MixerState mixer;
    mixer.session.name = "song";
    std::uint32_t id = 1;
    for (const auto& name : names) mixer.strips.push_back(strip(id++, name));
    return mixer;
}

PassEntry entry(const std::string& name, double before, double after, Verdict verdict = Verdict::confirmed) {
    PassEntry e;
    e.strip = {StripKind::audio_track, name, 0};
    e.control = Control::fader;
    e.before = Decibels(before);
    e.after = Decibels(after);
    e.verdict = verdict;
    return e;
}

Pass pass_of(std::int64_t id, std::vector<PassEntry> entries) {
    Pass pass;
    pass.id = PassId{id};
    pass.session = "song";
    pass.state = PassState::applied;
    pass.entries = std::move(entries);
    return pass;
}

}  // namespace

TEST_CASE("a chain goes back to the first before and expects the last after") {
    const auto plan = plan_revert(
        {pass_of(1, {entry("Kick", -2, 3), entry("Bass", 0, -3)}), pass_of(2, {entry("Bass", -3, -6)})},
        mixer_with({"Bass", "Kick"}));
    REQUIRE(plan);
    REQUIRE(plan->wishes.size() == 2);
    CHECK(plan->wishes[0].strip == StripId{2});
    CHECK(plan->wishes[0].to == ControlValue(Decibels(-2)));
    CHECK(plan->wishes[0].expected == ControlValue(Decibels(3)));
    CHECK(plan->wishes[1].strip == StripId{1});
    CHECK(plan->wishes[1].to == ControlValue(Decibels(0)));
    CHECK(plan->wishes[1].expected == ControlValue(Decibels(-6)));
}

TEST_CASE("a strip that is gone is named and the rest goes back") {
    const auto plan =
        plan_revert({pass_of(1, {entry("Kick", -2, 3), entry("Bass", 0, -3)})}, mixer_with({"Bass"}));
    REQUIRE(plan);
    CHECK(plan->wishes.size() == 1);
    REQUIRE(plan->gone.size() == 1);
    CHECK(plan->gone[0].strip.name == "Kick");
}

TEST_CASE("what was rolled back or left alone is not taken back") {
    const auto plan = plan_revert(
        {pass_of(1, {entry("Kick", -2, 3, Verdict::rolled_back), entry("Bass", 0, -3, Verdict::conflict)})},
        mixer_with({"Bass", "Kick"}));
    REQUIRE(plan);
    CHECK(plan->wishes.empty());
}

TEST_CASE("what is not known for certain goes back without an expectation") {
    const auto plan =
        plan_revert({pass_of(1, {entry("Kick", -2, 3, Verdict::pending)})}, mixer_with({"Kick"}));
    REQUIRE(plan);
    REQUIRE(plan->wishes.size() == 1);
    CHECK_FALSE(plan->wishes[0].expected);
}

TEST_CASE("another session's pass, a reverted one and a rolled back one are refused with a reason") {
    auto other = pass_of(7, {entry("Kick", -2, 3)});
    other.session = "another";
    const auto refused = plan_revert({other}, mixer_with({"Kick"}));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("another") != std::string::npos);
    CHECK_FALSE(refused.error().next.empty());

    auto reverted = pass_of(7, {entry("Kick", -2, 3)});
    reverted.state = PassState::reverted;
    CHECK_FALSE(plan_revert({reverted}, mixer_with({"Kick"})));
    reverted.state = PassState::rolled_back;
    CHECK_FALSE(plan_revert({reverted}, mixer_with({"Kick"})));
}
