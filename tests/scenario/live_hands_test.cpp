// Hands on wins: a person who moves a fader while rides are written has it from then on.

#include "scenario/live_studio.hpp"
#include "support/sanitized.hpp"

#include <algorithm>
#include <cmath>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

constexpr SongRange hands_part{SongTime(3s), SongTime(33s)};

engine::LiveOrder hands_order(const LiveStudio& studio, std::uint32_t seed, engine::LiveHands hands) {
    engine::LiveOrder order;
    for (std::size_t i = 0; i < 3; ++i)
        order.rides.push_back(some_ride(studio.id(i), seed * 10 + static_cast<std::uint32_t>(i), hands_part));
    order.hands = hands;
    return order;
}

/// Instants at which a value for the strip left, after this one.
std::vector<Instant> sent_after(LiveStudio& studio, int strip, Instant when) {
    std::vector<Instant> left;
    for (const GainOnWire& value : studio.tap().sent)
        if (value.strip == strip && value.at > when) left.push_back(value.at);
    return left;
}

/// When the strip was first reported at this level; nullopt when it never was.
std::optional<Instant> first_heard(LiveStudio& studio, int strip, Decibels level) {
    for (const GainOnWire& value : studio.tap().heard)
        if (value.strip == strip && std::abs(value.db - level.db()) < 0.005) return value.at;
    return std::nullopt;
}

/// A person at the DAW (or at another surface) who moves track 2 somewhere that no ride goes.
struct Hand {
    explicit Hand(std::uint32_t seed) : random(seed) {}
    double between(double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    }
    std::mt19937 random;
    SongTime at = SongTime::from_seconds(between(3.5, 30.0));
    bool by_client = between(0.0, 1.0) < 0.5;
    std::vector<Decibels> moves = [this] {
        std::vector<Decibels> all;
        double level = between(-20.0, -8.0);
        for (int i = 1 + static_cast<int>(between(0.0, 5.0)); i > 0; --i) {
            all.emplace_back(std::round(level * 100.0) / 100.0);
            level += between(0.3, 1.0);
        }
        return all;
    }();
};

void move_by_hand(LiveStudio& studio, const Hand& hand) {
    for (std::size_t i = 0; i < hand.moves.size(); ++i) {
        const Decibels to = hand.moves[i];
        const bool by_client = hand.by_client;
        studio.at(hand.at + 60ms * static_cast<int>(i), [&studio, to, by_client] {
            if (by_client) {
                studio.other_client("/strip/gain/2", {static_cast<float>(to.db())});
            } else {
                studio.move_fader(1, to);
            }
        });
    }
    studio.watch();
}

}  // namespace

TEST_CASE("after a person's first report not one value is sent to that fader") {
    for (std::uint32_t seed = 1; seed <= steps(200); ++seed) {
        const Hand hand(seed);
        INFO("seed " << seed << ", at " << to_string(hand.at) << (hand.by_client ? " by a client" : ""));
        sim::FaultRates rates;
        rates.latency = Duration(std::chrono::milliseconds(seed % 12));
        if (seed % 3 == 0) {
            rates.delay = 0.1;
            rates.longest_delay = 20ms;
            rates.duplicate = 0.02;
            rates.drop = 0.02;
        }
        LiveStudio studio(3, seed % 3 == 0 ? rates.latest() : Duration{});
        studio.set_plan({seed, rates, rates});
        move_by_hand(studio, hand);
        const auto order = hands_order(studio, seed, {});
        const auto report = studio.write(order);
        CHECK_FALSE(report.error);
        CHECK(report.strips[1].end == engine::LiveEnd::theirs);
        REQUIRE(report.strips[1].theirs.size() == 1);
        const auto heard = first_heard(studio, 2, hand.moves.front());
        REQUIRE(heard);
        CHECK(sent_after(studio, 2, *heard).empty());
        // It stays where it was put, and so it is written.
        const auto list = studio.strip(1).automation(Control::fader).list();
        const auto late = list.at(Control::fader, SongTime(32s).samples(SampleRate{}));
        REQUIRE(late);
        CHECK(std::abs(std::get<Decibels>(*late).db() - hand.moves.back().db()) < 0.01);
        // The others are none of that person's business.
        for (const std::size_t other : {0UL, 2UL}) {
            CHECK(report.strips[other].end == engine::LiveEnd::written);
            CHECK(list_against_plan(studio, other, order.rides[other]).worst_db <= 0.3);
        }
    }
}

TEST_CASE("a fader let go at once is touched no more, and is the DAW's again") {
    LiveStudio studio(3);
    const Hand hand(7);
    move_by_hand(studio, hand);
    const auto report = studio.write(hands_order(studio, 7, {engine::TakenOver::let_go, 2s, 1s}));
    CHECK_FALSE(report.error);
    CHECK(report.strips[1].end == engine::LiveEnd::theirs);
    const auto heard = first_heard(studio, 2, hand.moves.front());
    REQUIRE(heard);
    CHECK(sent_after(studio, 2, *heard).empty());
}

TEST_CASE("a ride resumes by a ramp once the fader was still, and ends on the planned curve") {
    for (std::uint32_t seed = 1; seed <= steps(40); ++seed) {
        Hand hand(seed);
        hand.at = SongTime::from_seconds(4.0 + 0.35 * seed);
        INFO("seed " << seed << ", at " << to_string(hand.at));
        LiveStudio studio(3);
        move_by_hand(studio, hand);
        const auto order = hands_order(studio, seed, {engine::TakenOver::resumes, 2s, 1s});
        const auto report = studio.write(order);
        CHECK_FALSE(report.error);
        const auto& strip = report.strips[1];
        CHECK(strip.end == engine::LiveEnd::written);
        REQUIRE(strip.theirs.size() == 1);
        const SongTime last_move = hand.at + 60ms * static_cast<int>(hand.moves.size() - 1);
        CHECK(strip.theirs[0].to - last_move > 1900ms);
        CHECK(strip.theirs[0].to - last_move < 2500ms);
        // Not a value while the person had it.
        const auto heard = first_heard(studio, 2, hand.moves.front());
        const auto last_heard = first_heard(studio, 2, hand.moves.back());
        REQUIRE(heard);
        REQUIRE(last_heard);
        const auto later = sent_after(studio, 2, *heard);
        REQUIRE_FALSE(later.empty());
        CHECK(later.front() - *last_heard >= 2s);
        const auto& list = studio.strip(1).automation(Control::fader).list();
        PlanCheck check(list, order.rides[1], SampleRate{});
        CHECK(check.over({strip.theirs[0].to + 1100ms, hands_part.to}).worst_db <= 0.3);
        CHECK(check.over({hands_part.from, hand.at - 50ms}).worst_db <= 0.3);
        // The ramp neither jumps nor overshoots.
        const auto value_at = [&](SongTime at) {
            return std::get<Decibels>(*list.at(Control::fader, at.samples(SampleRate{}))).db();
        };
        for (SongTime at = strip.theirs[0].to; at < strip.theirs[0].to + 900ms; at = at + 50ms)
            CHECK(std::abs(value_at(at + 50ms) - value_at(at)) < 2.5);
    }
}
