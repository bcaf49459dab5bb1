#include "hui/to_hui_decoder.hpp"

#include "hui/display_sysex.hpp"
#include "hui/wire_numbers.hpp"

namespace kedge::hui {

std::optional<ToHui> ToHuiDecoder::receive(const midi::Message& message) {
    if (const auto* change = std::get_if<midi::ControlChange>(&message)) return control(*change);
    if (const auto* pressure = std::get_if<midi::PolyPressure>(&message)) return meter(*pressure);
    if (const auto* sysex = std::get_if<midi::SysEx>(&message)) return read_display(*sysex, dropped_);
    if (std::holds_alternative<midi::RealTime>(message)) return drop(dropped_.real_time);
    if (const auto note = midi::as_note(message)) return ping(*note);
    return drop(dropped_.unknown);
}

std::optional<ToHui> ToHuiDecoder::control(const midi::ControlChange& change) {
    const int number = change.controller.value();
    if (number == wire::lamp_zone) {
        pairs_.select_zone(change.channel, change.value);
        return std::nullopt;
    }
    if (number == wire::lamp_port) return lamp(change);
    if (const auto fader = Fader::at(number - wire::fader_high)) {
        pairs_.high(change.channel, *fader, change.value, dropped_);
        return std::nullopt;
    }
    if (const auto fader = Fader::at(number - wire::fader_low)) {
        const auto position = pairs_.low(change.channel, *fader, change.value, dropped_);
        if (!position) return std::nullopt;
        return MoveFader{change.channel, *fader, *position};
    }
    if (const auto which = Ring::at(number - wire::ring)) return ring(change.channel, *which, change.value);
    return drop(dropped_.unknown);
}

std::optional<ToHui> ToHuiDecoder::lamp(const midi::ControlChange& change) {
    const auto port = pairs_.port(change.channel, change.value, dropped_);
    if (!port) return std::nullopt;
    return SetLamp{change.channel, port->which, port->on};
}

std::optional<ToHui> ToHuiDecoder::ring(Unit unit, Ring ring, midi::Data7 value) {
    const auto look = RingLook::from(value);
    if (!look) return drop(dropped_.out_of_range);
    return ShowRing{unit, ring, *look};
}

std::optional<ToHui> ToHuiDecoder::meter(const midi::PolyPressure& pressure) {
    if (pressure.channel != Unit()) return drop(dropped_.unknown);
    const auto slot = Slot::at(pressure.note.value());
    const int side = pressure.pressure.value() / 16;
    const auto step = MeterStep::at(pressure.pressure.value() % 16);
    if (!slot || side > 1 || !step) return drop(dropped_.out_of_range);
    return ShowMeter{*slot, static_cast<Side>(side), *step};
}

std::optional<ToHui> ToHuiDecoder::ping(const midi::NoteOn& note) {
    const bool is_ping =
        note.channel == Unit() && note.note == midi::Data7() && note.velocity.value() == wire::ping_velocity;
    if (!is_ping) return drop(dropped_.unknown);
    return Ping{};
}

std::optional<ToHui> ToHuiDecoder::drop(std::uint64_t& kind) {
    ++kind;
    return std::nullopt;
}

}  // namespace kedge::hui
