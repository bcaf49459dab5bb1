#pragma once

#include "surface/surface.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <span>

/// What the fuzz targets of sessions share: the input as a script of steps, and what must hold whatever a DAW
/// says.
namespace kedge::fuzz {

inline void require(bool holds) {
    if (!holds) std::abort();
}

/// The bytes of the input, taken from the front; zeros when there are no more.
class Input {
  public:
    explicit Input(std::span<const std::byte> bytes) : bytes_(bytes) {}
    [[nodiscard]] bool empty() const { return bytes_.empty(); }
    std::uint8_t byte() {
        if (bytes_.empty()) return 0;
        const auto first = std::to_integer<std::uint8_t>(bytes_.front());
        bytes_ = bytes_.subspan(1);
        return first;
    }
    std::span<const std::byte> take(std::size_t length) {
        const auto taken = bytes_.first(std::min(length, bytes_.size()));
        bytes_ = bytes_.subspan(taken.size());
        return taken;
    }

  private:
    std::span<const std::byte> bytes_;
};

inline void check(const MixerState& mixer) {
    constexpr double most_db = 100.0;
    constexpr int most_channels = 1'000;
    const auto is_channels = [](int count) { return count >= 0 && count <= most_channels; };
    std::set<StripId> ids;
    std::set<StripName> names;
    for (const Strip& strip : mixer.strips) {
        require(strip.id.value != 0 && ids.insert(strip.id).second);
        require(names.insert(strip.name).second);
        require(is_channels(strip.inputs) && is_channels(strip.outputs));
        require(strip.fader.has_value() && strip.fader->db() <= most_db);
        require(!strip.trim || std::abs(strip.trim->db()) <= most_db || strip.trim->is_silence());
        require(!strip.pan || std::abs(strip.pan->position()) <= 1.0);
    }
}

inline void check(const FaderLine& line) {
    constexpr double most_gain = 100.0;
    const auto is_gain = [](Gain gain) { return gain.ratio() >= 0.0 && gain.ratio() <= most_gain; };
    require(is_gain(line.rest));
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        require(is_gain(line.points[i].gain));
        require(line.points[i].at >= SongTime() && (i == 0 || line.points[i - 1].at < line.points[i].at));
    }
}

/// A session in conversation.
template <typename Session>
class Talk {
  public:
    template <typename... Arguments>
    explicit Talk(Arguments&&... arguments) : session(std::forward<Arguments>(arguments)...) {}
    virtual ~Talk() = default;

    void start() {
        perform([&](surface::Effects& effects) { session.start(now, effects); });
    }
    void hear(std::span<const std::byte> bytes) {
        perform([&](surface::Effects& effects) { session.receive(now, bytes, effects); });
    }
    void wait(Duration span) {
        now += span;
        perform([&](surface::Effects& effects) { session.wake(now, effects); });
    }
    void command(const surface::Command& command) {
        perform([&](surface::Effects& effects) {
            const auto done = session.command(now, command, effects);
            require(done || !done.error().message.empty());
            require(done || effects.empty());
        });
    }
    template <typename Call>
    void perform(const Call& call) {
        surface::Effects effects;
        call(effects);
        for (const auto& effect : effects) look_at(effect);
    }

    Session session;
    Instant now{};

  protected:
    virtual void look_at(const surface::SendBytes& sent) = 0;
    virtual void look_at(const surface::HandOver& hand) = 0;

  private:
    void look_at(const surface::Effect& effect) {
        if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) require(wake->when >= now);
        if (const auto* sent = std::get_if<surface::SendBytes>(&effect)) look_at(*sent);
        if (const auto* hand = std::get_if<surface::HandOver>(&effect)) look_at(*hand);
        const auto* event = std::get_if<surface::Event>(&effect);
        if (const auto* read = event ? std::get_if<surface::FaderLineRead>(event) : nullptr)
            check(read->line);
        const auto* report = event ? std::get_if<surface::ControlReported>(event) : nullptr;
        if (report) require(session.mixer().find(report->strip) != nullptr);
    }
};

inline surface::Command some_command(Input& input, const MixerState& mixer) {
    const StripId strip =
        mixer.strips.empty() ? StripId{7} : mixer.strips[input.byte() % mixer.strips.size()].id;
    switch (input.byte() % 12) {
        case 0:
            return surface::SetControl{strip, Control::fader, Decibels(input.byte() - 200.0)};
        case 1:
            return surface::SetControl{strip, Control::pan, Pan(input.byte() / 128.0 - 1.0)};
        case 2:
            return surface::QueryControl{strip, static_cast<Control>(input.byte() % 4)};
        case 3:
            return surface::Locate{SongTime::from_seconds(input.byte() * 1000.0 - 100.0)};
        case 4:
            return surface::LocateMark{input.byte() - 3};
        case 5:
            return surface::SetAutomation{strip, static_cast<Control>(input.byte() % 4),
                                          static_cast<AutomationMode>(input.byte() % 5)};
        case 6:
            return surface::TouchControl{strip, static_cast<Control>(input.byte() % 4),
                                         input.byte() % 2 == 0};
        case 7:
            return surface::ReadFaderLines{{strip}};
        case 8:
            return surface::WriteFaderLines{
                {{strip, {AutomationMode::play, Gain(input.byte() - 2.0), {{SongTime(), Gain(1.0)}}}}},
                "ride"};
        case 9:
            return surface::Play{};
        case 10:
            return surface::SwitchLoop{input.byte() % 2 == 0};
        default:
            return surface::Stop{};
    }
}

/// The whole input as one datagram to a session that is ready; then as a script of steps. `recover` brings a
/// DAW that behaves again, which is found whatever was heard before.
template <typename AnyTalk>
void run_script(AnyTalk& talk, std::span<const std::byte> bytes, void (*step)(AnyTalk&, Input&),
                void (*recover)(AnyTalk&)) {
    talk.start();
    recover(talk);
    talk.hear(bytes);
    Input input(bytes);
    while (!input.empty()) {
        step(talk, input);
        check(talk.session.mixer());
    }
    recover(talk);
    check(talk.session.mixer());
    surface::Effects effects;
    talk.session.close(talk.now, effects);
    require(!talk.session.ready());
}

}  // namespace kedge::fuzz
