#include "sim/ardour_words.hpp"
#include "sim/fader_law.hpp"
#include "sim/simulated_ardour.hpp"

#include <algorithm>

namespace kedge::sim {

void SimulatedArdour::rename_strip(std::size_t index, const std::string& name, std::vector<Datagram>& out) {
    SimStrip& strip = engine_.strips()[index];
    strip.name = name;
    tell_word(strip, bit_buttons, "name", std::string_view(strip.name), out);
}

void SimulatedArdour::move_fader(std::size_t index, Decibels to, std::vector<Datagram>& out) {
    set_fader(engine_.strips()[index], to, out);
}

std::size_t SimulatedArdour::add_track(const Stem& stem) {
    engine_.add_track(stem);
    strips_changed_ = true;
    return engine_.strips().size() - 1;
}

std::size_t SimulatedArdour::add_bus(const std::string& name, int channels) {
    SimStrip bus;
    bus.name = name;
    bus.channels = channels;
    bus.kind = StripKind::audio_bus;
    engine_.add(std::move(bus));
    strips_changed_ = true;
    return engine_.strips().size() - 1;
}

std::size_t SimulatedArdour::add_vca(const std::string& name) {
    SimStrip vca;
    vca.name = name;
    vca.channels = 0;
    vca.kind = StripKind::vca;
    engine_.add(std::move(vca));
    strips_changed_ = true;
    return engine_.strips().size() - 1;
}

void SimulatedArdour::remove_strip(std::size_t index) {
    SimStrip& strip = engine_.strips()[index];
    std::vector<Datagram> unheard;
    for (SimStrip* member : members_of(strip.id)) assign(*member, strip, false, unheard);
    engine_.remove(strip.id);
    strips_changed_ = true;
}

void SimulatedArdour::reorder_strips(const std::vector<std::size_t>& order) {
    std::vector<SimStrip> reordered;
    for (const std::size_t place : order) reordered.push_back(engine_.strips().at(place));
    engine_.strips() = std::move(reordered);
    strips_changed_ = true;
}

void SimulatedArdour::hide_strip(std::size_t index, bool hidden, std::vector<Datagram>& out) {
    StripCall call;
    call.word = "hide";
    set_switch(call, engine_.strips()[index], hidden, out);
}

void SimulatedArdour::route_strip(std::size_t index, std::optional<std::size_t> bus) {
    auto& strips = engine_.strips();
    strips[index].output = bus ? strips[*bus].id : RouteId{};
}

void SimulatedArdour::assign_vca(std::size_t index, std::size_t vca, bool assigned,
                                 std::vector<Datagram>& out) {
    assign(engine_.strips()[index], engine_.strips()[vca], assigned, out);
}

/// The level that counts stays: what the VCA adds is taken from the strip's own fader, and given back.
void SimulatedArdour::assign(SimStrip& strip, SimStrip& vca, bool assigned, std::vector<Datagram>& out) {
    const bool is = std::find(strip.vcas.begin(), strip.vcas.end(), vca.id) != strip.vcas.end();
    if (is == assigned || strip.kind == StripKind::vca) return;
    const Decibels level = engine_.fader_of(strip);
    const bool muted = engine_.muted(strip);
    if (assigned) {
        strip.vcas.push_back(vca.id);
    } else {
        std::erase(strip.vcas, vca.id);
    }
    const Decibels lead = engine_.fader_of(vca);
    if (!level.is_silence() && !lead.is_silence())
        strip.fader = std::min(assigned ? strip.fader - lead : strip.fader + lead, Decibels(top_fader_db));
    if (engine_.fader_of(strip) != level) tell_value(strip, Control::fader, out);
    if (engine_.muted(strip) != muted) tell_value(strip, Control::mute, out);
}

void SimulatedArdour::set_group(std::size_t index, const std::string& group, std::vector<Datagram>& out) {
    join_group(engine_.strips()[index], group, out);
}

void SimulatedArdour::set_automation(std::size_t index, Control control, AutomationMode mode,
                                     std::vector<Datagram>& out) {
    change_mode(engine_.strips()[index], control, mode, out);
}

}  // namespace kedge::sim
