#include "ardour/ardour_session.hpp"
#include "fuzz/session_fuzzing.hpp"

#include <cstdlib>
#include <string>

namespace {

using namespace kedge;
using namespace kedge::fuzz;

struct ArdourTalk : Talk<ardour::ArdourSession> {
    ArdourTalk() { session.use_companion(ardour::CompanionSetup{"LuaAction/script-1"}); }

    void look_at(const surface::SendBytes& sent) override {
        const auto message = osc::decode_message(sent.bytes);
        require(message.has_value());
        if (message->address() == "/strip/list") list_was_asked_for = true;
    }
    void look_at(const surface::HandOver& hand) override {
        if (hand.request.empty()) return;
        require(hand.request.starts_with("kedge-companion\t1\nrequest\t") &&
                hand.request.ends_with("\nend\n"));
        request = std::atoi(hand.request.c_str() + std::string_view("kedge-companion\t1\nrequest\t").size());
        require(request > 0);
    }

    bool list_was_asked_for = false;
    std::int32_t request = 0;  ///< the number of the last one for the companion script
};

void tell_strips(ArdourTalk& talk) {
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

/// The companion script speaks of the request under way.
void answer_request(ArdourTalk& talk, Input& input) {
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
void step(ArdourTalk& talk, Input& input) {
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

void recover(ArdourTalk& talk) {
    for (int i = 0; i < 400 && !talk.session.ready(); ++i) {
        if (talk.list_was_asked_for) tell_strips(talk);
        talk.wait(std::chrono::milliseconds(100));
    }
    require(talk.session.ready());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ArdourTalk talk;
    run_script<ArdourTalk>(talk, std::as_bytes(std::span(data, size)), step, recover);
    return 0;
}
