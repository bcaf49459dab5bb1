#include "sim/simulated_ardour.hpp"

#include "sim/ardour_words.hpp"

namespace kedge::sim {

namespace {

constexpr Duration tick_length = std::chrono::milliseconds(100);

}  // namespace

SimulatedArdour::SimulatedArdour(Song song) : engine_(std::move(song)) {}

std::int32_t SimulatedArdour::strip_count() const {
    return static_cast<std::int32_t>(engine_.strips().size()) + 1;
}

SimStrip* SimulatedArdour::strip(std::int32_t ssid) {
    if (ssid < 1 || ssid > strip_count()) return nullptr;
    return ssid == strip_count() ? &engine_.master() : &engine_.strips()[static_cast<std::size_t>(ssid - 1)];
}

const SimStrip* SimulatedArdour::strip(std::int32_t ssid) const {
    if (ssid < 1 || ssid > strip_count()) return nullptr;
    return ssid == strip_count() ? &engine_.master() : &engine_.strips()[static_cast<std::size_t>(ssid - 1)];
}

void SimulatedArdour::receive(Instant now, Peer from, std::span<const std::byte> bytes,
                              std::vector<Datagram>& out) {
    if (frozen_) return;
    (void)now;
    for (const auto& message : osc::decode(bytes).messages) on_message(from, message, out);
}

void SimulatedArdour::on_message(Peer from, const osc::Message& message, std::vector<Datagram>& out) {
    surfaces_.try_emplace(from);
    const auto address = message.address();
    // A button's release (0) does nothing.
    const bool pressed = message.size() == 0 || message.number(0) != 0.0;
    if (address.starts_with("/set_surface")) {
        on_set_surface(from, message, out);
    } else if (address == "/strip/list") {
        send_list(from, out);
    } else if (address.starts_with("/strip/")) {
        on_strip(from, message, out);
    } else if (address == "/transport_play" && pressed) {
        engine_.play();
    } else if (address == "/transport_stop" && pressed) {
        engine_.stop();
    } else if (address == "/goto_start") {
        engine_.locate(0);
    } else if (address == "/locate") {
        if (const auto sample = message.int32(0); sample && *sample >= 0) engine_.locate(*sample);
    } else if (address == "/save_state") {
        saved_ = {engine_.strips(), engine_.master(), saved_.times + 1};
        for (const auto& [peer, surface] : surfaces_)
            if (surface.feedback & bit_globals)
                send(peer, "/session_name", {std::string_view(engine_.song().name)}, out);
    }
}

void SimulatedArdour::on_set_surface(Peer from, const osc::Message& message, std::vector<Datagram>& out) {
    Surface& surface = surfaces_[from];
    surface = Surface{surface.types, surface.feedback, {}, -1, engine_.rolling()};
    if (const auto types = message.number(1)) surface.types = static_cast<std::int32_t>(*types);
    if (const auto feedback = message.number(2)) surface.feedback = static_cast<std::int32_t>(*feedback);
    surface.meters.resize(static_cast<std::size_t>(strip_count()));
    send_strips(from, surface, out);
    send_globals(from, out);
}

void SimulatedArdour::advance(Instant to, std::vector<Datagram>& out) {
    while (next_tick_ <= to) {
        while (audio_until_ < next_tick_) {
            if (!frozen_) engine_.run_block();
            audio_until_ += engine_.block_length();
        }
        if (!frozen_) tick(out);
        next_tick_ += tick_length;
    }
}

void SimulatedArdour::rename_strip(std::size_t index, const std::string& name, std::vector<Datagram>& out) {
    engine_.strips()[index].name = name;
    echo(static_cast<std::int32_t>(index) + 1, "name", std::string_view(name), out);
}

void SimulatedArdour::move_fader(std::size_t index, Decibels to, std::vector<Datagram>& out) {
    set({}, engine_.strips()[index], static_cast<std::int32_t>(index) + 1, "gain",
        to.is_silence() ? silent_fader : to.db(), out);
}

}  // namespace kedge::sim
