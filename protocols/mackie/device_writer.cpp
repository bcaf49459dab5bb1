#include "mackie/device_codec.hpp"
#include "mackie/foreign_sysex.hpp"
#include "mackie/sysex_frame.hpp"
#include "mackie/wire_numbers.hpp"

#include <variant>

namespace kedge::mackie {

namespace {

midi::Data7 number_of(Ticks ticks) {
    return midi::Data7(ticks.clockwise() > 0 ? ticks.clockwise() : bit_six - ticks.clockwise());
}

midi::NoteOn note_to_host(int note, bool pressed) {
    return {first_channel, midi::Data7(note), pressed ? velocity::on : velocity::off};
}

midi::ControlChange change_to_host(int controller, midi::Data7 value) {
    return {first_channel, midi::Data7(controller), value};
}

/// Each message of a unit as MIDI of this model.
class DeviceWriter {
  public:
    explicit DeviceWriter(Model from) : from_(from) {}

    midi::Message operator()(const ConnectionQuery& m) const {
        auto sysex = begin_frame(from_, command::connection_query);
        append(sysex, m.serial.numbers);
        append(sysex, m.challenge.numbers);
        return sysex;
    }
    midi::Message operator()(const ConnectionConfirmed& m) const {
        return with(command::connection_confirmed, m.serial.numbers);
    }
    midi::Message operator()(const ConnectionRefused& m) const {
        return with(command::connection_refused, m.serial.numbers);
    }
    midi::Message operator()(const FirmwareVersion& m) const {
        return with(command::version, m.characters());
    }
    midi::Message operator()(const XctlHello& /*m*/) const {
        midi::SysEx sysex;
        append(sysex, foreign::xctl_hello);
        return sysex;
    }
    midi::Message operator()(const FaderMoved& m) const {
        return midi::PitchBend{midi::Channel(m.fader.index()), midi::Data14(m.position.value())};
    }
    midi::Message operator()(const FaderTouched& m) const {
        return note_to_host(note::fader_touch + m.fader.index(), m.touched);
    }
    midi::Message operator()(const VPotTurned& m) const {
        return change_to_host(controller::vpots + m.slot.index(), number_of(m.ticks));
    }
    midi::Message operator()(const JogTurned& m) const {
        return change_to_host(controller::jog, number_of(m.ticks));
    }
    midi::Message operator()(const PedalMoved& m) const {
        return change_to_host(controller::pedal, m.position);
    }
    midi::Message operator()(const ButtonMoved& m) const {
        return note_to_host(m.button.note().value(), m.pressed);
    }

  private:
    [[nodiscard]] midi::SysEx with(int command, Payload payload) const {
        auto sysex = begin_frame(from_, command);
        append(sysex, payload);
        return sysex;
    }

    Model from_;
};

}  // namespace

midi::Message write_to_host(const DeviceMessage& message, Model from) {
    return std::visit(DeviceWriter(from), message);
}

}  // namespace kedge::mackie
