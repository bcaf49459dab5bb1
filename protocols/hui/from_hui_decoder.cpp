#include "hui/from_hui_decoder.hpp"

#include "hui/wire_numbers.hpp"

namespace kedge::hui {

std::optional<FromHui> FromHuiDecoder::receive(const midi::Message& message) {
    if (const auto* change = std::get_if<midi::ControlChange>(&message)) return control(*change);
    if (const auto* real = std::get_if<midi::RealTime>(&message)) return real_time(*real);
    if (const auto note = midi::as_note(message)) return reply(*note);
    return drop(dropped_.unknown);
}

std::optional<FromHui> FromHuiDecoder::control(const midi::ControlChange& change) {
    const int number = change.controller.value();
    if (number == wire::switch_zone) {
        pairs_.select_zone(change.channel, change.value);
        return std::nullopt;
    }
    if (number == wire::switch_port) return switch_moved(change);
    if (number == wire::jog) return jog(change.channel, change.value);
    if (const auto fader = Fader::at(number - wire::fader_high)) {
        pairs_.high(change.channel, *fader, change.value, dropped_);
        return std::nullopt;
    }
    if (const auto fader = Fader::at(number - wire::fader_low)) {
        const auto position = pairs_.low(change.channel, *fader, change.value, dropped_);
        if (!position) return std::nullopt;
        return FaderMoved{change.channel, *fader, *position};
    }
    if (const auto which = VPot::at(number - wire::vpot)) return vpot(change.channel, *which, change.value);
    return drop(dropped_.unknown);
}

std::optional<FromHui> FromHuiDecoder::switch_moved(const midi::ControlChange& change) {
    const auto port = pairs_.port(change.channel, change.value, dropped_);
    if (!port) return std::nullopt;
    if (!port->which.can_be_pressed()) return drop(dropped_.unknown_switch);
    return SwitchMoved{change.channel, port->which, port->on};
}

std::optional<FromHui> FromHuiDecoder::vpot(Unit unit, VPot vpot, midi::Data7 value) {
    const auto turn = Turn::from(value);
    if (!turn) return drop(dropped_.out_of_range);
    return VPotTurned{unit, vpot, *turn};
}

std::optional<FromHui> FromHuiDecoder::jog(Unit unit, midi::Data7 value) {
    const auto turn = JogTurn::from(value);
    if (!turn) return drop(dropped_.out_of_range);
    return JogTurned{unit, *turn};
}

std::optional<FromHui> FromHuiDecoder::reply(const midi::NoteOn& note) {
    const bool is_reply =
        note.channel == Unit() && note.note == midi::Data7() && note.velocity.value() == wire::reply_velocity;
    if (!is_reply) return drop(dropped_.unknown);
    return PingReply{};
}

std::optional<FromHui> FromHuiDecoder::real_time(midi::RealTime message) {
    if (message != midi::RealTime::reset) return drop(dropped_.real_time);
    reset();
    return PowerTurned{};
}

std::optional<FromHui> FromHuiDecoder::drop(std::uint64_t& kind) {
    ++kind;
    return std::nullopt;
}

}  // namespace kedge::hui
