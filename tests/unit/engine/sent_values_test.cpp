#include "engine/sent_values.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::engine;
using namespace std::chrono_literals;

namespace {

SentValues sent_over(Duration detour) {
    Capabilities can;
    can.level_tolerance = Decibels(0.02);
    can.longest_detour = detour;
    return SentValues(can);
}

}  // namespace

TEST_CASE("an echo is told from a hand by what was sent") {
    SentValues values = sent_over({});
    CHECK_FALSE(values.last());
    values.sent(Instant{}, Decibels(-1.0));
    values.sent(Instant{} + 30ms, Decibels(-1.1));
    CHECK_FALSE(values.heard(Instant{} + 40ms, Decibels(-1.05)));
    const auto first = values.heard(Instant{} + 50ms, Decibels(-1.01));
    REQUIRE(first);
    CHECK_FALSE(first->newest);
    CHECK(first->delay == 50ms);
    const auto second = values.heard(Instant{} + 60ms, Decibels(-1.1));
    REQUIRE(second);
    CHECK(second->newest);
    CHECK(second->delay == 30ms);
    // Said twice, it tells nothing of the wire.
    CHECK(values.heard(Instant{} + 90ms, Decibels(-1.1))->delay == std::nullopt);
}

TEST_CASE("on a wire that keeps order what was sent before an echo is a hand's from then on") {
    SentValues values = sent_over({});
    values.sent(Instant{}, Decibels(-1.0));
    values.sent(Instant{}, Decibels(-2.0));
    REQUIRE(values.heard(Instant{} + 1ms, Decibels(-2.0)));
    CHECK_FALSE(values.heard(Instant{} + 2ms, Decibels(-1.0)));
}

TEST_CASE("on another wire an echo may come late, but not for ever") {
    SentValues values = sent_over(100ms);
    values.sent(Instant{}, Decibels(-1.0));
    values.sent(Instant{} + 10ms, Decibels(-2.0));
    REQUIRE(values.heard(Instant{} + 20ms, Decibels(-2.0)));
    CHECK(values.heard(Instant{} + 30ms, Decibels(-1.0)));
    for (int i = 1; i < 100; ++i) values.sent(Instant{} + 30ms * i, Decibels(-3.0 - 0.1 * i));
    CHECK_FALSE(values.heard(Instant{} + 3s, Decibels(-1.0)));
    CHECK(values.heard(Instant{} + 3s, Decibels(-12.9)));
}

TEST_CASE("a value sent again cannot say which of the two was heard") {
    SentValues values = sent_over({});
    values.sent(Instant{}, Decibels(-1.0));
    values.sent(Instant{} + 50ms, Decibels(-1.0));
    const auto echo = values.heard(Instant{} + 51ms, Decibels(-1.0));
    REQUIRE(echo);
    CHECK(echo->newest);
    CHECK_FALSE(echo->delay);
}
