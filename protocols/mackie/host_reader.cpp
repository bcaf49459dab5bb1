#include "mackie/host_codec.hpp"
#include "mackie/host_sysex_reader.hpp"
#include "mackie/read_values.hpp"
#include "mackie/wire_numbers.hpp"

#include <algorithm>
#include <variant>

namespace kedge::mackie {

namespace {

using HostRead = tl::expected<FromHost, Unusable>;

HostRead from_host(const HostMessage& message) {
    return FromHost{message, std::nullopt};
}

HostRead no_host_message(Unusable why) {
    return tl::unexpected(why);
}

/// Odd velocities besides 7F are said to blink too; of even ones nothing is known.
std::optional<Led> led_from(midi::Data7 value) {
    if (value == velocity::off) return Led::off;
    if (value == velocity::on) return Led::on;
    if (value.value() % 2 == 1) return Led::blink;
    return std::nullopt;
}

HostRead read_led(midi::Data7 note, midi::Data7 value) {
    if (note.value() == note::relay_click) return from_host(RelayClick{value != velocity::off});
    const auto button = Button::at(note);
    const auto indicator = indicator_at(note);
    if (!button && !indicator) return no_host_message(Unusable::unknown_message);
    const auto led = led_from(value);
    if (!led) return no_host_message(Unusable::out_of_range);
    if (button) return from_host(SetLed{*button, *led});
    return from_host(SetIndicator{*indicator, *led});
}

HostRead read_ring(Slot slot, midi::Data7 value) {
    const auto mode = static_cast<RingMode>(value.value() / 16 % 4);
    int position = value.value() % 16;
    // More than all around is all around in this mode; in the others it is not known to mean anything.
    if (mode == RingMode::spread) position = std::min(position, Ring::top(mode));
    if (position > Ring::top(mode)) return no_host_message(Unusable::out_of_range);
    return from_host(SetRing{slot, Ring(mode, position, value.value() >= bit_six)});
}

std::optional<DigitPlace> digit_place_from(midi::Data7 controller) {
    const int index = controller.value() - controller::digits;
    if (index < 0 || index >= DigitPlace::count) return std::nullopt;
    if (index < DigitPlace::timecode_digits) return DigitPlace::timecode(index);
    return DigitPlace::assignment(index - DigitPlace::timecode_digits);
}

std::optional<DigitChannel> digit_channel_from(midi::Channel channel) {
    switch (const auto digits = static_cast<DigitChannel>(channel.number())) {
        case DigitChannel::first:
        case DigitChannel::last:
            return digits;
    }
    return std::nullopt;
}

SegmentDigit digit_from(midi::Data7 value) {
    constexpr int letters_below = 0x20;
    const int character = value.value() % bit_six;
    return SegmentDigit(static_cast<char>(character < letters_below ? character + bit_six : character),
                        value.value() >= bit_six);
}

HostRead read_meter(midi::Data7 pressure, bool of_master) {
    const int slot = pressure.value() / 16;
    const int what = pressure.value() % 16;
    const bool is_level = what <= MeterLevel::top;
    if (of_master) {
        if (!is_level) return no_host_message(Unusable::out_of_range);
        return from_host(ShowMasterLevel{Slot(slot), MeterLevel(what)});
    }
    if (is_level) return from_host(ShowLevel{Slot(slot), MeterLevel(what)});
    return from_host(SetOverload{Slot(slot), what == meter::set_overload});
}

/// Each kind of MIDI message as a host means it.
struct HostReader {
    HostRead operator()(const midi::NoteOn& note) const {
        if (note.channel != first_channel) return no_host_message(Unusable::unknown_message);
        return read_led(note.note, note.velocity);
    }
    HostRead operator()(const midi::NoteOff& note) const {
        return (*this)(midi::NoteOn{note.channel, note.note, velocity::off});
    }
    HostRead operator()(const midi::ControlChange& change) const {
        const auto digits = digit_channel_from(change.channel);
        const auto place = digit_place_from(change.controller);
        if (place && digits) return from_host(SetDigit{*place, digit_from(change.value), *digits});
        const auto slot = slot_from(change.controller, controller::rings);
        if (slot && change.channel == first_channel) return read_ring(*slot, change.value);
        return no_host_message(Unusable::unknown_message);
    }
    HostRead operator()(const midi::ChannelPressure& pressure) const {
        const bool of_master = pressure.channel == master_meter_channel;
        if (!of_master && pressure.channel != first_channel)
            return no_host_message(Unusable::unknown_message);
        return read_meter(pressure.pressure, of_master);
    }
    HostRead operator()(const midi::PitchBend& bend) const {
        const auto fader = Fader::at(bend.channel.number());
        if (!fader) return no_host_message(Unusable::unknown_message);
        return from_host(MoveFader{*fader, FaderPosition(bend.value.value())});
    }
    HostRead operator()(const midi::SysEx& sysex) const { return read_host_sysex(sysex); }
    HostRead operator()(midi::RealTime /*message*/) const { return no_host_message(Unusable::real_time); }
    template <typename Other>
    HostRead operator()(const Other& /*message*/) const {
        return no_host_message(Unusable::unknown_message);
    }
};

}  // namespace

tl::expected<FromHost, Unusable> read_from_host(const midi::Message& message) {
    return std::visit(HostReader{}, message);
}

}  // namespace kedge::mackie
