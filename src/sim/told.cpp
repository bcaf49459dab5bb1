#include "sim/ardour_words.hpp"
#include "sim/simulated_ardour.hpp"
#include "sim/strip_feedback.hpp"

namespace kedge::sim {

/// To every surface that shows the strip and wants the bit: no echo suppression, whoever set a value gets it
/// back like everybody else.
template <typename Say>
void SimulatedArdour::tell(const SimStrip& strip, std::int32_t bit, Say say, std::vector<Datagram>& out) {
    for (auto& [peer, record] : surfaces_) {
        const std::int32_t number = record.wants(bit) ? record.number_of(strip.id) : 0;
        if (number > 0) say(StripVoice(peer, record, number, out), record);
    }
}

void SimulatedArdour::tell_value(const SimStrip& strip, Control control, std::vector<Datagram>& out) {
    tell(
        strip, control == Control::mute ? bit_buttons : bit_values,
        [&](const StripVoice& voice, SurfaceRecord& record) {
            say_value(voice, record, engine_, strip, control);
        },
        out);
    if (strip.kind != StripKind::master) return;
    switch (control) {
        case Control::fader:
            tell_globally("/master/gain", to_wire(strip.fader, silent_fader), out);
            return;
        case Control::trim:
            tell_globally("/master/trimdB", to_wire(strip.trim, silent_fader), out);
            return;
        case Control::pan:
            tell_globally("/master/pan_stereo_position", pan_to_wire(strip.pan), out);
            return;
        case Control::mute:
            tell_globally("/master/mute", strip.muted ? 1.0F : 0.0F, out);
            return;
    }
}

void SimulatedArdour::tell_mode(const SimStrip& strip, Control control, std::vector<Datagram>& out) {
    tell(
        strip, control == Control::mute ? bit_buttons : bit_values,
        [&](const StripVoice& voice, const SurfaceRecord& record) {
            say_mode(voice, record, strip, control);
        },
        out);
}

void SimulatedArdour::tell_word(const SimStrip& strip, std::int32_t bit, std::string_view word,
                                const osc::Argument& value, std::vector<Datagram>& out) {
    tell(
        strip, bit, [&](const StripVoice& voice, const SurfaceRecord&) { voice.say(word, value); }, out);
}

void SimulatedArdour::tell_globally(std::string_view address, const osc::Argument& value,
                                    std::vector<Datagram>& out) {
    for (const auto& [peer, record] : surfaces_)
        if (record.wants(bit_globals)) send(peer, address, {value}, out);
}

void SimulatedArdour::tell_groups(std::vector<Datagram>& out) {
    for (const auto& [peer, record] : surfaces_)
        if (record.wants(bit_globals)) send_groups(peer, out);
}

}  // namespace kedge::sim
