#include "sim/ardour_words.hpp"
#include "sim/simulated_ardour.hpp"

namespace kedge::sim {

namespace {

constexpr int ticks_a_half_beat = 10;

}  // namespace

void SimulatedArdour::send_globals(Peer to, std::vector<Datagram>& out) const {
    if ((surfaces_.at(to).feedback & bit_globals) == 0) return;
    send(to, "/master/name", {std::string_view("Master")}, out);
    send(to, "/master/gain", {to_wire(engine_.master().fader, silent_fader)}, out);
    send_transport(to, out);
    send(to, "/session_name", {std::string_view(engine_.song().name)}, out);
    send(to, "/cancel_all_solos", {0.0F}, out);
}

void SimulatedArdour::send_transport(Peer to, std::vector<Datagram>& out) const {
    const float rolling = engine_.rolling() ? 1.0F : 0.0F;
    send(to, "/loop_toggle", {0.0F}, out);
    send(to, "/transport_play", {rolling}, out);
    send(to, "/toggle_roll", {rolling}, out);
    send(to, "/transport_stop", {1.0F - rolling}, out);
}

void SimulatedArdour::tick(std::vector<Datagram>& out) {
    beat_ = (beat_ + 1) % (2 * ticks_a_half_beat);
    for (auto& [peer, surface] : surfaces_) {
        if (surface.told_rolling != engine_.rolling()) {
            surface.told_rolling = engine_.rolling();
            if (surface.feedback & bit_globals) send_transport(peer, out);
        }
        if ((surface.feedback & bit_samples) && surface.position != engine_.position()) {
            surface.position = engine_.position();
            send(peer, "/position/samples", {std::string_view(std::to_string(surface.position))}, out);
        }
        if ((surface.feedback & bit_heartbeat) && beat_ % ticks_a_half_beat == 0)
            send(peer, "/heartbeat", {beat_ == 0 ? 0.0F : 1.0F}, out);
        if ((surface.feedback & bit_meters) == 0) continue;
        for (std::int32_t ssid = 1; ssid <= strip_count(); ++ssid) {
            auto& shown = surface.meters[static_cast<std::size_t>(ssid - 1)];
            const Decibels level = strip(ssid)->meter;
            if (shown == level) continue;
            shown = level;
            send(peer, strip_path("meter", ssid), {to_wire(level, silent_meter)}, out);
        }
    }
}

}  // namespace kedge::sim
