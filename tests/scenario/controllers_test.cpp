// Hands on hardware controllers, at a DAW in virtual time: what the hand did is what the DAW holds, and no
// motor moves by its own echo.

#include "engine/controllers.hpp"

#include "scenario/controller_box.hpp"
#include "support/sanitized.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

void check_agreement(const ControllerBox& box, LiveStudio& studio, int fader) {
    const auto place =
        FaderScale(FaderCurve::ardour).position_of(studio.strip(static_cast<std::size_t>(fader)).fader);
    CAPTURE(fader, to_string(studio.strip(static_cast<std::size_t>(fader)).fader), box.stands(fader));
    // A motor is not sent to where it stands within a step of its ten bits, and a place is rounded to one.
    CHECK(std::abs(place.value() - box.stands(fader) * FaderPosition::top / 1023) <= 33);
}

}  // namespace

TEST_CASE(
    "controllers: a motor fader's hand is what the DAW holds, and its motor stays where the hand left it") {
    LiveStudio studio(10);
    ControllerBox box(studio, "mackie");
    studio.loop().idle(1s);
    CHECK(box.driven >= 8);  // to where the strips stand
    const int at_first = box.driven;
    box.touches(2, true);
    for (int place = 700; place > 400; place -= 7) {
        box.moves(2, place);
        studio.loop().idle(10ms);
    }
    box.touches(2, false);
    studio.loop().idle(2s);
    CHECK(box.driven == at_first);
    CHECK(distance(studio.strip(2).fader, level_of(box.stands(2))) < Decibels(0.05));
    box.presses(47);  // bank right: strips 3 to 10
    studio.loop().idle(500ms);
    CHECK(std::abs(box.stands(0) - 406) <= 1);
    box.presses(46);
    studio.loop().idle(500ms);
    CHECK(std::abs(box.stands(2) - 406) <= 1);
    studio.move_fader(2, Decibels(-3.0));
    studio.loop().idle(500ms);
    check_agreement(box, studio, 2);
    CHECK(box.driven_under_hand == 0);
}

TEST_CASE("controllers: ten minutes of random hands on both sides, no oscillation") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto any = [&](int from, int to) {
        return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
    };
    LiveStudio studio(8, 200ms);
    studio.tap().notes = false;
    sim::FaultPlan wire;
    wire.to_daw.latency = std::chrono::milliseconds(any(0, 60));
    wire.to_client.latency = std::chrono::milliseconds(any(0, 60));
    CAPTURE(wire.to_daw.latency.count(), wire.to_client.latency.count());
    studio.set_plan(wire);
    ControllerBox box(studio, "mackie");
    studio.loop().idle(1s);
    const Instant end = studio.loop().now() + (sanitized ? 1min : 10min);
    while (studio.loop().now() < end) {
        const int fader = any(0, 7);
        const bool by_hand = any(0, 2) > 0;
        const bool by_daw = !by_hand || any(0, 2) == 0;
        const int before = box.driven;
        if (by_hand) box.touches(fader, true);
        for (int i = any(1, 30); i > 0; --i) {
            if (by_hand) box.moves(fader, std::clamp(box.stands(fader) + any(-60, 60), 0, 1023));
            if (by_daw && (!by_hand || any(0, 4) == 0))
                studio.move_fader(static_cast<std::size_t>(fader), Decibels(any(-400, 60) / 10.0));
            studio.loop().idle(std::chrono::milliseconds(any(1, 50)));
        }
        if (by_hand) box.touches(fader, false);
        studio.loop().idle(700ms);
        if (!by_daw) REQUIRE(box.driven == before);
        check_agreement(box, studio, fader);
        const int rest = box.driven;
        studio.loop().idle(1s);
        REQUIRE(box.driven == rest);
    }
    CHECK(box.driven_under_hand == 0);
}

TEST_CASE("controllers: a fader without a motor picks its strip up, by no more than a step at a time") {
    LiveStudio studio(8);
    studio.move_fader(0, Decibels(-10.0));
    studio.loop().idle(500ms);
    ControllerBox box(studio, "korg-nanokontrol2");
    studio.loop().idle(500ms);
    studio.tap().sent.clear();
    const FaderScale scale(FaderCurve::ardour);
    const int target = scale.position_of(Decibels(-10.0)).value() / 129;
    for (const int value : {0, 5, target - 20, target - 4}) {
        box.turns_controller(0, value);
        studio.loop().idle(50ms);
    }
    CHECK(studio.tap().sent.empty());
    box.turns_controller(0, 127);
    studio.loop().idle(3s);
    REQUIRE(studio.tap().sent.size() > 5);
    int last = scale.position_of(Decibels(-10.0)).value();
    for (const auto& sent : studio.tap().sent) {
        const int now = scale.position_of(Decibels(sent.db)).value();
        CHECK(std::abs(now - last) <= 131);
        last = now;
    }
    CHECK(distance(studio.strip(0).fader, Decibels(6.02)) < Decibels(0.05));
    box.turns_controller(0, 64);
    studio.loop().idle(3s);
    CHECK(distance(studio.strip(0).fader, scale.level_at(FaderPosition(64 * FaderPosition::top / 127))) <
          Decibels(0.05));
}

