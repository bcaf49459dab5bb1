#include "banked/meter_steps.hpp"

#include "banked/daw_profile.hpp"
#include "support/catch.hpp"

#include <utility>
#include <vector>

using namespace kedge;
using namespace kedge::banked;

namespace {

/// Every 5 dB from -60 up.
std::vector<Decibels> even_steps(int count) {
    std::vector<Decibels> lowest;
    for (int i = 0; i < count; ++i) lowest.emplace_back(-60.0 + 5.0 * i);
    return lowest;
}

}  // namespace

TEST_CASE("A step is shown from its own level until the next one's") {
    const auto steps = MeterSteps::from(even_steps(12));
    REQUIRE(steps);
    CHECK(steps->top() == 12);
    CHECK(steps->lowest_at(0).is_silence());
    CHECK(steps->lowest_at(1) == -60_dB);
    CHECK(steps->lowest_at(12) == -5_dB);
    CHECK(steps->step_at(Decibels::silence()) == 0);
    CHECK(steps->step_at(Decibels(-60.01)) == 0);
    CHECK(steps->step_at(-60_dB) == 1);
    CHECK(steps->step_at(Decibels(-55.01)) == 1);
    CHECK(steps->step_at(-5_dB) == 12);
    CHECK(steps->step_at(20_dB) == 12);
    for (int step = 0; step <= steps->top(); ++step) CHECK(steps->step_at(steps->lowest_at(step)) == step);
}

TEST_CASE("Steps that are no meter's are refused, and the wrong one is named") {
    const auto refused = [](std::vector<Decibels> lowest) {
        const auto steps = MeterSteps::from(std::move(lowest));
        REQUIRE_FALSE(steps);
        CHECK(steps.error().kind == ErrorKind::usage);
        CHECK_FALSE(steps.error().next.empty());
        return steps.error().message;
    };
    using Catch::Contains;
    CHECK(MeterSteps::from(even_steps(13)));
    CHECK_THAT(refused({}), Contains("not 0"));
    CHECK_THAT(refused(even_steps(11)), Contains("not 11"));
    CHECK_THAT(refused(even_steps(14)), Contains("not 14"));
    auto equal = even_steps(12);
    equal[4] = equal[3];
    CHECK_THAT(refused(equal), Contains("Step 5"));
    auto falling = even_steps(12);
    falling[11] = -100_dB;
    CHECK_THAT(refused(falling), Contains("Step 12"));
}

TEST_CASE("A profile knows how certain it is, and nothing of keys that there are not") {
    DawProfile profile;
    profile.certainties = {{"fader.law", Certainty::from_memory}, {"fader.bits", Certainty::certain}};
    CHECK(profile.certainty_of("fader.law") == Certainty::from_memory);
    CHECK(profile.certainty_of("fader.bits") == Certainty::certain);
    CHECK(profile.certainty_of("fader.knob") == Certainty::unknown);
}
