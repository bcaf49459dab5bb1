#include "control/motor_fader.hpp"

#include "support/catch.hpp"
#include "unit/control/position_at.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <random>
#include <utility>
#include <vector>

using namespace kedge;
using namespace kedge::control;
using namespace std::chrono_literals;
using kedge::control::test::at;

namespace {

constexpr Instant start{};

MotorFeel without_touch() {
    MotorFeel feel;
    feel.senses_touch = false;
    return feel;
}

}  // namespace

TEST_CASE("Motor fader: goes where the target stands, once") {
    MotorFader fader(MotorFeel{});
    CHECK_FALSE(fader.drive(start));
    fader.target_at(at(8000));
    CHECK(fader.drive(start) == at(8000));
    CHECK_FALSE(fader.drive(start));
    fader.target_at(at(8015));  // the same place to ten bits
    CHECK_FALSE(fader.drive(start));
    fader.target_at(at(8016));
    CHECK(fader.drive(start) == at(8016));
}

TEST_CASE("Motor fader: what a hand set comes back as an echo and moves nothing, early or late") {
    MotorFader fader(MotorFeel{});
    fader.target_at(at(1000));
    REQUIRE(fader.drive(start) == at(1000));
    fader.touched(true);
    CHECK(fader.moved(start + 1ms, at(2000)) == at(2000));
    fader.target_at(at(1000));  // told before the DAW heard of it
    CHECK_FALSE(fader.drive(start + 2ms));
    CHECK(fader.moved(start + 3ms, at(3000)) == at(3000));
    fader.touched(false);
    CHECK_FALSE(fader.drive(start + 4ms));
    fader.target_at(at(2000));
    CHECK_FALSE(fader.drive(start + 10ms));
    CHECK(fader.wake_at(start + 10ms) == start + 2003ms);
    SECTION("the last of it comes") {
        fader.target_at(at(3000));
        CHECK_FALSE(fader.drive(start + 20ms));
        CHECK_FALSE(fader.wake_at(start + 20ms));
    }
    SECTION("the DAW did not take it") {
        CHECK_FALSE(fader.drive(start + 2002ms));
        CHECK(fader.drive(start + 2003ms) == at(2000));
    }
    SECTION("the DAW took something else") {
        fader.target_at(at(2500));
        CHECK_FALSE(fader.drive(start + 502ms));
        CHECK(fader.drive(start + 503ms) == at(2500));
    }
    SECTION("somebody else has moved it since") {
        fader.target_at(at(3000));
        fader.target_at(at(500));
        CHECK(fader.drive(start + 21ms) == at(500));
    }
}

TEST_CASE("Motor fader: under a hand it stays, and goes on as soon as the hand is off") {
    MotorFader fader(MotorFeel{});
    fader.touched(true);
    fader.target_at(at(4000));
    CHECK_FALSE(fader.drive(start));
    CHECK_FALSE(fader.wake_at(start));
    fader.touched(false);
    CHECK(fader.drive(start + 5s) == at(4000));
}

TEST_CASE("Motor fader: a hand that is on it while its target changes sets nothing more") {
    MotorFader fader(MotorFeel{});
    fader.target_at(at(4000));
    REQUIRE(fader.drive(start) == at(4000));
    fader.touched(true);
    REQUIRE(fader.moved(start + 1ms, at(4500)) == at(4500));
    fader.change_target();
    fader.target_at(at(9000));
    CHECK_FALSE(fader.moved(start + 2ms, at(4600)));
    CHECK_FALSE(fader.drive(start + 2ms));
    fader.touched(false);
    CHECK(fader.drive(start + 3ms) == at(9000));
    fader.touched(true);
    CHECK(fader.moved(start + 4ms, at(9100)) == at(9100));
}

TEST_CASE("Motor fader: plugged in anew it goes where its target stands") {
    MotorFader fader(MotorFeel{});
    fader.target_at(at(4000));
    REQUIRE(fader.drive(start) == at(4000));
    fader.touched(true);
    fader.forget_device();
    CHECK(fader.drive(start + 1ms) == at(4000));
}

TEST_CASE("Motor fader: what the motor moves by itself is no hand's") {
    SECTION("on a device with touch, none that is not touched") {
        MotorFader fader(MotorFeel{});
        fader.target_at(at(4000));
        REQUIRE(fader.drive(start) == at(4000));
        CHECK_FALSE(fader.moved(start + 10ms, at(2000)));
        CHECK_FALSE(fader.drive(start + 11ms));
        CHECK_FALSE(fader.moved(start + 20ms, at(3000)));
        CHECK(fader.wake_at(start + 20ms) == start + 320ms);
        CHECK(fader.drive(start + 320ms) == at(4000));  // it stands elsewhere: sent once more
    }
    SECTION("on one without, what comes soon after") {
        MotorFader fader(without_touch());
        fader.target_at(at(4000));
        REQUIRE(fader.drive(start) == at(4000));
        CHECK_FALSE(fader.moved(start + 10ms, at(3990)));
        CHECK_FALSE(fader.drive(start + 400ms));
        CHECK(fader.moved(start + 500ms, at(5000)) == at(5000));
        fader.target_at(at(5000));
        fader.target_at(at(6000));
        CHECK_FALSE(fader.drive(start + 799ms));
        CHECK(fader.drive(start + 800ms) == at(6000));
    }
}

