#include "sim/ardour_words.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

namespace kedge::sim {

float to_wire(Decibels level, double silent) {
    return static_cast<float>(level.is_silence() ? silent : level.db());
}

float query_answer(Decibels level) {
    const double ratio = level.gain().ratio();
    int exponent = 0;
    const double mantissa = std::frexp(ratio, &exponent) * 2.0;
    const double octaves = (-mantissa / 3.0 + 2.0) * mantissa - 2.0 / 3.0 + exponent - 2;
    return static_cast<float>(ratio <= 0.0 ? -766.79248 : 20.0 * octaves / 3.3125);
}

float pan_to_wire(Pan pan) {
    return static_cast<float>((1.0 - pan.position()) / 2.0);
}

Pan pan_from_wire(double position) {
    return Pan(1.0 - 2.0 * std::clamp(position, 0.0, 1.0));
}

std::string_view type_word(StripKind kind) {
    switch (kind) {
        case StripKind::audio_track:
            return "AT";
        case StripKind::midi_track:
            return "MT";
        case StripKind::audio_bus:
            return "B";
        case StripKind::midi_bus:
            return "MB";
        case StripKind::vca:
            return "V";
        case StripKind::master:
            return "MA";
        case StripKind::monitor:
            return "MO";
        case StripKind::foldback:
            break;
    }
    return "FB";
}

std::int32_t type_bit(StripKind kind) {
    switch (kind) {
        case StripKind::audio_track:
            return 1;
        case StripKind::midi_track:
            return 2;
        case StripKind::audio_bus:
            return 4;
        case StripKind::midi_bus:
            return 8;
        case StripKind::vca:
            return 16;
        case StripKind::master:
            return 32;
        case StripKind::monitor:
            return 64;
        case StripKind::foldback:
            break;
    }
    return 128;
}

std::string_view control_word(Control control) {
    switch (control) {
        case Control::trim:
            return "trimdB";
        case Control::fader:
            return "gain";
        case Control::pan:
            return "pan_stereo_position";
        case Control::mute:
            break;
    }
    return "mute";
}

std::optional<Control> control_of(std::string_view word) {
    if (word == "fader") return Control::fader;
    for (const Control control : {Control::trim, Control::fader, Control::pan, Control::mute})
        if (word == control_word(control)) return control;
    return std::nullopt;
}

std::optional<std::int32_t> number_in(std::string_view text) {
    std::int32_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

void send(Peer to, std::string_view address, std::initializer_list<osc::Argument> arguments,
          std::vector<Datagram>& out) {
    out.push_back({to, osc::encode(address, arguments)});
}

}  // namespace kedge::sim
