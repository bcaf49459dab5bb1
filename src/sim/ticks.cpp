#include "sim/ardour_words.hpp"
#include "sim/simulated_ardour.hpp"
#include "sim/strip_voice.hpp"

namespace kedge::sim {

namespace {

constexpr int ticks_a_beat = 21;
constexpr int heart_rises_at = 10;

}  // namespace

/// What Ardour does every 100 ms.
void SimulatedArdour::tick(std::vector<Datagram>& out) {
    beat_ = (beat_ + 1) % ticks_a_beat;
    release_fake_touches();
    if (strips_changed_) rebuild_surfaces(out);
    tell_automated(out);
    if (transport_repeats_ > 0) {
        --transport_repeats_;
        tell_transport(engine_.rolling(), !engine_.rolling(), out);
    }
    for (auto& [peer, record] : surfaces_) {
        if (record.wants(bits_watched)) {
            send_position(peer, record, out);
            if (record.wants(bit_heartbeat) && (beat_ == 0 || beat_ == heart_rises_at))
                send(peer, "/heartbeat", {beat_ == 0 ? 0.0F : 1.0F}, out);
        }
        restore_names(peer, record, out);
        if (record.wants(bit_meters) && record.wants(bit_buttons | bit_values))
            send_meters(peer, record, out);
    }
}

void SimulatedArdour::send_meters(Peer to, SurfaceRecord& record, std::vector<Datagram>& out) const {
    const bool share = record.settings[SurfaceRecord::gainmode] != 0;
    for (std::size_t i = 0; i < record.shown.size(); ++i) {
        const SimStrip* strip = engine_.find(record.shown[i]);
        if (!strip || record.meters[i] == strip->meter) continue;
        record.meters[i] = strip->meter;
        const auto level = static_cast<double>(to_wire(strip->meter, silent_meter));
        const StripVoice voice(to, record, static_cast<std::int32_t>(i) + 1, out);
        voice.number("meter", share ? (level + 94.0) / 100.0 : level);
    }
}

void SimulatedArdour::restore_names(Peer to, SurfaceRecord& record, std::vector<Datagram>& out) const {
    if (record.settings[SurfaceRecord::gainmode] != 1) return;
    for (std::size_t i = 0; i < record.shown.size(); ++i) {
        if (record.names_back_in[i] == 0 || --record.names_back_in[i] > 0) continue;
        const SimStrip* strip = engine_.find(record.shown[i]);
        if (!strip) continue;
        StripVoice(to, record, static_cast<std::int32_t>(i) + 1, out).text("name", strip->name);
    }
}

}  // namespace kedge::sim
