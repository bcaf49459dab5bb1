#include "ardour/ardour_session.hpp"

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
        require(strip.inputs >= 0 && strip.inputs <= 1'000 && strip.outputs >= 0 && strip.outputs <= 1'000);
        require(strip.fader.has_value());
        require(strip.fader->db() <= 100.0);
        require(!strip.trim || std::abs(strip.trim->db()) <= 100.0 || strip.trim->is_silence());
        require(!strip.pan || std::abs(strip.pan->position()) <= 1.0);
    }
}

struct Talk {
    ardour::ArdourSession session;
    Instant now{};
    bool list_was_asked_for = false;
    std::int32_t request = 0;  ///< the number of the last one for the companion script

    void start() {
        session.use_companion(ardour::CompanionSetup{"LuaAction/script-1"});
        surface::Effects effects;
        session.start(now, effects);
        after(effects);
    }
    void after(const surface::Effects& effects) {
        for (const auto& effect : effects) {
            if (const auto* wake = std::get_if<surface::WakeAt>(&effect)) require(wake->when >= now);
            if (const auto* sent = std::get_if<surface::SendBytes>(&effect)) {
                const auto message = osc::decode_message(sent->bytes);
                require(message.has_value());
                if (message->address() == "/strip/list") list_was_asked_for = true;
            }
            if (const auto* hand = std::get_if<surface::HandOver>(&effect)) note(*hand);
            const auto* event = std::get_if<surface::Event>(&effect);
            if (const auto* read = event ? std::get_if<surface::FaderLineRead>(event) : nullptr)
                check_line(read->line);
            const auto* report = event ? std::get_if<surface::ControlReported>(event) : nullptr;
            if (report) require(session.mixer().find(report->strip) != nullptr);
        }
    }
    void note(const surface::HandOver& hand) {
        if (hand.request.empty()) return;
        require(hand.request.starts_with("kedge-companion\t1\nrequest\t") &&
                hand.request.ends_with("\nend\n"));
        request = std::atoi(hand.request.c_str() + std::string_view("kedge-companion\t1\nrequest\t").size());
        require(request > 0);
    }
    static void check_line(const FaderLine& line) {
        require(line.rest.ratio() >= 0.0 && line.rest.ratio() <= 100.0);
        for (std::size_t i = 0; i < line.points.size(); ++i) {
            require(line.points[i].gain.ratio() >= 0.0 && line.points[i].gain.ratio() <= 100.0);
            require(line.points[i].at >= SongTime() && (i == 0 || line.points[i - 1].at < line.points[i].at));
        }
    }
    void hear(std::span<const std::byte> bytes) {
        surface::Effects effects;
        session.receive(now, bytes, effects);
        after(effects);
    }
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

void tell_strips(Talk& talk) {
    talk.list_was_asked_for = false;
    for (std::int32_t ssid = 1; ssid <= 4; ++ssid) {
        const bool master = ssid == 4;
        const std::string name = "Strip " + std::to_string(ssid);
        talk.hear(osc::encode(
            "/reply", {std::string_view(master ? "MA" : "AT"), std::string_view(name), std::int32_t{1},
                       std::int32_t{2}, std::int32_t{0}, std::int32_t{0}, ssid}));
    }
    talk.hear(osc::encode("/reply", {std::string_view("end_route_list"), std::int64_t{48'000},
                                     std::int64_t{480'000}, std::int32_t{0}}));
    for (std::int32_t ssid = 1; ssid <= 4; ++ssid)
        for (const auto* word : {"gain", "trimdB", "pan_stereo_position", "mute"})
            talk.hear(osc::encode("/strip/" + std::string(word) + "/" + std::to_string(ssid), {0.25F}));
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
            return surface::LocateMark{2};
        case 5:
            return surface::SetAutomation{strip, static_cast<Control>(input.byte() % 4),
                                          static_cast<AutomationMode>(input.byte() % 5)};
        case 6:
            return surface::TouchControl{strip, static_cast<Control>(input.byte() % 4), true};
        case 7:
            return surface::ReadFaderLines{{strip}};
        case 8:
            return surface::WriteFaderLines{
                {{strip, {AutomationMode::play, Gain(input.byte() - 2.0), {{SongTime(), Gain(1.0)}}}}},
                "ride"};
        default:
            return surface::Stop{};
    }
}

/// The companion script speaks of the request under way.
void answer_request(Talk& talk, Input& input) {
    const std::int32_t place = input.byte() % 3;
    const std::int32_t first = input.byte() % 4;
    const auto bytes = input.take(input.byte() % 64);
    std::string text;
    for (const auto byte : bytes) text += "0123456789 ;.-e"[std::to_integer<std::size_t>(byte) % 15];
    switch (input.byte() % 4) {
        case 0:
            talk.hear(osc::encode("/kedge/companion/fader", {talk.request, place, std::string_view("play"),
                                                             std::string_view(text), first}));
            break;
        case 1:
            talk.hear(
                osc::encode("/kedge/companion/points", {talk.request, place, first, std::string_view(text)}));
            break;
        case 2:
            talk.hear(osc::encode("/kedge/companion/done", {talk.request, place}));
            break;
        default:
            talk.hear(osc::encode("/kedge/companion/refused",
                                  {talk.request, std::string_view(text), std::string_view()}));
            break;
    }
}

/// One step of the script: a datagram cut from the input, a pause, a command, or a DAW that behaves.
void step(Talk& talk, Input& input) {
    constexpr std::uint8_t kinds = 9;
    const std::uint8_t what = input.byte();
    switch (what % kinds) {
        case 0:
            talk.wait(std::chrono::milliseconds(what));
            break;
        case 1:
            talk.wait(std::chrono::seconds(what / kinds));
            break;
        case 2:
            talk.command(some_command(input, talk.session.mixer()));
            break;
        case 3:
            tell_strips(talk);
            break;
        case 4:
            answer_request(talk, input);
            break;
        default:
            talk.hear(input.take(input.byte()));
            break;
    }
}

/// A DAW that behaves again is found, whatever was heard before.
void recover(Talk& talk) {
    for (int i = 0; i < 400 && !talk.session.ready(); ++i) {
        if (talk.list_was_asked_for) tell_strips(talk);
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