namespace {

/// A DAW with one fader, told late and read late, and a device with a motor and a hand, in virtual time.
struct Room {
    Room(MotorFeel feel, std::mt19937& dice) : fader(feel), random(dice) {}

    [[nodiscard]] int any(int from, int to) {
        return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
    }
    void to_daw(FaderPosition value) { daw_hears.emplace(now + wire, value); }
    void daw_takes(FaderPosition value) {
        if (daw == value) return;
        daw = value;
        // As Ardour: in a rhythm of its own, and only the last of what changed.
        const Instant tell = start + ((now - start) / rhythm + 1) * rhythm + wire;
        if (ears.empty() || ears.rbegin()->first != tell) ears.emplace(tell, value);
        ears.rbegin()->second = value;
    }
    void run_to(Instant then) {
        for (; now < then; now += 1ms) {
            while (!daw_hears.empty() && daw_hears.begin()->first <= now) {
                const auto value = daw_hears.begin()->second;
                daw_hears.erase(daw_hears.begin());
                daw_takes(value);
            }
            while (!ears.empty() && ears.begin()->first <= now) {
                fader.target_at(ears.begin()->second);
                ears.erase(ears.begin());
            }
            if (const auto to = fader.drive(now)) {
                ++driven;
                driven_under_hand = driven_under_hand || hand;
                device = *to;
            }
        }
    }
    void hand_moves(FaderPosition to) {
        device = to;
        if (const auto set = fader.moved(now, to)) to_daw(*set);
    }

    MotorFader fader;
    std::mt19937& random;  // NOLINT: of the test
    Instant now = start;
    Duration wire = 5ms;
    Duration rhythm = 100ms;
    FaderPosition daw = at(9000);
    FaderPosition device = at(0);
    bool hand = false;
    int driven = 0;
    bool driven_under_hand = false;
    std::multimap<Instant, FaderPosition> daw_hears;
    std::multimap<Instant, FaderPosition> ears;
};

bool agree(const Room& room, int step) {
    return std::abs(room.daw.value() - room.device.value()) < step;
}

}  // namespace

TEST_CASE("Motor fader: ten minutes of hands on both sides, without oscillation") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const bool senses_touch = GENERATE(true, false);
    for (const Duration wire : {0ms, 5ms, 60ms}) {
        MotorFeel feel;
        feel.senses_touch = senses_touch;
        Room room(feel, random);
        room.wire = wire;
        room.rhythm = std::chrono::milliseconds(room.any(1, 100));
        room.ears.emplace(start, room.daw);
        while (room.now < start + 10min) {
            CAPTURE(senses_touch, wire.count(), room.rhythm.count(), room.now.time_since_epoch().count());
            const int driven = room.driven;
            if (room.any(0, 2) == 0) {  // the DAW's user, or its automation
                for (int i = room.any(1, 20); i > 0; --i) {
                    room.daw_takes(at(room.any(0, FaderPosition::top)));
                    room.run_to(room.now + std::chrono::milliseconds(room.any(0, 40)));
                }
                room.run_to(room.now + room.rhythm + wire + 2ms +
                            (senses_touch ? 0ms : feel.quiet + feel.patience));
                REQUIRE(agree(room, feel.step));
            } else {
                room.hand = true;
                if (senses_touch) room.fader.touched(true);
                const bool both = room.any(0, 3) == 0;
                for (int i = room.any(1, 40); i > 0; --i) {
                    room.hand_moves(
                        at(std::clamp(room.device.value() + room.any(-600, 600), 0, FaderPosition::top)));
                    if (both && room.any(0, 9) == 0) room.daw_takes(at(room.any(0, FaderPosition::top)));
                    room.run_to(room.now + std::chrono::milliseconds(room.any(1, 60)));
                }
                room.hand = false;
                if (senses_touch) room.fader.touched(false);
                const auto let_go_at = room.device;
                room.run_to(room.now + room.rhythm + 2 * wire + 2ms + feel.patience);
                REQUIRE(agree(room, feel.step));
                if (!both) REQUIRE(room.driven == driven);  // no motor moves by its own echo
                if (!both) REQUIRE(room.device == let_go_at);
                REQUIRE(room.driven - driven <= (both ? 60 : 0));
            }
            const int rest = room.driven;
            room.run_to(room.now + 2s);
            REQUIRE(room.driven == rest);
            REQUIRE(agree(room, feel.step));
        }
        REQUIRE_FALSE((senses_touch && room.driven_under_hand));
    }
}
