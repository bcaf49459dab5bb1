#include "control/move_queue.hpp"

#include "support/catch.hpp"

#include <map>
#include <random>

using namespace kedge;
using namespace kedge::control;
using namespace std::chrono_literals;

namespace {

SetStrip fader_of(std::uint32_t strip, double db) {
    return {StripId{strip}, Control::fader, Decibels(db)};
}

}  // namespace

TEST_CASE("Move queue: at once where nothing left for a while, then the newest at the DAW's pace") {
    MoveQueue queue(5ms);
    const Instant now{};
    queue.put(now, fader_of(1, -1));
    queue.put(now, fader_of(2, -1));
    CHECK(queue.take(now) == std::vector{fader_of(1, -1), fader_of(2, -1)});
    CHECK_FALSE(queue.wake_at());
    queue.put(now + 1ms, fader_of(1, -2));
    queue.put(now + 2ms, fader_of(1, -3));
    queue.put(now + 2ms, {StripId{1}, Control::pan, Pan(0.5)});
    CHECK(queue.take(now + 2ms) == std::vector{SetStrip{StripId{1}, Control::pan, Pan(0.5)}});
    CHECK(queue.wake_at() == now + 5ms);
    CHECK(queue.take(now + 4ms).empty());
    CHECK(queue.take(now + 5ms) == std::vector{fader_of(1, -3)});
    CHECK(queue.overtaken() == 1);
    queue.put(now + 6ms, fader_of(1, -4));
    queue.clear();
    CHECK(queue.take(now + 1s).empty());
}

TEST_CASE(
    "Move queue: whatever comes, the last value of each control leaves, and none too soon after another") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    MoveQueue queue(5ms);
    Instant now{};
    std::map<StripId, ControlValue> put;
    std::map<StripId, ControlValue> sent;
    std::map<StripId, Instant> left;
    for (int i = 0; i < 20'000; ++i) {
        now += std::chrono::microseconds(random() % 2000);
        const auto move = fader_of(1 + random() % 4, -static_cast<double>(random() % 600) / 10);
        put[move.strip] = move.value;
        queue.put(now, move);
        if (random() % 3 == 0) continue;
        for (const auto& each : queue.take(now)) {
            if (left.contains(each.strip)) REQUIRE(now - left[each.strip] >= 5ms);
            left[each.strip] = now;
            sent[each.strip] = each.value;
        }
    }
    while (const auto then = queue.wake_at()) {
        now = std::max(now, *then);
        for (const auto& each : queue.take(now)) sent[each.strip] = each.value;
    }
    CHECK(sent == put);
}