TEST_CASE("controllers: mute, solo, pan and selection by buttons and encoders") {
    LiveStudio studio(8);
    ControllerBox box(studio, "mackie");
    studio.loop().idle(500ms);
    box.presses(16 + 3);
    box.presses(8 + 4);
    box.turns_controller(16 + 5, 5);
    studio.loop().idle(500ms);
    CHECK(studio.strip(3).muted);
    CHECK(studio.strip(4).soloed);
    CHECK(std::abs(studio.strip(5).pan.position() - 0.1) < 0.01);
    box.presses(24 + 6);
    CHECK(box.controllers().selected() == studio.id(6));
    box.presses(16 + 3);
    studio.loop().idle(500ms);
    CHECK_FALSE(studio.strip(3).muted);
    CHECK(box.controllers().counters().refused == 0);
}

TEST_CASE(
    "controllers: a device that is plugged in anew is shown everything at once, in the bank it was in") {
    LiveStudio studio(12);
    ControllerBox box(studio, "mackie");
    studio.loop().idle(500ms);
    box.presses(47);
    studio.loop().idle(500ms);
    CHECK(box.controllers().hands(0).strips().first() == 4);
    box.plug(false);
    const int before = box.shown;
    studio.move_fader(5, Decibels(-30.0));
    studio.loop().idle(500ms);
    CHECK(box.shown == before);
    box.plug(true);
    CHECK(box.shown - before >= 8 + 8 + 3 * 8);  // motors, rings, lights
    CHECK(box.controllers().hands(0).strips().first() == 4);
    CHECK(distance(level_of(box.stands(1)), Decibels(-30.0)) < Decibels(0.2));
}

TEST_CASE("controllers: over a wire that loses much, the last value of a hand arrives all the same") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    LiveStudio studio(8);
    ControllerBox box(studio, "mackie");
    studio.loop().idle(1s);
    sim::FaultPlan wire;
    wire.to_daw.drop = 0.3;
    wire.seed = static_cast<std::uint32_t>(random());
    studio.set_plan(wire);
    for (int trial = 0; trial < 40; ++trial) {
        const int fader = static_cast<int>(random() % 8);
        box.touches(fader, true);
        for (int i = 0; i < 10; ++i) {
            box.moves(fader, static_cast<int>(random() % 1024));
            studio.loop().idle(20ms);
        }
        const int left_at = box.stands(fader);
        box.touches(fader, false);
        studio.loop().idle(8s);
        if (box.controllers().counters().unheard == 0) CHECK(box.stands(fader) == left_at);
        check_agreement(box, studio, fader);
    }
    CHECK(box.controllers().counters().sent_again > 5);
    CHECK(box.controllers().counters().unheard <= 2);
    CHECK(box.driven_under_hand == 0);
}

TEST_CASE("controllers: a suggestion is the selected strip's, until its fader stands elsewhere") {
    LiveStudio studio(8);
    auto map = shipped_map("mackie");
    for (const auto& [button, key] :
         {std::pair{"record", control::KedgeKey::accept}, std::pair{"shift", control::KedgeKey::reject}}) {
        auto& bindings = map.pages.at(0).bindings;
        std::erase_if(bindings, [name = std::string(button)](const control::Binding& each) {
            return each.control == name;
        });
        bindings.push_back({button, key});
    }
    constexpr int accept = 95;
    constexpr int reject = 70;
    ControllerBox box(studio, std::move(map));
    studio.loop().idle(500ms);
    studio.move_fader(2, Decibels(-6.0));
    studio.loop().idle(500ms);
    std::vector<StripId> accepted;
    box.controllers().on_accept = [&](StripId strip, const control::Suggestion& suggestion) {
        CHECK(suggestion.to == Decibels(-3.0));
        accepted.push_back(strip);
    };
    const control::Suggestion up{Decibels(-6.0), Decibels(-3.0), "refine", "too quiet"};
    box.suggests({{studio.id(2), up}, {studio.id(3), up}});
    // Strip 4 does not stand at -6 dB.
    CHECK(box.controllers().suggestions() == control::Suggestions{{studio.id(2), up}});
    box.presses(accept);
    CHECK(accepted.empty());
    CHECK(box.controllers().counters().refused == 1);  // none is selected
    box.presses(24 + 2);
    box.presses(accept);
    CHECK(accepted == std::vector{studio.id(2)});
    studio.move_fader(2, Decibels(-20.0));
    studio.loop().idle(500ms);
    CHECK(box.controllers().suggestions().empty());
    box.presses(accept);
    CHECK(accepted.size() == 1);
    studio.move_fader(2, Decibels(-6.0));
    studio.loop().idle(500ms);
    box.suggests({{studio.id(2), up}});
    box.presses(reject);
    CHECK(box.controllers().suggestions().empty());
}
