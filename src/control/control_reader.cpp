#include "control/control_reader.hpp"

#include "control/parameter_numbers.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <type_traits>

namespace kedge::control {

namespace {

constexpr int rpn_low = 100;
constexpr int rpn_high = 101;
constexpr int seven_bits = 7;
constexpr int fourteen_bits = 14;

FaderPosition position_of(int value, int top) {
    const double share = static_cast<double>(std::clamp(value, 0, top)) / top;
    return FaderPosition(static_cast<int>(std::lround(share * FaderPosition::top)));
}

}  // namespace

ControlReader::ControlReader(std::span<const ControlSpec> controls) {
    const auto place_of = [&](const std::string& name) {
        const auto found = std::find_if(controls.begin(), controls.end(),
                                        [&](const ControlSpec& each) { return each.name == name; });
        assert(found != controls.end());
        return static_cast<ControlIndex>(found - controls.begin());
    };
    for (const ControlSpec& spec : controls) {
        assert(place_of(spec.name) == makes_.size());
        const auto* touch = std::get_if<TouchOf>(&spec.make);
        add(makes_.size(), spec.source);
        makes_.push_back({spec.make, touch ? place_of(touch->control) : 0});
    }
}

void ControlReader::add(ControlIndex control, const ControlSource& source) {
    const auto hear = [&](Kind kind, midi::Channel channel, int number, Heard heard) {
        heard.control = control;
        heard_.emplace(Key{kind, channel, number}, heard);
    };
    std::visit(
        [&](const auto& from) {
            using From = std::decay_t<decltype(from)>;
            if constexpr (std::is_same_v<From, FromController>) {
                hear(Kind::controller, from.channel, from.number.value(), {});
            } else if constexpr (std::is_same_v<From, FromTwoControllers>) {
                hear(Kind::controller, from.channel, from.coarse.value(), {0, true, fourteen_bits});
                hear(Kind::controller, from.channel, from.fine.value(), {0, false, fourteen_bits});
            } else if constexpr (std::is_same_v<From, FromNrpn>) {
                hear(Kind::nrpn, from.channel, from.number.value(),
                     {0, false, from.fine ? fourteen_bits : seven_bits});
            } else if constexpr (std::is_same_v<From, FromPitchBend>) {
                hear(Kind::pitch_bend, from.channel, 0, {0, false, fourteen_bits});
            } else if constexpr (std::is_same_v<From, FromNote>) {
                hear(Kind::note, from.channel, from.number.value(), {});
            } else if constexpr (std::is_same_v<From, FromPolyPressure>) {
                hear(Kind::poly_pressure, from.channel, from.number.value(), {});
            }
        },
        source);
}

void ControlReader::reset() {
    coarse_.clear();
    parameters_ = {};
}

std::vector<ControlNews> ControlReader::read(const midi::Message& message) {
    std::vector<ControlNews> out;
    bool known = true;
    if (const auto note = midi::as_note(message)) {
        known = tell({Kind::note, note->channel, note->note.value()}, note->velocity.value(), out);
    } else if (const auto* change = std::get_if<midi::ControlChange>(&message)) {
        read_controller(*change, out);
    } else if (const auto* bend = std::get_if<midi::PitchBend>(&message)) {
        known = tell({Kind::pitch_bend, bend->channel, 0}, bend->value.value(), out);
    } else if (const auto* pressed = std::get_if<midi::PolyPressure>(&message)) {
        known = tell({Kind::poly_pressure, pressed->channel, pressed->note.value()},
                     pressed->pressure.value(), out);
    } else {
        known = std::holds_alternative<midi::RealTime>(message);
    }
    if (!known) ++unknown_;
    return out;
}

/// A number that selects a parameter may be a control of its own where the device has no parameters.
void ControlReader::read_controller(const midi::ControlChange& change, std::vector<ControlNews>& out) {
    const int number = change.controller.value();
    const auto [first, last] = heard_.equal_range({Kind::controller, change.channel, number});
    for (auto each = first; each != last; ++each) {
        const Heard& heard = each->second;
        if (heard.bits == seven_bits) {
            tell(heard, change.value.value(), out);
        } else if (heard.coarse) {
            coarse_[heard.control] = change.value;
        } else if (const auto coarse = coarse_.find(heard.control); coarse != coarse_.end()) {
            tell(heard, midi::Data14(change.value, coarse->second).value(), out);
        }
    }
    if (first != last) return;
    Parameter& parameter = parameters_.at(static_cast<std::size_t>(change.channel.number()));
    if (number == nrpn_high) {
        parameter.high = change.value;
    } else if (number == nrpn_low) {
        parameter.low = change.value;
    } else if (number == rpn_high || number == rpn_low) {
        parameter = {};
    } else if (number == data_entry || number == data_entry_fine) {
        return read_entry(change, out);
    } else {
        ++unknown_;
    }
}

void ControlReader::read_entry(const midi::ControlChange& change, std::vector<ControlNews>& out) {
    const Parameter& parameter = parameters_.at(static_cast<std::size_t>(change.channel.number()));
    if (!parameter.high || !parameter.low) {
        ++unknown_;
        return;
    }
    const bool is_fine = change.controller.value() == data_entry_fine;
    const auto [first, last] = heard_.equal_range(
        {Kind::nrpn, change.channel, midi::Data14(*parameter.low, *parameter.high).value()});
    if (first == last) ++unknown_;
    for (auto each = first; each != last; ++each) {
        const Heard& heard = each->second;
        if (heard.bits == seven_bits) {
            if (!is_fine) tell(heard, change.value.value(), out);
        } else if (!is_fine) {
            coarse_[heard.control] = change.value;
        } else if (const auto coarse = coarse_.find(heard.control); coarse != coarse_.end()) {
            tell(heard, midi::Data14(change.value, coarse->second).value(), out);
        }
    }
}

bool ControlReader::tell(const Key& key, int value, std::vector<ControlNews>& out) {
    const auto [first, last] = heard_.equal_range(key);
    for (auto each = first; each != last; ++each) tell(each->second, value, out);
    return first != last;
}

void ControlReader::tell(const Heard& heard, int value, std::vector<ControlNews>& out) const {
    const Make& control = makes_.at(heard.control);
    if (const auto* absolute = std::get_if<Absolute>(&control.make)) {
        out.emplace_back(ControlMoved{heard.control, position_of(value, absolute->top)});
    } else if (const auto* encoder = std::get_if<Encoder>(&control.make)) {
        // Of a pitch bend it is the second byte (the first FaderPort's).
        const auto seven = heard.bits > seven_bits ? midi::Data14(value).high() : midi::Data7(value);
        if (const int ticks = ticks_in(seven, encoder->encoding); ticks != 0)
            out.emplace_back(ControlTurned{heard.control, ticks});
    } else if (std::holds_alternative<Button>(control.make)) {
        out.emplace_back(ControlPressed{heard.control, value > 0});
    } else {
        out.emplace_back(ControlTouched{control.touched, value > 0});
    }
}

}  // namespace kedge::control
