#include "sim/ardour_words.hpp"
#include "sim/simulated_ardour.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::sim {

namespace {

constexpr double top_fader_db = 6.0206;
constexpr double trim_limit_db = 20.0;

}  // namespace

/// "/strip/gain/3 v", "/strip/gain 3 v", "/strip/3/gain v"; without v a question, answered with the value
/// alone.
void SimulatedArdour::on_strip(Peer from, const osc::Message& message, std::vector<Datagram>& out) {
    auto rest = message.address().substr(std::string_view("/strip/").size());
    const auto slash = rest.find('/');
    std::int32_t ssid = -1;
    std::size_t argument = 0;
    if (slash == std::string_view::npos) {
        const auto first = message.number(0);
        if (!first || !std::isfinite(*first) || std::abs(*first) > 1e6) return;
        ssid = static_cast<std::int32_t>(*first);
        argument = 1;
    } else if (number_in(rest.substr(0, slash)) > 0) {
        ssid = number_in(rest.substr(0, slash));
        rest = rest.substr(slash + 1);
    } else {
        ssid = number_in(rest.substr(slash + 1));
        rest = rest.substr(0, slash);
    }
    SimStrip* s = strip(ssid);
    if (!s) return;
    if (message.size() <= argument) {
        answer(from, *s, ssid, rest, out);
        return;
    }
    const bool wants_float = rest == "gain" || rest == "trimdB" || rest == "pan_stereo_position";
    const auto value = message.number(argument);
    const bool right_type = !wants_float || message.float32(argument);
    if (!value || !right_type || std::isnan(*value)) {
        // Ardour sends a wrong type back as an error: 0 of that type.
        if (wants_float)
            send(from, strip_path(rest, ssid), {rest == "gain" ? static_cast<float>(silent_fader) : 0.0F},
                 out);
        return;
    }
    set(from, *s, ssid, rest, *value, out);
}

void SimulatedArdour::set(Peer from, SimStrip& s, std::int32_t ssid, std::string_view word, double value,
                          std::vector<Datagram>& out) {
    (void)from;
    if (word == "gain") {
        const Decibels wanted =
            value < -192.0 ? Decibels::silence() : Decibels(std::min(value, top_fader_db));
        if (wanted == s.fader) return;
        s.fader = wanted;
        echo(ssid, word, to_wire(s.fader, silent_fader), out);
    } else if (word == "trimdB") {
        const Decibels wanted(std::clamp(value, -trim_limit_db, trim_limit_db));
        if (wanted == s.trim) return;
        s.trim = wanted;
        echo(ssid, word, to_wire(s.trim, silent_fader), out);
    } else if (word == "pan_stereo_position") {
        const Pan wanted(1.0 - 2.0 * std::clamp(value, 0.0, 1.0));
        if (wanted == s.pan) return;
        s.pan = wanted;
        echo(ssid, word, pan_to_wire(s.pan), out);
    } else if (word == "mute") {
        s.muted = value != 0.0;
        echo(ssid, word, s.muted ? 1.0F : 0.0F, out);
    } else if (word == "solo" && &s != &engine_.master()) {
        s.soloed = value != 0.0;
        echo(ssid, word, s.soloed ? 1.0F : 0.0F, out);
    }
}

void SimulatedArdour::answer(Peer to, const SimStrip& s, std::int32_t ssid, std::string_view word,
                             std::vector<Datagram>& out) const {
    if (word == "gain") send(to, strip_path(word, ssid), {query_answer(s.fader)}, out);
    if (word == "trimdB") send(to, strip_path(word, ssid), {query_answer(s.trim)}, out);
    if (word == "pan_stereo_position") send(to, strip_path(word, ssid), {pan_to_wire(s.pan)}, out);
    if (word == "mute") send(to, strip_path(word, ssid), {std::int32_t{s.muted ? 1 : 0}}, out);
}

}  // namespace kedge::sim
