#pragma once

#include "core/capabilities.hpp"
#include "core/decibels.hpp"
#include "core/pan.hpp"
#include "core/strip.hpp"
#include "sim/automation.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kedge::sim {

/// A strip's number within the engine, given once and never again; 0 is the master.
struct RouteId {
    std::uint32_t value = 0;
    auto operator<=>(const RouteId&) const = default;
};

/// One strip of the simulated mixer: the controls, and what its meter shows.
struct SimStrip {
    std::string name;
    int channels = 1;
    Decibels trim;
    Decibels fader;  ///< its own: AudioEngine::fader_of adds the VCAs
    Pan pan;
    bool muted = false;
    bool soloed = false;
    Decibels meter = Decibels::silence();  ///< peak with fall-off, at the meter point, before the pan
    /// Left and right after fader, mute and pan, with the same fall-off.
    std::array<Decibels, 2> sides = {Decibels::silence(), Decibels::silence()};

    StripKind kind = StripKind::audio_track;
    RouteId id;
    std::optional<std::size_t> stem;  ///< what a track plays, an index into the song's stems
    RouteId output;                   ///< the bus it runs into, or the master
    std::vector<RouteId> vcas;
    std::string group;
    bool hidden = false;
    bool selected = false;
    bool record_enabled = false;
    MeterPoint meter_point = MeterPoint::after_fader;  ///< after the trim in either case; never unknown
    std::array<ControlAutomation, 4> automations;      ///< by Control

    [[nodiscard]] ControlAutomation& automation(Control control) {
        return automations[static_cast<std::size_t>(control)];
    }
    [[nodiscard]] const ControlAutomation& automation(Control control) const {
        return automations[static_cast<std::size_t>(control)];
    }
    [[nodiscard]] bool is_track() const {
        return kind == StripKind::audio_track || kind == StripKind::midi_track;
    }
    [[nodiscard]] ControlValue value(Control control) const;
    void set_value(Control control, const ControlValue& value);
};

}  // namespace kedge::sim
