#include "unit/ardour/scripted_ardour.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace kedge::test {

namespace {

constexpr std::int32_t values_bit = 2;
constexpr std::int32_t heartbeat_bit = 8;
constexpr std::int32_t globals_bit = 16;
constexpr std::int32_t reply_bit = 16384;
constexpr double silent = -200.0;

std::string numbered(std::string_view word, std::int32_t ssid) {
    return "/strip/" + std::string(word) + "/" + std::to_string(ssid);
}

float wire(double value) {
    return static_cast<float>(value);
}

}  // namespace

ScriptedStrip track(std::string name) {
    return strip_of_type("AT", std::move(name), 1, 2);
}

ScriptedStrip strip_of_type(std::string type, std::string name, int inputs, int outputs) {
    ScriptedStrip strip;
    strip.type = std::move(type);
    strip.name = std::move(name);
    strip.inputs = inputs;
    strip.outputs = outputs;
    return strip;
}

float fast_logarithm(double db) {
    if (db <= silent) return wire(silent);
    int exponent = 0;
    const double mantissa = 2.0 * std::frexp(std::pow(10.0, db / 20.0), &exponent);
    const double octaves = (-mantissa / 3.0 + 2.0) * mantissa - 2.0 / 3.0 + exponent - 2;
    return wire(20.0 * octaves / 3.3125);
}

std::vector<Bytes> ScriptedArdour::answer(const Bytes& datagram) {
    std::vector<Bytes> out;
    const auto message = osc::decode_message(datagram);
    if (dead || !message || never_hears(*message)) return out;
    const auto address = message->address();
    if (address == "/set_surface" && message->size() == 0) {
        out.push_back(osc::encode("/set_surface", {0, types_, feedback_, 0, 0, 0, 0, 1, 0}));
    } else if (address == "/set_surface/feedback") {
        feedback_ = message->int32(0).value_or(0);
        burst(out);
        globals(out);
    } else if (address == "/set_surface") {
        types_ = message->int32(1).value_or(0);
        feedback_ = message->int32(2).value_or(0);
        burst(out);
        globals(out);
    } else if (address == "/strip/list") {
        list(out);
        burst(out);
        globals(out);
    } else if (address.starts_with("/strip/")) {
        strip_message(*message, out);
    } else if (address == "/transport_play" || address == "/transport_stop") {
        rolling = address == "/transport_play";
        globals(out);
    } else if (address == "/save_state") {
        out.push_back(osc::encode("/session_name", {std::string_view(session_name)}));
    }
    return without_the_lost(std::move(out));
}

std::vector<Bytes> ScriptedArdour::without_the_lost(std::vector<Bytes> datagrams) const {
    if (dead) return {};
    std::erase_if(datagrams, [&](const Bytes& bytes) { return loses(*osc::decode_message(bytes)); });
    return datagrams;
}

std::vector<Bytes> ScriptedArdour::heartbeat() {
    if ((feedback_ & heartbeat_bit) == 0) return {};
    beat_ = !beat_;
    return without_the_lost({osc::encode("/heartbeat", {beat_ ? 1.0F : 0.0F})});
}

std::vector<Bytes> ScriptedArdour::strips_changed() const {
    if (feedback_ == 0) return {};
    std::vector<Bytes> out;
    burst(out);
    out.push_back(osc::encode("/strip/list"));
    return without_the_lost(std::move(out));
}

std::vector<Bytes> ScriptedArdour::rename(std::size_t index, const std::string& name) {
    strips[index].name = name;
    return without_the_lost(
        {osc::encode(numbered("name", static_cast<std::int32_t>(index) + 1), {std::string_view(name)})});
}

void ScriptedArdour::list(std::vector<Bytes>& out) const {
    const std::string_view word = (feedback_ & reply_bit) != 0 ? "/reply" : "#reply";
    std::int32_t ssid = 0;
    for (const auto& strip : strips) {
        ++ssid;
        std::vector<osc::Argument> line = {std::string_view(strip.type),
                                           std::string_view(strip.name),
                                           std::int32_t{strip.inputs},
                                           std::int32_t{strip.outputs},
                                           std::int32_t{strip.muted ? 1 : 0},
                                           std::int32_t{strip.soloed ? 1 : 0},
                                           ssid};
        if (strip.type == "AT" || strip.type == "MT") line.emplace_back(std::int32_t{0});
        out.push_back(osc::encode(word, line));
    }
    out.push_back(
        osc::encode(word, {std::string_view("end_route_list"), rate, end_samples, std::int32_t{0}}));
}

void ScriptedArdour::burst(std::vector<Bytes>& out) const {
    if ((feedback_ & values_bit) == 0) return;
    for (std::size_t i = 0; i < strips.size(); ++i) burst_of(static_cast<std::int32_t>(i) + 1, out);
}

