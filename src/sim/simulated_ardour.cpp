#include "sim/simulated_ardour.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace kedge::sim {

namespace {

constexpr Duration tick_length = std::chrono::milliseconds(100);
constexpr int ticks_a_half_beat = 10;
constexpr std::int32_t bit_buttons = 1;
constexpr std::int32_t bit_values = 2;
constexpr std::int32_t bit_heartbeat = 8;
constexpr std::int32_t bit_globals = 16;
constexpr std::int32_t bit_meters = 128;
constexpr std::int32_t bit_samples = 1024;
constexpr std::int32_t bit_reply = 16384;
constexpr double silent_meter = -193.0;
constexpr double silent_fader = -200.0;
constexpr double top_fader_db = 6.0206;
constexpr double trim_limit_db = 20.0;

float to_wire(Decibels level, double silent) {
    return static_cast<float>(level.is_silence() ? silent : level.db());
}

/// Queries are answered by a fast logarithm: a parabola through each octave, and 3.3125 for log2(10).
float query_answer(Decibels level) {
    const double ratio = level.gain().ratio();
    int exponent = 0;
    const double mantissa = std::frexp(ratio, &exponent) * 2.0;
    const double octaves = (-mantissa / 3.0 + 2.0) * mantissa - 2.0 / 3.0 + exponent - 2;
    return static_cast<float>(ratio <= 0.0 ? -766.79 : 20.0 * octaves / 3.3125);
}

float pan_to_wire(Pan pan) {
    return static_cast<float>((1.0 - pan.position()) / 2.0);
}

std::int32_t number_in(std::string_view text) {
    std::int32_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size() ? number : -1;
}

std::string path(std::string_view word, std::int32_t ssid) {
    return "/strip/" + std::string(word) + "/" + std::to_string(ssid);
}

void send(Peer to, std::string_view address, std::initializer_list<osc::Argument> arguments,
          std::vector<Datagram>& out) {
    out.push_back({to, osc::encode(address, arguments)});
}

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

void SimulatedArdour::send_strips(Peer to, const Surface& surface, std::vector<Datagram>& out) const {
    if ((surface.feedback & (bit_buttons | bit_values)) == 0) return;
    for (std::int32_t ssid = 1; ssid <= strip_count(); ++ssid) send_strip(to, ssid, out);
}

/// The burst of one strip, in the order of a real Ardour, which sends some paths twice.
void SimulatedArdour::send_strip(Peer to, std::int32_t ssid, std::vector<Datagram>& out) const {
    const SimStrip& s = *strip(ssid);
    const bool master = ssid == strip_count();
    const auto number = [&](std::string_view word, float value) { send(to, path(word, ssid), {value}, out); };
    const auto text = [&](std::string_view word, std::string_view value) {
        send(to, path(word, ssid), {value}, out);
    };
    number("select", 0.0F);
    text("name", s.name);
    text("group", " ");
    send(to, path("hide", ssid), {std::int32_t{0}}, out);
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
            send(from, path(rest, ssid), {rest == "gain" ? static_cast<float>(silent_fader) : 0.0F}, out);
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
    if (word == "gain") send(to, path(word, ssid), {query_answer(s.fader)}, out);
    if (word == "trimdB") send(to, path(word, ssid), {query_answer(s.trim)}, out);
    if (word == "pan_stereo_position") send(to, path(word, ssid), {pan_to_wire(s.pan)}, out);
    if (word == "mute") send(to, path(word, ssid), {std::int32_t{s.muted ? 1 : 0}}, out);
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
            send(peer, path(word, ssid), {value}, out);
        }
    }
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
            send(peer, path("meter", ssid), {to_wire(level, silent_meter)}, out);
        }
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
