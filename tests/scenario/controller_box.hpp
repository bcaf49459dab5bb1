#pragma once

#include "cli/controller_profiles.hpp"
#include "engine/controllers.hpp"
#include "midi/encoder.hpp"
#include "midi/stream_parser.hpp"
#include "scenario/live_studio.hpp"
#include "support/shipped_rules.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace kedge::test {

inline control::ControllerMap shipped_map(const std::string& name) {
    const std::string path = "controllers/" + name + ".toml";
    auto profile = cli::read_controller_profile(path, shipped_text(path));
    if (!profile) FAIL(profile.error().message);
    return std::move(profile->map);
}

inline std::vector<std::byte> bytes_of(const std::vector<midi::Message>& messages) {
    std::vector<std::byte> bytes;
    for (const auto& message : messages) midi::encode_onto(bytes, message);
    return bytes;
}

/// Somebody at a controller's eight faders: what the device says and shows.
class ControllerBox {
  public:
    ControllerBox(LiveStudio& studio, const std::string& profile)
        : ControllerBox(studio, shipped_map(profile)) {}
    ControllerBox(LiveStudio& studio, control::ControllerMap map)
        : studio_(studio),
          controllers_([](const MixerState&) { return control::StripRoles(); },
                       std::chrono::milliseconds(5)) {
        studio.tell_people_last();
        controllers_.add(std::move(map));
        studio.engine().invite(controllers_);
        studio.loop().on_step = [this](Instant now) {
            take_what_is_shown();
            if (then) then(now);
        };
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

    std::function<void(Instant)> then;  ///< after each step of the loop
    int driven = 0;                     ///< how often a motor was sent elsewhere than where it stood
    int driven_under_hand = 0;          ///< likewise, while a hand was on it
    int shown = 0;                      ///< messages to the device, of any kind

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
inline Decibels level_of(int place) {
    return FaderScale(FaderCurve::ardour)
        .level_at(FaderPosition(std::min(FaderPosition::top, place * FaderPosition::top / 1023)));
}

}  // namespace kedge::test