/// In the order of a real one, which sends some paths twice.
void ScriptedArdour::burst_of(std::int32_t ssid, std::vector<Bytes>& out) const {
    const ScriptedStrip& strip = strips[static_cast<std::size_t>(ssid) - 1];
    const auto number = [&](std::string_view word, double value) {
        out.push_back(osc::encode(numbered(word, ssid), {wire(value)}));
    };
    const auto text = [&](std::string_view word, std::string_view value) {
        out.push_back(osc::encode(numbered(word, ssid), {value}));
    };
    number("select", 0);
    text("name", strip.name);
    text("group", strip.group);
    number("hide", strip.hidden ? 1 : 0);
    number("mute/automation", 0);
    text("mute/automation_name", "Manual");
    number("mute", strip.muted ? 1 : 0);
    if (strip.type != "MA") number("solo", strip.soloed ? 1 : 0);
    number("select", 0);
    number("gain", strip.gain_db);
    number("gain/automation", strip.gain_automation);
    text("gain/automation_name", "Manual");
    if (strip.has_trim()) {
        number("trimdB/automation", 0);
        number("trimdB", strip.trim_db);
    }
    if (strip.has_pan()) {
        text("pan_type", "panner_1in2out");
        number("pan_stereo_position", strip.pan);
        number("pan_stereo_position/automation", 0);
    }
    number("expand", 0);
    if (strip.is_vca()) number("meter", -193);
}

void ScriptedArdour::globals(std::vector<Bytes>& out) const {
    if ((feedback_ & globals_bit) == 0) return;
    const float rolls = rolling ? 1.0F : 0.0F;
    out.push_back(osc::encode("/master/gain", {-1.0F}));
    out.push_back(osc::encode("/transport_play", {rolls}));
    out.push_back(osc::encode("/toggle_roll", {rolls}));
    out.push_back(osc::encode("/transport_stop", {1.0F - rolls}));
    out.push_back(osc::encode("/session_name", {std::string_view(session_name)}));
    out.push_back(osc::encode("/cancel_all_solos", {0.0F}));
}

/// Only the in-line spelling, "/strip/gain/3", which is all that a session sends.
void ScriptedArdour::strip_message(const osc::Message& message, std::vector<Bytes>& out) {
    const auto path = message.address().substr(std::string_view("/strip/").size());
    const auto slash = path.find('/');
    if (slash == std::string_view::npos) return;
    const auto word = path.substr(0, slash);
    if (word == "fader") {
        fader_deed(path.substr(slash + 1), message, out);
        return;
    }
    const auto digits = path.substr(slash + 1);
    std::int32_t ssid = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), ssid);
    if (ssid < 1 || ssid > static_cast<std::int32_t>(strips.size())) return;
    if (message.size() > 0) {
        set(ssid, word, message, out);
        return;
    }
    const ScriptedStrip& strip = strips[static_cast<std::size_t>(ssid) - 1];
    const auto reply = [&](osc::Argument value) { out.push_back(osc::encode(message.address(), {value})); };
    if (word == "gain") reply(fast_logarithm(strip.gain_db));
    if (word == "trimdB" && strip.has_trim()) reply(fast_logarithm(strip.trim_db));
    if (word == "pan_stereo_position" && strip.has_pan()) reply(wire(strip.pan));
    if (word == "mute") reply(std::int32_t{strip.muted ? 1 : 0});
}

/// "automation/3 mode", "touch/3 1". A mode that it has already is not told again.
void ScriptedArdour::fader_deed(std::string_view deed, const osc::Message& message, std::vector<Bytes>& out) {
    const auto slash = deed.find('/');
    const auto digits = deed.substr(slash + 1);
    std::size_t ssid = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), ssid);
    const auto value = message.int32(0);
    if (ssid < 1 || ssid > strips.size() || !value) return;
    ScriptedStrip& strip = strips[ssid - 1];
    deed = deed.substr(0, slash);
    if (deed == "touch") strip.touched = *value != 0;
    if (deed != "automation" || strip.gain_automation == *value) return;
    strip.gain_automation = *value;
    const auto number = static_cast<std::int32_t>(ssid);
    out.push_back(osc::encode(numbered("gain/automation", number), {wire(*value)}));
    out.push_back(osc::encode(numbered("gain/automation_name", number), {std::string_view("?")}));
}

void ScriptedArdour::set(std::int32_t ssid, std::string_view word, const osc::Message& message,
                         std::vector<Bytes>& out) {
    ScriptedStrip& strip = strips[static_cast<std::size_t>(ssid) - 1];
    const auto echo = [&](double value) { out.push_back(osc::encode(numbered(word, ssid), {wire(value)})); };
    const auto take = [&](double& held, double wanted) {
        if (held == wanted) return false;
        held = wanted;
        return true;
    };
    const auto value = message.number(0);
    const bool is_level = word == "gain" || word == "trimdB" || word == "pan_stereo_position";
    if (!value || (is_level && !message.float32(0))) {
        out.push_back(osc::encode(message.address(), {wire(word == "gain" ? silent : 0.0)}));
    } else if (word == "gain") {
        const double wanted = *value < -192.0 ? silent : std::min(*value, 6.0206);
        if (take(strip.gain_db, wanted)) echo(wanted);
    } else if (word == "trimdB") {
        if (take(strip.trim_db, std::clamp(*value, -20.0, 20.0))) echo(strip.trim_db);
    } else if (word == "pan_stereo_position") {
        // Pans come back with the number as an argument.
        if (take(strip.pan, *value))
            out.push_back(osc::encode("/strip/pan_stereo_position", {ssid, wire(strip.pan)}));
    } else if (word == "mute" && strip.muted != (*value != 0.0)) {
        strip.muted = *value != 0.0;
        echo(strip.muted ? 1 : 0);
    }
}

}  // namespace kedge::test
