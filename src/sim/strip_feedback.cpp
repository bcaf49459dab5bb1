#include "sim/ardour_words.hpp"
#include "sim/simulated_ardour.hpp"

namespace kedge::sim {

void SimulatedArdour::send_strips(Peer to, const Surface& surface, std::vector<Datagram>& out) const {
    if ((surface.feedback & (bit_buttons | bit_values)) == 0) return;
    for (std::int32_t ssid = 1; ssid <= strip_count(); ++ssid) send_strip(to, ssid, out);
}

/// The burst of one strip, in the order of a real Ardour, which sends some paths twice.
void SimulatedArdour::send_strip(Peer to, std::int32_t ssid, std::vector<Datagram>& out) const {
    const SimStrip& s = *strip(ssid);
    const bool master = ssid == strip_count();
    const auto number = [&](std::string_view word, float value) {
        send(to, strip_path(word, ssid), {value}, out);
    };
    const auto text = [&](std::string_view word, std::string_view value) {
        send(to, strip_path(word, ssid), {value}, out);
    };
    number("select", 0.0F);
    text("name", s.name);
    text("group", " ");
    send(to, strip_path("hide", ssid), {std::int32_t{0}}, out);
    number("mute/automation", 0.0F);
    text("mute/automation_name", "Manual");
    number("mute", s.muted ? 1.0F : 0.0F);
    if (!master) number("solo", s.soloed ? 1.0F : 0.0F);
    number("select", 0.0F);
    number("gain", to_wire(s.fader, silent_fader));
    number("gain/automation", 0.0F);
    text("gain/automation_name", "Manual");
    number("trimdB/automation", 0.0F);
    text("trimdB/automation_name", "Manual");
    number("trimdB", to_wire(s.trim, silent_fader));
    text("pan_type", s.channels == 1 ? "panner_1in2out" : "panner_2in2out");
    number("pan_stereo_position", pan_to_wire(s.pan));
    number("pan_stereo_position/automation", 0.0F);
    text("pan_stereo_position/automation_name", "Manual");
    number("expand", 0.0F);
}

void SimulatedArdour::send_list(Peer to, std::vector<Datagram>& out) {
    const Surface& surface = surfaces_[to];
    const char* address = (surface.feedback & bit_reply) ? "/reply" : "#reply";
    for (std::int32_t ssid = 1; ssid <= strip_count(); ++ssid) {
        const SimStrip& s = *strip(ssid);
        const bool master = ssid == strip_count();
        const std::vector<osc::Argument> common = {std::string_view(master ? "MA" : "AT"),
                                                   std::string_view(s.name),
                                                   std::int32_t{s.channels},
                                                   std::int32_t{2},
                                                   std::int32_t{s.muted ? 1 : 0},
                                                   std::int32_t{s.soloed ? 1 : 0},
                                                   ssid};
        auto line = common;
        if (!master) line.emplace_back(std::int32_t{0});
        out.push_back({to, osc::encode(address, line)});
    }
    send(to, address,
         {std::string_view("end_route_list"), engine_.song().rate.hertz, engine_.song_samples(),
          std::int32_t{0}},
         out);
    send_strips(to, surface, out);
}

/// No echo suppression: whoever set the value gets it back like everybody else. Pans come with the number as
/// an argument.
void SimulatedArdour::echo(std::int32_t ssid, std::string_view word, osc::Argument value,
                           std::vector<Datagram>& out) const {
    for (const auto& [peer, surface] : surfaces_) {
        if ((surface.feedback & (bit_buttons | bit_values)) == 0) continue;
        if (word == "pan_stereo_position") {
            send(peer, "/strip/pan_stereo_position", {ssid, value}, out);
        } else {
            send(peer, strip_path(word, ssid), {value}, out);
        }
    }
}

}  // namespace kedge::sim
