#include "abletonosc/live_session.hpp"
#include "fuzz/session_fuzzing.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace kedge;
using namespace kedge::fuzz;

constexpr std::int32_t tracks = 3;

struct LiveFuzzTalk : Talk<abletonosc::LiveSession> {
    /// What was subscribed to, with its mark: one message each.
    struct Subscription {
        std::string property;
        std::int32_t track = 0;
        std::int32_t mark = 0;
    };

    void look_at(const surface::SendBytes& sent) override {
        const auto decoded = osc::decode(sent.bytes);
        require(!decoded.malformed && !decoded.messages.empty());
        constexpr std::string_view listen = "/live/track/start_listen/";
        for (const auto& message : decoded.messages) {
            const auto address = message.address();
            if (address.starts_with(listen))
                subscriptions.push_back({std::string(address.substr(listen.size())), message.int32(0).value(),
                                         message.int32(1).value()});
        }
        require(subscriptions.size() < 1'000'000);
    }
    void look_at(const surface::HandOver& /*hand*/) override { require(false); }

    std::vector<Subscription> subscriptions;
};

/// A list of tracks; every flag as a number, as no boolean can be put together here.
void tell_tracks(LiveFuzzTalk& talk, std::int32_t count) {
    std::vector<std::string> names;
    for (std::int32_t i = 0; i < count; ++i) names.push_back("Track " + std::to_string(i));
    std::vector<osc::Argument> line;
    for (const auto& name : names) {
        line.emplace_back(std::string_view(name));
        for (const std::int32_t flag : {1, 0, 0}) line.emplace_back(flag);
    }
    talk.hear(osc::encode("/live/song/get/track_data", line));
}

void tell_values(LiveFuzzTalk& talk) {
    for (const auto* word : {"is_playing", "loop"})
        talk.hear(osc::encode("/live/song/get/" + std::string(word), {std::int32_t{0}}));
    talk.hear(osc::encode("/live/song/get/current_song_time", {0.0F}));
    talk.hear(osc::encode("/live/song/get/tempo", {120.0F}));
    const auto asked = std::exchange(talk.subscriptions, {});
    for (const auto& one : asked)
        talk.hear(osc::encode("/live/track/get/" + one.property, {one.track, one.mark, 1.0F}));
}

/// One step of the script: a datagram cut from the input, a pause, a command, or a script that behaves.
void step(LiveFuzzTalk& talk, Input& input) {
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
            tell_tracks(talk, input.byte() % 5);
            break;
        case 4:
            tell_values(talk);
            break;
        case 5: {
            constexpr std::array words = {"volume", "panning", "mute", "solo", "output_meter_level"};
            const std::string word = words.at(input.byte() % words.size());
            const std::int32_t track = input.byte() % 4;
            const auto value = static_cast<float>(input.byte()) / 128.0F;
            talk.hear(osc::encode("/live/track/get/" + word, {track, value, std::int32_t{input.byte()}}));
            break;
        }
        case 6:
            talk.hear(osc::encode(input.byte() % 2 == 0 ? "/live/startup" : "/live/test"));
            break;
        default:
            talk.hear(input.take(input.byte()));
            break;
    }
}

void recover(LiveFuzzTalk& talk) {
    for (int i = 0; i < 400; ++i) {
        if (talk.session.ready() && talk.session.mixer().strips.size() == tracks) return;
        talk.hear(osc::encode("/live/test", {std::string_view("ok")}));
        tell_tracks(talk, tracks);
        tell_values(talk);
        talk.wait(std::chrono::milliseconds(100));
    }
    require(false);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    LiveFuzzTalk talk;
    run_script<LiveFuzzTalk>(talk, std::as_bytes(std::span(data, size)), step, recover);
    return 0;
}
