#include "control/takeover.hpp"

#include "support/catch.hpp"
#include "unit/control/position_at.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>

using namespace kedge;
using namespace kedge::control;
using kedge::control::test::at;

namespace {

constexpr int seven_bits = 130;

/// What the target stands at once the control has come to rest.
FaderPosition settled(Takeover& takeover, FaderPosition target, std::optional<FaderPosition> first) {
    target = first.value_or(target);
    while (const auto next = takeover.follow()) target = *next;
    return target;
}

}  // namespace

TEST_CASE("Takeover: jump sets the target wherever it stood") {
    Takeover takeover(TakeoverWay::jump, seven_bits);
    CHECK(takeover.moved(at(9000)) == at(9000));
    takeover.target_at(at(100));
    CHECK(takeover.moved(at(9100)) == at(9100));
    CHECK_FALSE(takeover.moved(at(9100)));
}

TEST_CASE("Takeover: pickup waits for the control, and follows it from there") {
    Takeover takeover(TakeoverWay::pickup, seven_bits);
    CHECK_FALSE(takeover.moved(at(2000)));  // where the target stands is not known
    CHECK(takeover.seen() == TargetSeen::nowhere);
    takeover.target_at(at(8000));
    CHECK(takeover.seen() == TargetSeen::above);
    CHECK_FALSE(takeover.moved(at(7000)));
    CHECK_FALSE(takeover.moved(at(6500)));
    SECTION("when it comes near") {
        CHECK(takeover.moved(at(7900)) == at(7900));
        CHECK(takeover.seen() == TargetSeen::here);
        CHECK(settled(takeover, at(7900), takeover.moved(at(3000))) == at(3000));
    }
    SECTION("when it goes past") {
        const auto first = takeover.moved(at(12000));
        CHECK(first == at(8130));
        CHECK(takeover.follows());
        CHECK(settled(takeover, at(8000), first) == at(12000));
    }
    SECTION("and waits again once somebody else has moved the target") {
        REQUIRE(takeover.moved(at(8000)) == std::nullopt);  // it stands there
        takeover.target_at(at(1000));
        CHECK(takeover.seen() == TargetSeen::below);
        CHECK_FALSE(takeover.moved(at(7000)));
        CHECK_FALSE(takeover.follow());
    }
    SECTION("and waits for one move after it was let go") {
        takeover.let_go();
        takeover.target_at(at(8000));
        CHECK_FALSE(takeover.moved(at(9000)));  // it may have come from anywhere
        CHECK(takeover.moved(at(7000)) == at(7870));
    }
}

TEST_CASE("Takeover: scale keeps the shares of the way that are left, and meets at the ends") {
    Takeover takeover(TakeoverWay::scale, seven_bits);
    takeover.target_at(at(12000));
    CHECK_FALSE(takeover.moved(at(0)));
    CHECK(takeover.moved(at(8192))->value() == Approx(14192).margin(1));  // half of what was left
    CHECK(takeover.moved(at(4096))->value() == Approx(7096).margin(1));
    CHECK(takeover.moved(at(FaderPosition::top)) == at(FaderPosition::top));
    CHECK(takeover.moved(at(0)) == at(0));
}

TEST_CASE("Takeover: catch-up closes the gap by as much as the control goes") {
    Takeover takeover(TakeoverWay::catch_up, seven_bits);
    takeover.target_at(at(8000));
    CHECK_FALSE(takeover.moved(at(2000)));
    CHECK(takeover.moved(at(2500)) == at(7000));
    CHECK(takeover.moved(at(2000)) == at(6000));
    CHECK(takeover.moved(at(4000)) == at(4000));
    CHECK(takeover.seen() == TargetSeen::here);
    CHECK(takeover.moved(at(1000)) == at(1000));
}

TEST_CASE("Takeover: over random hands, nothing jumps") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto any = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
    for (int round = 0; round < 300; ++round) {
        const auto way =
            std::array{TakeoverWay::pickup, TakeoverWay::scale, TakeoverWay::catch_up}.at(random() % 3);
        const int step = std::array{1, 16, 130}.at(random() % 3);
        Takeover takeover(way, step);
        std::optional<FaderPosition> target;
        std::optional<FaderPosition> hand;
        for (int i = 0; i < 200; ++i) {
            CAPTURE(round, i, static_cast<int>(way), step);
            std::optional<FaderPosition> set;
            int went = 0;
            switch (any(9)) {
                case 0:
                    target = at(any(FaderPosition::top));
                    takeover.target_at(*target);
                    break;
                case 1:
                    takeover.let_go();
                    target.reset();
                    hand.reset();
                    break;
                case 2:
                case 3:
                    set = takeover.follow();
                    break;
                default: {
                    const int reach = any(1) == 0 ? 400 : FaderPosition::top;
                    const int from = hand.value_or(at(any(FaderPosition::top))).value();
                    const auto to = at(std::clamp(from + any(2 * reach) - reach, 0, FaderPosition::top));
                    if (way != TakeoverWay::pickup && hand) went = std::abs(to.value() - hand->value());
                    set = takeover.moved(to);
                    hand = to;
                    break;
                }
            }
            if (!set) continue;
            REQUIRE(target);
            // Scaled, the target goes farther than the control where there is more way left for it.
            if (way == TakeoverWay::pickup) REQUIRE(std::abs(set->value() - target->value()) <= step);
            if (way == TakeoverWay::catch_up)
                REQUIRE(std::abs(set->value() - target->value()) <= std::max(2 * went, went + step));
            target = set;
        }
        if (!target || !hand) continue;
        const auto rest = settled(takeover, *target, std::nullopt);
        if (takeover.seen() == TargetSeen::here && way == TakeoverWay::pickup) REQUIRE(rest == hand);
    }
}
