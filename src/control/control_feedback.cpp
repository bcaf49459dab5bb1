#include "control/control_feedback.hpp"

#include "mackie/host_codec.hpp"

#include <cassert>
#include <cmath>
#include <type_traits>

namespace kedge::control {

namespace {

/// 0 to `most`, evenly.
int scaled(FaderPosition at, int most) {
    return static_cast<int>(std::lround(static_cast<double>(at.value()) * most / FaderPosition::top));
}

/// One number in the form that a source has.
std::vector<midi::Message> said_by(const ControlSource& source, int value) {
    const auto high = midi::Data7(value / 128);
    const auto low = midi::Data7(value % 128);
    return std::visit(
        [&](const auto& to) -> std::vector<midi::Message> {
            using To = std::decay_t<decltype(to)>;
            if constexpr (std::is_same_v<To, FromController>) {
                return {midi::ControlChange{to.channel, to.number, low}};
            } else if constexpr (std::is_same_v<To, FromTwoControllers>) {
                return {midi::ControlChange{to.channel, to.coarse, high},
                        midi::ControlChange{to.channel, to.fine, low}};
            } else if constexpr (std::is_same_v<To, FromNrpn>) {
                std::vector<midi::Message> all = {
                    midi::ControlChange{to.channel, midi::Data7(99), to.number.high()},
                    midi::ControlChange{to.channel, midi::Data7(98), to.number.low()},
                    midi::ControlChange{to.channel, midi::Data7(6), to.fine ? high : low}};
                if (to.fine) all.emplace_back(midi::ControlChange{to.channel, midi::Data7(38), low});
                return all;
            } else if constexpr (std::is_same_v<To, FromPitchBend>) {
                return {midi::PitchBend{to.channel, midi::Data14(value)}};
            } else if constexpr (std::is_same_v<To, FromNote>) {
                return {midi::NoteOn{to.channel, to.number, low}};
            } else if constexpr (std::is_same_v<To, FromPolyPressure>) {
                return {midi::PolyPressure{to.channel, to.number, low}};
            } else {
                return {};
            }
        },
        source);
}

int mackie_ring(RingShape shape, std::optional<FaderPosition> at) {
    constexpr int lights = 11;
    constexpr int shape_from_left = 2 << 4;  // "wrap"
    constexpr int shape_from_middle = 1 << 4;
    if (!at) return 0;
    return (shape == RingShape::from_middle ? shape_from_middle : shape_from_left) + 1 +
           scaled(*at, lights - 1);
}

int ring_value(RingForm form, RingShape shape, std::optional<FaderPosition> at) {
    constexpr int behringers_lights = 13;
    constexpr int seven_bits = 127;
    switch (form) {
        case RingForm::mackie:
            return mackie_ring(shape, at);
        case RingForm::thirteen:
            return at ? 1 + scaled(*at, behringers_lights - 1) : 0;
        case RingForm::position:
            return at ? scaled(*at, seven_bits) : 0;
    }
    assert(false);
    return 0;
}

}  // namespace

std::vector<midi::Message> messages_for(const MotorBack& motor, FaderPosition at) {
    return said_by(motor.to, scaled(at, motor.top));
}

std::vector<midi::Message> messages_for(const LightBack& light, Light state) {
    const auto value = state == Light::off ? light.off : state == Light::on ? light.on : light.blinking;
    return said_by(light.to, value.value());
}

std::vector<midi::Message> messages_for(const RingBack& ring, RingShape shape,
                                        std::optional<FaderPosition> at) {
    return {midi::ControlChange{ring.channel, ring.number, midi::Data7(ring_value(ring.form, shape, at))}};
}

midi::Message message_for(const DisplayBack& display, const ShowText& text) {
    const auto model = mackie::model_from(display.model);
    assert(model);
    const auto line = text.line == ScribbleLine::upper ? mackie::LcdLine::upper : mackie::LcdLine::lower;
    return mackie::write_to_device(
        mackie::WriteLcd{mackie::LcdOffset(line, mackie::Slot(static_cast<int>(text.place))),
                         mackie::DisplayText::from_utf8(text.text)},
        *model);
}

}  // namespace kedge::control
