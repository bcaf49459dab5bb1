#pragma once

#include "core/decibels.hpp"
#include "core/pan.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kedge {

/// kedge's own identity of a strip for as long as a surface is connected. A DAW's number (ssid, track index,
/// bank slot) is only an address, looked up when a message is sent. Between two connections a strip is
/// recognised by its StripName.
struct StripId {
    std::uint32_t value = 0;
    constexpr auto operator<=>(const StripId&) const = default;
};

enum class StripKind { audio_track, midi_track, audio_bus, midi_bus, vca, master, monitor, foldback };
[[nodiscard]] std::string_view to_string(StripKind kind);  ///< "audio track", "VCA" …
[[nodiscard]] std::optional<StripKind> strip_kind_from_string(std::string_view word);

/// What a strip is called, in a form that outlives a connection: the journal and the tapes store this.
struct StripName {
    StripKind kind = StripKind::audio_track;
    std::string name;
    int twin = 0;  ///< 0 for the first strip of this kind and name in mixer order, 1 for the second …
    auto operator<=>(const StripName&) const = default;
};

enum class Control { trim, fader, pan, mute };
inline constexpr std::array all_controls = {Control::trim, Control::fader, Control::pan, Control::mute};
[[nodiscard]] std::string_view to_string(Control control);
[[nodiscard]] std::optional<Control> control_from_string(std::string_view word);

enum class Mute : bool { open = false, muted = true };

/// The value of a control: Decibels for trim and fader, Pan for pan, Mute for mute.
using ControlValue = std::variant<Decibels, Pan, Mute>;
[[nodiscard]] std::string to_string(const ControlValue& value);

/// A DAW's automation mode of one control.
enum class AutomationMode { manual, play, write, touch, latch };
[[nodiscard]] std::string_view to_string(AutomationMode mode);
[[nodiscard]] std::optional<AutomationMode> automation_mode_from_string(std::string_view word);

/// One mixer channel as last reported. A control the DAW has not reported (or the strip does not have) is
/// nullopt.
struct Strip {
    StripId id;
    StripName name;
    std::vector<std::string> former_names;  ///< it went by on this connection, oldest first
    std::string group;                      ///< the DAW's route group; empty for none
    int inputs = 0;                         ///< audio channels in; a stereo strip has 2
    int outputs = 0;                        ///< audio channels out
    bool hidden = false;
    bool soloed = false;
    std::optional<Decibels> trim;
    std::optional<Decibels> fader;
    std::optional<Pan> pan;
    std::optional<Mute> mute;
    AutomationMode trim_automation = AutomationMode::manual;
    AutomationMode fader_automation = AutomationMode::manual;
    AutomationMode pan_automation = AutomationMode::manual;
    AutomationMode mute_automation = AutomationMode::manual;

    [[nodiscard]] std::optional<ControlValue> control(Control which) const;
    /// The value's alternative must be the control's own (asserted).
    void set_control(Control which, const ControlValue& value);
    [[nodiscard]] AutomationMode automation(Control which) const;
    void set_automation(Control which, AutomationMode mode);
    bool operator==(const Strip&) const = default;
};

/// What a strip adds to its source: trim and fader as they stand, 0 dB where one is not known.
[[nodiscard]] Decibels gain_of(const Strip& strip);

}  // namespace kedge

template <>
struct std::hash<kedge::StripId> {
    std::size_t operator()(kedge::StripId id) const noexcept { return std::hash<std::uint32_t>{}(id.value); }
};
