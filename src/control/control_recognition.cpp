#include "control/control_recognition.hpp"

#include "control/parameter_numbers.hpp"
#include "control/source_words.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

namespace kedge::control {

namespace {

constexpr int fine_is_later_by = 32;
constexpr int highest_of_7 = 127;
constexpr int highest_of_14 = 16'383;
constexpr int most_ticks = 15;  // of a hand at once

constexpr std::array<TurnEncoding, 4> encodings = {TurnEncoding::twos_complement, TurnEncoding::binary_offset,
                                                   TurnEncoding::sign_is_back,
                                                   TurnEncoding::sign_is_clockwise};

bool has_14_bits(const ControlSource& source) {
    const auto* nrpn = std::get_if<FromNrpn>(&source);
    return std::holds_alternative<FromTwoControllers>(source) ||
           std::holds_alternative<FromPitchBend>(source) || (nrpn != nullptr && nrpn->fine);
}

bool all_of(const std::vector<int>& values, int multiples_of) {
    return std::all_of(values.begin(), values.end(), [&](int value) { return value % multiples_of == 0; });
}

/// The number at the upper end: a device of ten bits leaves the lowest four alone, one of seven the lowest
/// seven.
int top_of(const ControlSource& source, const std::vector<int>& values) {
    if (!has_14_bits(source)) return highest_of_7;
    for (const int unused : {128, 16})
        if (all_of(values, unused)) return highest_of_14 + 1 - unused;
    return highest_of_14;
}

/// In which ways these may be an encoder's ticks, the first of them clockwise.
std::vector<ControlMake> as_encoder(const ControlSource& source, std::vector<int> values) {
    if (has_14_bits(source)) {
        if (!std::holds_alternative<FromPitchBend>(source) || !all_of(values, 128)) return {};
        for (int& value : values) value /= 128;
    }
    // Where a control stands it does not say twice in a row; which way it goes it does.
    if (std::adjacent_find(values.begin(), values.end()) == values.end()) return {};
    std::vector<ControlMake> all;
    for (const TurnEncoding encoding : encodings) {
        const bool fits = std::all_of(values.begin(), values.end(), [&](int value) {
            const int ticks = ticks_in(midi::Data7(value), encoding);
            return ticks != 0 && ticks >= -most_ticks && ticks <= most_ticks;
        });
        if (fits && ticks_in(midi::Data7(values.front()), encoding) > 0) all.emplace_back(Encoder{encoding});
    }
    return all;
}

/// Off and one other number: what was pressed.
bool is_button(const ControlSource& source, const std::vector<int>& values) {
    if (std::holds_alternative<FromNote>(source) || std::holds_alternative<FromPolyPressure>(source))
        return true;
    if (has_14_bits(source)) return false;
    int on = 0;
    for (const int value : values) {
        if (value == 0) continue;
        if (on != 0 && value != on) return false;
        on = value;
    }
    // A single number: a press that waits for its release, or a control that was hardly moved.
    return on == highest_of_7 || (on != 0 && values.size() > 1);
}

Recognised recognised(const ControlSource& source, const std::vector<int>& values) {
    Recognised control{source, Absolute{top_of(source, values)}, {}, ButtonWay::toggle};
    if (auto turns = as_encoder(source, values); !turns.empty()) {
        control.make = turns.front();
        turns.erase(turns.begin());
        control.or_else = std::move(turns);
    } else if (is_button(source, values)) {
        control.make = Button{};
        if (values.size() == 1) control.way = ButtonWay::momentary;
        const bool may_be_fader = std::holds_alternative<FromController>(source) && values.size() <= 2;
        if (may_be_fader) control.or_else.emplace_back(Absolute{highest_of_7});
    } else if (values.size() == 1) {
        control.or_else.emplace_back(Button{});
    }
    return control;
}

std::string words_of(const ControlMake& make) {
    if (const auto* absolute = std::get_if<Absolute>(&make))
        return absolute->top == highest_of_7 ? "fader or pot"
                                             : fmt::format("fader or pot up to {}", absolute->top);
    if (const auto* encoder = std::get_if<Encoder>(&make))
        return fmt::format("encoder, {}", turn_words.at(static_cast<std::size_t>(encoder->encoding)));
    return std::holds_alternative<Button>(make) ? "button" : "touch";
}

}  // namespace

ControlRecognition::Stream& ControlRecognition::stream_of(const ControlSource& source) {
    const auto found = std::find_if(streams_.begin(), streams_.end(),
                                    [&](const Stream& each) { return each.source == source; });
    if (found != streams_.end()) return *found;
    streams_.push_back({source, {}, messages_});
    return streams_.back();
}

void ControlRecognition::hear(const midi::Message& message) {
    if (const auto* change = std::get_if<midi::ControlChange>(&message)) {
        hear_controller(*change);
        before_ = *change;
    } else if (const auto said = said_by(message)) {
        stream_of(said->source).values.push_back(said->value);
        before_.reset();
    }
    ++messages_;
}

void ControlRecognition::hear_controller(const midi::ControlChange& change) {
    if (hear_parameter(change) || hear_fine(change)) return;
    const ControlSource alone = FromController{change.channel, change.controller};
    stream_of(alone).values.push_back(change.value.value());
}

/// The fine half of the message before it: the coarse one was heard as a control of its own until now.
bool ControlRecognition::hear_fine(const midi::ControlChange& change) {
    const int coarse = change.controller.value() - fine_is_later_by;
    if (coarse < 0 || coarse >= fine_is_later_by || !before_ || before_->channel != change.channel ||
        before_->controller.value() != coarse)
        return false;
    const ControlSource half = FromController{change.channel, before_->controller};
    const auto of_half = std::find_if(streams_.begin(), streams_.end(),
                                      [&](const Stream& each) { return each.source == half; });
    std::size_t first = messages_;
    if (of_half != streams_.end()) {
        first = of_half->first;
        streams_.erase(of_half);
    }
    Stream& pair = stream_of(FromTwoControllers{change.channel, before_->controller, change.controller});
    pair.first = std::min(pair.first, first);
    pair.values.push_back(midi::Data14(change.value, before_->value).value());
    return true;
}

bool ControlRecognition::hear_parameter(const midi::ControlChange& change) {
    Parameter& parameter = parameters_.at(static_cast<std::size_t>(change.channel.number()));
    const int number = change.controller.value();
    if (number == nrpn_high || number == nrpn_low) {
        (number == nrpn_high ? parameter.high : parameter.low) = change.value;
        parameter.entry.reset();
        return true;
    }
    if (!parameter.high || !parameter.low || (number != data_entry && number != data_entry_fine))
        return false;
    const midi::Data14 which(*parameter.low, *parameter.high);
    const FromNrpn coarse{change.channel, which, false};
    const FromNrpn fine{change.channel, which, true};
    if (number == data_entry) {
        parameter.entry = change.value;
        const bool known_as_fine = std::any_of(streams_.begin(), streams_.end(), [&](const Stream& each) {
            return each.source == ControlSource(fine);
        });
        if (!known_as_fine) stream_of(coarse).values.push_back(change.value.value());
    } else if (parameter.entry) {
        std::erase_if(streams_, [&](const Stream& each) { return each.source == ControlSource(coarse); });
        stream_of(fine).values.push_back(midi::Data14(change.value, *parameter.entry).value());
    }
    return true;
}

std::vector<Recognised> ControlRecognition::controls() const {
    auto streams = streams_;
    std::sort(streams.begin(), streams.end(),
              [](const Stream& a, const Stream& b) { return a.first < b.first; });
    std::vector<Recognised> all;
    for (const Stream& each : streams) all.push_back(recognised(each.source, each.values));
    // Fingers come before what they move.
    const auto moved = std::find_if(all.begin(), all.end(), [](const Recognised& each) {
        return std::holds_alternative<Absolute>(each.make);
    });
    if (moved != all.end())
        for (auto each = all.begin(); each != moved; ++each)
            if (std::holds_alternative<Button>(each->make)) {
                each->make = TouchOf{};
                each->or_else = {Button{}};
            }
    return all;
}

bool share_messages(const ControlSource& a, const ControlSource& b) {
    const auto controllers = [](const ControlSource& source) -> std::vector<FromController> {
        if (const auto* one = std::get_if<FromController>(&source)) return {*one};
        if (const auto* two = std::get_if<FromTwoControllers>(&source))
            return {{two->channel, two->coarse}, {two->channel, two->fine}};
        return {};
    };
    const auto* nrpn = std::get_if<FromNrpn>(&a);
    const auto* other = std::get_if<FromNrpn>(&b);
    if (nrpn != nullptr && other != nullptr)
        return nrpn->channel == other->channel && nrpn->number == other->number;
    const auto of_b = controllers(b);
    for (const auto& each : controllers(a))
        if (std::find(of_b.begin(), of_b.end(), each) != of_b.end()) return true;
    return a == b;
}

std::string to_string(const Recognised& control) {
    std::string words = words_of(control.make);
    for (const auto& other : control.or_else) words += ", or " + words_of(other);
    if (std::holds_alternative<Button>(control.make) && control.way == ButtonWay::momentary)
        words += " that is on until it is pressed again";
    return fmt::format("{} ({})", words, to_string(control.source));
}

}  // namespace kedge::control
