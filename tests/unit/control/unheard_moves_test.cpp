#include "control/unheard_moves.hpp"

#include "support/catch.hpp"

#include <random>

using namespace kedge;
using namespace kedge::control;
using namespace std::chrono_literals;

namespace {

SetStrip fader_at(double db) {
    return {StripId{1}, Control::fader, Decibels(db)};
}

bool same(const ControlValue& a, const ControlValue& b) {
    return a == b;
}

void tell(UnheardMoves& moves, double db) {
    moves.told(StripId{1}, Control::fader, Decibels(db), same);
}

}  // namespace

TEST_CASE("Unheard moves: what was told is not sent again, what was not is, ever more seldom") {
    UnheardMoves moves;
    const Instant now{};
    moves.left(now, fader_at(-1), 100ms);
    tell(moves, -1);
    CHECK_FALSE(moves.wake_at());
    moves.left(now, fader_at(-2), 100ms);
    CHECK(moves.wake_at() == now + 100ms);
    CHECK(moves.take(now + 99ms).empty());
    CHECK(moves.take(now + 100ms) == std::vector{fader_at(-2)});
    CHECK(moves.wake_at() == now + 300ms);
    CHECK(moves.take(now + 299ms).empty());
    CHECK(moves.take(now + 300ms) == std::vector{fader_at(-2)});
    tell(moves, -2);
    CHECK_FALSE(moves.wake_at());
    CHECK(moves.sent_again() == 2);
    CHECK(moves.given_up() == 0);
}

TEST_CASE("Unheard moves: an echo of an earlier value says nothing of the last, another's value does") {
    UnheardMoves moves;
    const Instant now{};
    for (const double db : {-1.0, -2.0, -3.0}) moves.left(now, fader_at(db), 100ms);
    tell(moves, -2);
    REQUIRE(moves.wake_at());
    SECTION("the last was lost") {
        CHECK(moves.take(now + 100ms) == std::vector{fader_at(-3)});
    }
    SECTION("somebody else moved it since") {
        tell(moves, -20);
        CHECK(moves.take(now + 1s).empty());
    }
    SECTION("somebody else moved it to where the hand once was") {
        tell(moves, -1);  // was told already: no echo
        CHECK(moves.take(now + 1s).empty());
    }
    SECTION("another control of the strip, or another strip, is nothing to it") {
        moves.told(StripId{1}, Control::pan, Pan(0.5), same);
        moves.told(StripId{2}, Control::fader, Decibels(-3), same);
        CHECK(moves.take(now + 100ms) == std::vector{fader_at(-3)});
    }
    SECTION("it was refused") {
        moves.refused(StripId{1}, Control::fader);
        CHECK_FALSE(moves.wake_at());
    }
}

TEST_CASE(
    "Unheard moves: a hand that goes back to where it was is not taken for told by what was told before") {
    UnheardMoves moves;
    const Instant now{};
    for (const double db : {-1.0, -2.0, -1.0}) moves.left(now, fader_at(db), 100ms);
    tell(moves, -1);
    SECTION("the last was lost") {
        tell(moves, -2);
        CHECK(moves.take(now + 100ms) == std::vector{fader_at(-1)});
    }
    SECTION("a DAW that told them at once has no more to tell") {
        CHECK(moves.take(now + 100ms) == std::vector{fader_at(-1)});
        CHECK_FALSE(moves.wake_at());
        CHECK(moves.given_up() == 0);
    }
}

TEST_CASE("Unheard moves: a DAW that never tells is not asked for ever") {
    UnheardMoves moves;
    Instant now{};
    moves.left(now, fader_at(-3), 100ms);
    int sent = 0;
    while (const auto then = moves.wake_at()) {
        REQUIRE(*then > now);
        now = *then;
        for (const auto& each : moves.take(now)) {
            CHECK(each == fader_at(-3));
            ++sent;
        }
    }
    CHECK(sent == 4);
    CHECK(moves.given_up() == 1);
    moves.left(now, fader_at(-4), 100ms);
    CHECK(moves.take(now + 100ms) == std::vector{fader_at(-4)});
}

TEST_CASE("Unheard moves: over a wire that loses every other value the DAW ends where the hand did") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    int ended_well = 0;
    for (int trial = 0; trial < 1'000; ++trial) {
        UnheardMoves moves;
        Instant now{};
        double held = 0.0;
        double hand = 0.0;
        const auto latency = std::chrono::milliseconds(random() % 60);
        std::vector<std::pair<Instant, double>> on_the_way;
        const auto send = [&](const SetStrip& move) {
            if (random() % 2 == 0) return;
            held = std::get<Decibels>(move.value).db();
            on_the_way.emplace_back(now + latency, held);
        };
        const auto go_to = [&](Instant then) {
            now = then;
            for (const auto& [at, db] : on_the_way)
                if (at <= now) tell(moves, db);
            std::erase_if(on_the_way, [&](const auto& each) { return each.first <= now; });
        };
        for (int i = 0; i < 50; ++i) {
            hand = -static_cast<double>(random() % 600) / 10 - i * 100;  // none twice
            moves.left(now, fader_at(hand), 100ms);
            send(fader_at(hand));
            go_to(now + std::chrono::milliseconds(5 + random() % 20));
        }
        while (const auto then = moves.wake_at()) {
            go_to(std::max(now + 1ms, *then));
            for (const auto& each : moves.take(now)) send(each);
        }
        if (held == hand) ++ended_well;
        CHECK((held == hand || moves.given_up() > 0));
    }
    CHECK(ended_well > 900);  // 1 in 32 is lost five times
}
