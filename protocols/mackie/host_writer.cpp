#include "mackie/foreign_sysex.hpp"
#include "mackie/host_codec.hpp"
#include "mackie/sysex_frame.hpp"
#include "mackie/wire_numbers.hpp"

#include <variant>

namespace kedge::mackie {

namespace {

midi::Data7 velocity_of(Led led) {
    switch (led) {
        case Led::off:
            return velocity::off;
        case Led::blink:
            return velocity::blink;
        case Led::on:
            break;
    }
    return velocity::on;
}

midi::Data7 number_of(const Ring& ring) {
    return midi::Data7((ring.centre_led() ? bit_six : 0) + static_cast<int>(ring.mode()) * 16 +
                       ring.position());
}

midi::Data7 number_of(const SegmentDigit& digit) {
    return midi::Data7(digit.character() % bit_six + (digit.dot() ? bit_six : 0));
}

int number_of(DigitPlace place) {
    return place.is_timecode() ? place.from_right() : DigitPlace::timecode_digits + place.from_right();
}

int number_of(MeterMode mode) {
    return (mode.signal_led ? 1 : 0) + (mode.peak_hold ? 2 : 0) + (mode.on_lcd ? 4 : 0);
}

midi::NoteOn note_to_device(int note, midi::Data7 value) {
    return {first_channel, midi::Data7(note), value};
}

midi::ChannelPressure meter_to_device(midi::Channel channel, Slot slot, int what) {
    return {channel, midi::Data7(slot.index() * 16 + what)};
}

/// Each message of a host as MIDI for this model.
class HostWriter {
  public:
    explicit HostWriter(Model to) : to_(to) {}

    midi::Message operator()(const DeviceQuery& /*m*/) const { return frame(command::device_query); }
    midi::Message operator()(const ConnectionReply& m) const {
        auto sysex = frame(command::connection_reply);
        append(sysex, m.serial.numbers);
        append(sysex, m.response.numbers);
        return sysex;
    }
    midi::Message operator()(const VersionRequest& /*m*/) const { return frame(command::version_request, 0); }
    midi::Message operator()(const Reset& m) const {
        if (m.command == Reset::Command::plain) return frame(command::reset);
        return frame(command::reset_with_argument, 0);
    }
    midi::Message operator()(const RecalibrateFaders& /*m*/) const {
        return frame(command::recalibrate_faders, 0);
    }
    midi::Message operator()(const FadersToMinimum& /*m*/) const { return frame(command::faders_to_minimum); }
    midi::Message operator()(const LedsOff& /*m*/) const { return frame(command::leds_off); }
    midi::Message operator()(const GoOffline& /*m*/) const { return frame(command::go_offline, 0x7F); }
    midi::Message operator()(const SetTransportClick& m) const {
        return frame(command::transport_click, m.on ? 1 : 0);
    }
    midi::Message operator()(const SetBacklightSaver& m) const {
        return frame(command::backlight_saver, m.minutes.value());
    }
    midi::Message operator()(const MoveFader& m) const {
        return midi::PitchBend{midi::Channel(m.fader.index()), midi::Data14(m.position.value())};
    }
    midi::Message operator()(const SetTouchlessFaders& m) const {
        return frame(command::touchless_faders, m.on ? 1 : 0);
    }
    midi::Message operator()(const SetTouchSensitivity& m) const {
        return frame(command::touch_sensitivity, m.fader.index(), m.sensitivity.level());
    }
    midi::Message operator()(const SetRing& m) const {
        return midi::ControlChange{first_channel, midi::Data7(controller::rings + m.slot.index()),
                                   number_of(m.ring)};
    }
    midi::Message operator()(const SetLed& m) const {
        return note_to_device(m.button.note().value(), velocity_of(m.led));
    }
    midi::Message operator()(const SetIndicator& m) const {
        return note_to_device(static_cast<int>(m.indicator), velocity_of(m.led));
    }
    midi::Message operator()(const RelayClick& m) const {
        return note_to_device(note::relay_click, m.on ? velocity::on : velocity::off);
    }
    midi::Message operator()(const ShowLevel& m) const {
        return meter_to_device(first_channel, m.slot, m.level.segments());
    }
    midi::Message operator()(const SetOverload& m) const {
        return meter_to_device(first_channel, m.slot, m.on ? meter::set_overload : meter::clear_overload);
    }
    midi::Message operator()(const ShowMasterLevel& m) const {
        return meter_to_device(master_meter_channel, m.meter, m.level.segments());
    }
    midi::Message operator()(const SetMeterMode& m) const {
        return frame(command::meter_mode, m.slot.index(), number_of(m.mode));
    }
    midi::Message operator()(const SetMeterDirection& m) const {
        return frame(command::meter_direction, static_cast<int>(m.direction));
    }
    midi::Message operator()(const WriteLcd& m) const {
        auto sysex = frame(command::lcd, m.offset.index());
        append(sysex, m.text.characters());
        return sysex;
    }
    midi::Message operator()(const WriteSecondLcd& m) const {
        auto sysex = foreign_frame(foreign::second_lcd);
        sysex.data.emplace_back(m.offset.index());
        append(sysex, m.text.characters());
        return sysex;
    }
    midi::Message operator()(const SetDigit& m) const {
        return midi::ControlChange{midi::Channel(static_cast<int>(m.channel)),
                                   midi::Data7(controller::digits + number_of(m.place)), number_of(m.digit)};
    }
    midi::Message operator()(const WriteTimecode& m) const {
        auto sysex = frame(command::timecode);
        append(sysex, m.text.characters());
        return sysex;
    }
    midi::Message operator()(const WriteAssignment& m) const {
        auto sysex = frame(command::assignment);
        append(sysex, m.text.characters());
        return sysex;
    }
    midi::Message operator()(const SetStripColours& m) const {
        auto sysex = frame(command::strip_colours);
        for (const StripColour colour : m.colours) sysex.data.emplace_back(static_cast<int>(colour));
        return sysex;
    }
    midi::Message operator()(const SetIconColours& m) const {
        auto sysex = foreign_frame(foreign::icon_colours);
        for (const Rgb& colour : m.colours)
            sysex.data.insert(sysex.data.end(), {colour.red, colour.green, colour.blue});
        return sysex;
    }

  private:
    template <typename... Numbers>
    [[nodiscard]] midi::SysEx frame(int command, Numbers... numbers) const {
        auto sysex = begin_frame(to_, command);
        (sysex.data.emplace_back(numbers), ...);
        return sysex;
    }
    [[nodiscard]] static midi::SysEx foreign_frame(Payload start) {
        midi::SysEx sysex;
        append(sysex, start);
        return sysex;
    }

    Model to_;
};

}  // namespace

midi::Message write_to_device(const HostMessage& message, Model to) {
    return std::visit(HostWriter(to), message);
}

}  // namespace kedge::mackie
