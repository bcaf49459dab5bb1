#include "core/strip.hpp"

#include "core/enum_words.hpp"

#include <array>

namespace kedge {

namespace {

constexpr std::array<std::string_view, 8> kind_words = {"audio track", "MIDI track", "audio bus", "MIDI bus",
                                                        "VCA",         "master",     "monitor",   "foldback"};
constexpr std::array<std::string_view, 4> control_words = {"trim", "fader", "pan", "mute"};
constexpr std::array<std::string_view, 5> mode_words = {"Manual", "Play", "Write", "Touch", "Latch"};

template <typename T>
std::optional<ControlValue> as_value(const std::optional<T>& value) {
    if (!value) return std::nullopt;
    return ControlValue(*value);
}

/// The mode of a control, to read or to write.
template <typename AnyStrip>
auto& automation_of(AnyStrip& strip, Control which) {
    switch (which) {
        case Control::trim:
            return strip.trim_automation;
        case Control::fader:
            return strip.fader_automation;
        case Control::pan:
            return strip.pan_automation;
        case Control::mute:
            break;
    }
    return strip.mute_automation;
}

}  // namespace

std::string_view to_string(StripKind kind) {
    return kind_words[static_cast<std::size_t>(kind)];
}
std::optional<StripKind> strip_kind_from_string(std::string_view word) {
    return enum_from_word<StripKind>(kind_words, word);
}
std::string_view to_string(Control control) {
    return control_words[static_cast<std::size_t>(control)];
}
std::optional<Control> control_from_string(std::string_view word) {
    return enum_from_word<Control>(control_words, word);
}
std::string_view to_string(AutomationMode mode) {
    return mode_words[static_cast<std::size_t>(mode)];
}
std::optional<AutomationMode> automation_mode_from_string(std::string_view word) {
    return enum_from_word<AutomationMode>(mode_words, word);
}

std::string to_string(const ControlValue& value) {
    if (const auto* level = std::get_if<Decibels>(&value)) return to_string(*level);
    if (const auto* pan = std::get_if<Pan>(&value)) return to_string(*pan);
    return std::get<Mute>(value) == Mute::muted ? "muted" : "open";
}

std::optional<ControlValue> Strip::control(Control which) const {
    switch (which) {
        case Control::trim:
            return as_value(trim);
        case Control::fader:
            return as_value(fader);
        case Control::pan:
            return as_value(pan);
        case Control::mute:
            return as_value(mute);
    }
    return std::nullopt;
}

void Strip::set_control(Control which, const ControlValue& value) {
    switch (which) {
        case Control::trim:
            trim = std::get<Decibels>(value);
            break;
        case Control::fader:
            fader = std::get<Decibels>(value);
            break;
        case Control::pan:
            pan = std::get<Pan>(value);
            break;
        case Control::mute:
            mute = std::get<Mute>(value);
            break;
    }
}

AutomationMode Strip::automation(Control which) const {
    return automation_of(*this, which);
}

void Strip::set_automation(Control which, AutomationMode mode) {
    automation_of(*this, which) = mode;
}

Decibels gain_of(const Strip& strip) {
    return strip.trim.value_or(Decibels()) + strip.fader.value_or(Decibels());
}

}  // namespace kedge
