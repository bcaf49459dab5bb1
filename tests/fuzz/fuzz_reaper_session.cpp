#include "reaper/reaper_session.hpp"
#include "support/reaper_patterns.hpp"

#include <cmath>
#include <cstdlib>
#include <set>
#include <span>
#include <string>

namespace {

using namespace kedge;

void require(bool holds) {
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

/// What must hold whatever was heard.
void check(const MixerState& mixer) {
    std::set<StripId> ids;
    std::set<StripName> names;
    for (const Strip& strip : mixer.strips) {
        require(strip.id.value != 0 && ids.insert(strip.id).second);
        require(names.insert(strip.name).second);
        require(strip.fader.has_value() && strip.fader->db() <= 100.0);
        require(!strip.trim);
        require(!strip.pan || std::abs(strip.pan->position()) <= 1.0);
    }
}

struct Talk {
    reaper::ReaperSession session{{reaper::PatternFile::read(test::good_reaper_patterns),
                                   Duration{},
                                   {Decibels(-62.0), Decibels(6.0)}}};
    Instant now{};

    void start() {
        surface::Effects effects;
        session.start(now, effects);
        after(effects);
    }
    void after(const surface::Effects& effects) {
        for (const auto& effect : effects) {
            if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) require(wake->when >= now);
            if (const auto* sent = std::get_if<surface::SendBytes>(&effect)) {
                require(sent->bytes.size() <= 1'024);
                const auto decoded = osc::decode(sent->bytes);
                require(!decoded.malformed && !decoded.messages.empty());
            }
            const auto* event = std::get_if<surface::Event>(&effect);
            const auto* report = event ? std::get_if<surface::ControlReported>(event) : nullptr;
            if (report) require(session.mixer().find(report->strip) != nullptr);
        }
    }
    void hear(std::span<const std::byte> bytes) {
        surface::Effects effects;
        session.receive(now, bytes, effects);
        after(effects);
    }
    void say(const std::string& address, osc::Argument argument) { hear(osc::encode(address, {argument})); }
    void wait(Duration span) {
        now += span;
        surface::Effects effects;
        session.wake(now, effects);
        after(effects);
    }
    void command(const surface::Command& command) {
        surface::Effects effects;
        const auto done = session.command(now, command, effects);
        require(done || !done.error().message.empty());
        require(done || effects.empty());
        after(effects);
    }
};

void tell_tracks(Talk& talk, int count) {
    const std::string how_many = std::to_string(count);
    talk.say("/track/number/str", std::string_view(how_many));
    talk.say("/master/volume/db", 0.0F);
    talk.say("/master/pan", 0.5F);
    for (int number = 1; number <= count; ++number) {
        const std::string track = "/track/" + std::to_string(number) + "/";
        const std::string name = "Part " + std::to_string(number);
        talk.say(track + "name", std::string_view(name));
        talk.say(track + "select", 0.0F);
        talk.say(track + "volume/db", -6.0F);
        talk.say(track + "pan", 0.25F);
        talk.say(track + "mute", 0.0F);
    }
}

/// A message that REAPER could send, its number from the input.
void say_something(Talk& talk, Input& input) {
    const std::string number = std::to_string(input.byte() % 14);
    const float value = static_cast<float>(input.byte()) / 128.0F;
    const std::string text(1, static_cast<char>('0' + input.byte() % 11));
    switch (input.byte() % 11) {
        case 0:
            return talk.say("/track/" + number + "/volume/db", -value * 100.0F);
        case 1:
            return talk.say("/track/" + number + "/name", std::string_view(text));
        case 2:
            return talk.say("/track/" + number + "/select", value > 1.0F ? 1.0F : 0.0F);
        case 3:
            return talk.say("/track/number/str", std::string_view(number));
        case 4:
            return talk.say("/track/" + number + "/vu/L", value);
        case 5:
            return talk.say("/marker/" + number + "/name", std::string_view(text));
        case 6:
            return talk.say("/track/" + number + "/autotouch", 1.0F);
        case 7:
            return talk.say("/region/" + number + "/length", value);
        case 8:
            return talk.say("/repeat", value > 1.0F ? 1.0F : 0.0F);
        case 9:
            return talk.say("/track/mute", value > 1.0F ? 1.0F : 0.0F);
        default:
            return talk.say("/time", value);
    }
}

surface::Command some_command(Input& input, const MixerState& mixer) {
    const StripId strip =
        mixer.strips.empty() ? StripId{7} : mixer.strips[input.byte() % mixer.strips.size()].id;
    switch (input.byte() % 10) {
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
            return surface::Play{};
        case 9:
            return surface::SwitchLoop{input.byte() % 2 == 0};
        default:
            return surface::Stop{};
    }
}

/// One step of the script: a datagram cut from the input, a pause, a command, or a REAPER that behaves.
void step(Talk& talk, Input& input) {
    constexpr std::uint8_t kinds = 9;
    const std::uint8_t what = input.byte();
    switch (what % kinds) {
        case 0:
            return talk.wait(std::chrono::milliseconds(what));
        case 1:
            return talk.wait(std::chrono::seconds(what / kinds));
        case 2:
            return talk.command(some_command(input, talk.session.mixer()));
        case 3:
            return tell_tracks(talk, what % 7);
        case 4:
        case 5:
            return say_something(talk, input);
        default:
            return talk.hear(input.take(input.byte()));
    }
}

/// A REAPER that behaves again is found, whatever was heard before.
void recover(Talk& talk) {
    for (int i = 0; i < 600 && (i < 30 || !talk.session.ready()); ++i) {
        tell_tracks(talk, 4);
        talk.wait(std::chrono::milliseconds(100));
    }
    require(talk.session.ready());
    check(talk.session.mixer());
}

}  // namespace

// The whole input as one datagram to a session that is ready; then as a script of steps.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    Talk talk;
    talk.start();
    recover(talk);
    talk.hear(bytes);
    Input input(bytes);
    while (!input.empty()) {
        step(talk, input);
        check(talk.session.mixer());
    }
    recover(talk);
    surface::Effects effects;
    talk.session.close(talk.now, effects);
    require(!talk.session.ready());
    return 0;
}
