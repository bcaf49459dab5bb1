#include "sim/simulated_live.hpp"

#include <utility>

/// Live and its script run: what comes in, audio, ticks, what goes out.
namespace kedge::sim {

namespace {

constexpr std::uint32_t this_machine = 0x7F000001;

MixerManner live_manner(const LiveSettings& settings) {
    return {PanLaw::balance, settings.meter_fall_a_second};
}

}  // namespace

SimulatedLive::SimulatedLive(Song song, const LiveSettings& settings)
    : settings_(settings),
      engine_(std::move(song), live_manner(settings_)),
      tempo_(engine_.song().tempo),
      latest_host_(this_machine) {}

void SimulatedLive::receive(Instant, Peer from, std::span<const std::byte> bytes, std::vector<Datagram>&) {
    if (frozen_ || gone_) return;
    inbox_.push_back({from, {bytes.begin(), bytes.end()}});
}

void SimulatedLive::advance(Instant to, std::vector<Datagram>& out) {
    for (; next_tick_ <= to; next_tick_ += settings_.tick) {
        clock_ = next_tick_;
        run_audio(next_tick_);
        if (!stands_still()) run_tick();
        for (Datagram& datagram : std::exchange(outbox_, {})) out.push_back(std::move(datagram));
    }
}

void SimulatedLive::run_audio(Instant to) {
    while (audio_until_ < to) {
        audio_until_ += engine_.block_length();
        if (stands_still()) continue;
        const std::int64_t before = engine_.position();
        engine_.run_block();
        run_loop(before);
        hold_peaks(audio_until_);
    }
}

void SimulatedLive::run_tick() {
    if (!std::exchange(is_loaded_, true)) say(this_machine, "/live/startup", {});
    hear_all();
    tell_time();
    tell_meters();
}

/// An exception leaves what lies behind it for the next tick.
void SimulatedLive::hear_all() {
    while (!inbox_.empty()) {
        const Waiting next = std::move(inbox_.front());
        inbox_.pop_front();
        latest_host_ = next.from.address;
        const auto decoded = osc::decode(next.bytes);
        if (!settings_.takes_bundles && !decoded.messages.empty() && !osc::decode_message(next.bytes)) {
            say_error("Error parsing OSC message");
            continue;
        }
        for (const osc::Message& message : decoded.messages)
            if (!hear(message, next.from.address)) return;
        if (decoded.malformed) say_error("Error parsing OSC message");
    }
}

/// False when it ended in an exception.
bool SimulatedLive::hear(const osc::Message& message, std::uint32_t sender) {
    const LiveOutcome outcome = handle(message.address(), live_values(message));
    if (const auto* answer = std::get_if<LiveValues>(&outcome)) say(sender, message.address(), *answer);
    if (std::holds_alternative<LiveUnknown>(outcome))
        say_error("Unknown OSC address: " + std::string(message.address()));
    const auto* exception = std::get_if<LiveException>(&outcome);
    if (exception) say_error("Error handling OSC message: " + exception->words);
    return exception == nullptr;
}

LiveOutcome SimulatedLive::handle(std::string_view address, const LiveValues& values) {
    constexpr std::string_view song = "/live/song/";
    constexpr std::string_view track = "/live/track/";
    if (address.starts_with(song)) return on_song(address.substr(song.size()), values);
    if (address.starts_with(track)) return on_track(address.substr(track.size()), values);
    if (address == "/live/test") return LiveValues{std::string("ok")};
    if (address == "/live/application/get/version") return LiveValues{std::int32_t{12}, std::int32_t{0}};
    return LiveUnknown{};
}

void SimulatedLive::say(std::uint32_t host, std::string_view address, const LiveValues& values) {
    outbox_.push_back({{host, settings_.reply_port}, live_message(address, values)});
}

void SimulatedLive::say_error(const std::string& words) {
    errors_.push_back(words);
    say(latest_host_, "/live/error", {words});
}

void SimulatedLive::quit() {
    engine_.stop();
    inbox_.clear();
    outbox_.clear();
    listeners_.clear();
    peaks_.clear();
    told_time_ = 0;
    latest_host_ = this_machine;
    is_loaded_ = false;
    gone_ = true;
}

void SimulatedLive::open() {
    gone_ = false;
    is_loaded_ = false;
}

void SimulatedLive::open(Song song) {
    quit();
    engine_ = AudioEngine(std::move(song), live_manner(settings_));
    tempo_ = engine_.song().tempo;
    loops_ = false;
    began_at_ = 0;
    saved_ = 0;
    open();
}

}  // namespace kedge::sim
