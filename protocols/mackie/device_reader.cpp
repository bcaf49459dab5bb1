#include "mackie/device_codec.hpp"
#include "mackie/foreign_sysex.hpp"
#include "mackie/read_values.hpp"
#include "mackie/sysex_frame.hpp"
#include "mackie/wire_numbers.hpp"

#include <variant>

namespace kedge::mackie {

namespace {

using DeviceRead = tl::expected<FromDevice, Unusable>;

DeviceRead from_device(const DeviceMessage& message, std::optional<Model> model = std::nullopt) {
    return FromDevice{message, model};
}

DeviceRead no_device_message(Unusable why) {
    return tl::unexpected(why);
}

constexpr std::size_t serial_numbers = std::tuple_size_v<decltype(Serial::numbers)>;
constexpr std::size_t challenge_numbers = std::tuple_size_v<decltype(Challenge::numbers)>;

/// How many bytes follow a unit's command; nullopt for one that no unit sends.
std::optional<std::size_t> device_payload_length(int command) {
    switch (command) {
        case command::connection_query:
            return serial_numbers + challenge_numbers;
        case command::connection_confirmed:
        case command::connection_refused:
            return serial_numbers;
        case command::version:
            return FirmwareVersion::length;
        default:
            return std::nullopt;
    }
}

/// The payload is as long as it has to be.
DeviceMessage device_message_of(int command, Payload payload) {
    if (command == command::version)
        return FirmwareVersion(first_of<std::size_t{FirmwareVersion::length}>(payload));
    const Serial serial{first_of<serial_numbers>(payload)};
    if (command == command::connection_confirmed) return ConnectionConfirmed{serial};
    if (command == command::connection_refused) return ConnectionRefused{serial};
    return ConnectionQuery{serial, {first_of<challenge_numbers>(payload.subspan(serial_numbers))}};
}

DeviceRead read_device_sysex(const midi::SysEx& sysex) {
    if (begins_with(sysex, foreign::xctl_hello)) {
        if (sysex.data.size() > foreign::xctl_hello.size()) return no_device_message(Unusable::wrong_length);
        return from_device(XctlHello{});
    }
    const auto frame = open_frame(sysex);
    if (!frame) return no_device_message(frame.error());
    const auto length = device_payload_length(frame->command);
    if (!length) return no_device_message(Unusable::unknown_command);
    if (frame->payload.size() != *length) return no_device_message(Unusable::wrong_length);
    return from_device(device_message_of(frame->command, frame->payload), frame->model);
}

/// nullopt for no ticks, which no turn is.
std::optional<Ticks> ticks_from(midi::Data7 value) {
    const int count = value.value() % bit_six;
    if (count == 0) return std::nullopt;
    return Ticks(value.value() < bit_six ? count : -count);
}

DeviceRead read_turn(const midi::ControlChange& change) {
    const auto slot = slot_from(change.controller, controller::vpots);
    if (!slot && change.controller.value() != controller::jog)
        return no_device_message(Unusable::unknown_message);
    const auto ticks = ticks_from(change.value);
    if (!ticks) return no_device_message(Unusable::out_of_range);
    if (slot) return from_device(VPotTurned{*slot, *ticks});
    return from_device(JogTurned{*ticks});
}

/// Each kind of MIDI message as a unit means it.
struct DeviceReader {
    DeviceRead operator()(const midi::NoteOn& note) const {
        if (note.channel != first_channel) return no_device_message(Unusable::unknown_message);
        const bool pressed = note.velocity > velocity::half;
        if (const auto fader = Fader::at(note.note.value() - note::fader_touch))
            return from_device(FaderTouched{*fader, pressed});
        if (const auto button = Button::at(note.note)) return from_device(ButtonMoved{*button, pressed});
        return no_device_message(Unusable::unknown_message);
    }
    DeviceRead operator()(const midi::NoteOff& note) const {
        return (*this)(midi::NoteOn{note.channel, note.note, velocity::off});
    }
    DeviceRead operator()(const midi::ControlChange& change) const {
        if (change.channel != first_channel) return no_device_message(Unusable::unknown_message);
        if (change.controller.value() == controller::pedal) return from_device(PedalMoved{change.value});
        return read_turn(change);
    }
    DeviceRead operator()(const midi::PitchBend& bend) const {
        const auto fader = Fader::at(bend.channel.number());
        if (!fader) return no_device_message(Unusable::unknown_message);
        return from_device(FaderMoved{*fader, FaderPosition(bend.value.value())});
    }
    DeviceRead operator()(const midi::SysEx& sysex) const { return read_device_sysex(sysex); }
    DeviceRead operator()(midi::RealTime /*message*/) const { return no_device_message(Unusable::real_time); }
    template <typename Other>
    DeviceRead operator()(const Other& /*message*/) const {
        return no_device_message(Unusable::unknown_message);
    }
};

}  // namespace

tl::expected<FromDevice, Unusable> read_from_device(const midi::Message& message) {
    return std::visit(DeviceReader{}, message);
}

}  // namespace kedge::mackie
