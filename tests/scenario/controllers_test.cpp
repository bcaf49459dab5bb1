// Hands on hardware controllers, at a DAW in virtual time: what the hand did is what the DAW holds, and no
// motor moves by its own echo.

#include "engine/controllers.hpp"

#include "cli/controller_profiles.hpp"
#include "midi/encoder.hpp"
#include "midi/stream_parser.hpp"
#include "scenario/live_studio.hpp"
#include "support/sanitized.hpp"
#include "support/shipped_rules.hpp"

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

control::ControllerMap shipped_map(const std::string& name) {
    const std::string path = "controllers/" + name + ".toml";
    auto profile = cli::read_controller_profile(path, shipped_text(path));
    if (!profile) FAIL(profile.error().message);
    return std::move(profile->map);
}

std::vector<std::byte> bytes_of(const std::vector<midi::Message>& messages) {
    std::vector<std::byte> bytes;
    for (const auto& message : messages) midi::encode_onto(bytes, message);
    return bytes;
}

/// Somebody at a controller's eight faders: what the device says and shows.
class Box {
  public:
    Box(LiveStudio& studio, const std::string& profile) : Box(studio, shipped_map(profile)) {}
    Box(LiveStudio& studio, control::ControllerMap map)
        : studio_(studio), controllers_([](const MixerState&) { return control::StripRoles(); }, 5ms) {
        controllers_.add(std::move(map));
        studio.engine().invite(controllers_);
        studio.loop().on_step = [this](Instant) { take_what_is_shown(); };
        plug(true);
    }
    void plug(bool in) {
        act([&](engine::Desk& desk) { controllers_.plugged(desk, 0, in); });
    }
    void says(const std::vector<midi::Message>& messages) {
        const auto bytes = bytes_of(messages);
        act([&](engine::Desk& desk) { controllers_.received(desk, 0, bytes); });
    }
    void touches(int fader, bool held) {
        held_.at(static_cast<std::size_t>(fader)) = held;
        says({midi::NoteOn{midi::Channel(), midi::Data7(104 + fader), midi::Data7(held ? 127 : 0)}});
    }
    /// To a place of ten bits.
    void moves(int fader, int place) {
        stands_.at(static_cast<std::size_t>(fader)) = place;
        says({midi::PitchBend{midi::Channel(fader), midi::Data14(place * 16)}});
    }
    void turns_controller(int number, int value) {
        says({midi::ControlChange{midi::Channel(), midi::Data7(number), midi::Data7(value)}});
    }
    void presses(int note) {
        says({midi::NoteOn{midi::Channel(), midi::Data7(note), midi::Data7(127)}});
        says({midi::NoteOn{midi::Channel(), midi::Data7(note), midi::Data7(0)}});
    }
    [[nodiscard]] int stands(int fader) const { return stands_.at(static_cast<std::size_t>(fader)); }
    void suggests(const control::Suggestions& suggestions) {
        act([&](engine::Desk& desk) { controllers_.suggest(desk, suggestions); });
    }
    [[nodiscard]] engine::Controllers& controllers() { return controllers_; }
    [[nodiscard]] const engine::Controllers& controllers() const { return controllers_; }

    int driven = 0;             ///< how often a motor was sent elsewhere than where it stood
    int driven_under_hand = 0;  ///< likewise, while a hand was on it
    int shown = 0;              ///< messages to the device, of any kind

  private:
    void act(const std::function<void(engine::Desk&)>& what) {
        studio_.loop().act(controllers_, what);
        take_what_is_shown();
    }
    void take_what_is_shown() {
        for (const auto& each : controllers_.take_for_devices()) {
            midi::StreamParser parser;
            std::vector<midi::Message> messages;
            parser.receive(each.bytes, messages);
            for (const auto& message : messages) {
                ++shown;
                const auto* bend = std::get_if<midi::PitchBend>(&message);
                if (bend == nullptr || bend->channel.number() >= 8) continue;
                const auto fader = static_cast<std::size_t>(bend->channel.number());
                const int place = bend->value.value() / 16;
                if (place == stands_.at(fader)) continue;
                stands_.at(fader) = place;
                ++driven;
                if (held_.at(fader)) ++driven_under_hand;
            }
        }
    }

    LiveStudio& studio_;
    engine::Controllers controllers_;
    std::array<int, 8> stands_{};
    std::array<bool, 8> held_{};
};

/// The level of a place of ten bits, by the law that the shipped profiles have.
Decibels level_of(int place) {
    return FaderScale(FaderCurve::ardour)
        .level_at(FaderPosition(std::min(FaderPosition::top, place * FaderPosition::top / 1023)));
}

void check_agreement(const Box& box, LiveStudio& studio, int fader) {
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
    Box box(studio, "mackie");
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
    Box box(studio, "mackie");
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
    Box box(studio, "korg-nanokontrol2");
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
    Box box(studio, "mackie");
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
    Box box(studio, "mackie");
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
    Box box(studio, "mackie");
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
    Box box(studio, std::move(map));
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
