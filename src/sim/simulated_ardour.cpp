#include "sim/simulated_ardour.hpp"

#include "sim/ardour_words.hpp"

#include <algorithm>
#include <utility>

namespace kedge::sim {

namespace {

constexpr Duration tick_length = std::chrono::milliseconds(100);
// What a socket keeps for a program that does not read; further datagrams are lost.
constexpr std::size_t most_unheard = 2'000;

}  // namespace

SimulatedArdour::SimulatedArdour(Song song) : engine_(std::move(song)), markers_(engine_.song().markers) {
    sort_markers();
}

void SimulatedArdour::receive(Instant now, Peer from, std::span<const std::byte> bytes,
                              std::vector<Datagram>& out) {
    if (frozen_ || gone_) return;
    if (hung_) {
        if (unheard_.size() < most_unheard) unheard_.push_back({from, {bytes.begin(), bytes.end()}});
        return;
    }
    come_to_itself(now, out);
    run_audio(now);
    for (const auto& message : osc::decode(bytes).messages) on_message(now, from, message, out);
}

void SimulatedArdour::on_message(Instant now, Peer from, const osc::Message& message,
                                 std::vector<Datagram>& out) {
    from = reply_address(from);
    surfaces_.try_emplace(from);
    const auto address = message.address();
    const auto has = [&](std::string_view part) { return address.find(part) != std::string_view::npos; };
    // Ardour looks for these within the path, in this order.
    if (has("/automation")) {
        on_automation(from, message, out);
    } else if (has("/touch")) {
        on_touch(from, message);
    } else if (address.starts_with("/set_surface")) {
        on_set_surface(from, message, out);
    } else if (address == "/strip/list") {
        send_list(from, surfaces_[from], out);
    } else if (address == "/strip" || address.starts_with("/strip/")) {
        on_strip(from, message, out);
    } else if (address.starts_with("/master/")) {
        on_master(from, message, out);
    } else if (on_transport(now, from, message, out) || on_marker_command(message, out)) {
        return;
    } else if (address == "/save_state") {
        saved_ = {engine_.strips(), engine_.master(), saved_.times + 1};
        tell_globally("/session_name", std::string_view(engine_.song().name), out);
    } else if (address == "/access_action") {
        on_action(from, message, out);
    } else if (address == "/refresh") {
        strips_changed_ = true;
    }
}

void SimulatedArdour::come_to_itself(Instant now, std::vector<Datagram>& out) {
    for (const auto& each : std::exchange(unheard_, {})) receive(now, each.from, each.bytes, out);
}

void SimulatedArdour::quit() {
    engine_.stop();
    surfaces_.clear();
    fixed_ports_.clear();
    fake_touches_.clear();
    told_.clear();
    unheard_.clear();
    transport_repeats_ = 0;
    gone_ = true;
}

void SimulatedArdour::open(Song session) {
    quit();
    engine_ = AudioEngine(std::move(session));
    markers_ = engine_.song().markers;
    sort_markers();
    saved_ = {};
    undo_names_.clear();
    last_write_.reset();
    strips_changed_ = false;
    open();
}

void SimulatedArdour::run_audio(Instant to) {
    while (audio_until_ < to) {
        if (!stands_still()) engine_.run_block();
        audio_until_ += engine_.block_length();
    }
}

void SimulatedArdour::advance(Instant to, std::vector<Datagram>& out) {
    while (next_tick_ <= to) {
        run_audio(next_tick_);
        if (!stands_still()) {
            come_to_itself(next_tick_, out);
            tick(out);
        }
        next_tick_ += tick_length;
    }
}

}  // namespace kedge::sim
