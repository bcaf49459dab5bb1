#pragma once

#include "control/control_feedback.hpp"
#include "control/control_source.hpp"
#include "control/control_target.hpp"
#include "control/motor_fader.hpp"
#include "control/strip_view.hpp"
#include "control/takeover.hpp"
#include "core/decibels.hpp"
#include "core/fader_scale.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kedge::control {

/// What becomes of a button's presses where the target is on or off.
enum class ButtonWay : std::uint8_t {
    toggle,     ///< each press turns it over
    momentary,  ///< on as long as it is pressed
    hold,       ///< turned over once it was pressed for long enough
};

/// What one control is the hand for.
struct Binding {
    std::string control;  ///< its name in the device
    Target target;
    TakeoverWay takeover = TakeoverWay::pickup;  ///< of a fader or pot without a motor
    ButtonWay way = ButtonWay::toggle;
    Decibels per_tick{0.5};       ///< an encoder's, on a level
    Decibels per_fine_tick{0.1};  ///< likewise, while FineWhileHeld is
    double pan_per_tick = 0.02;   ///< of Pan's units
    bool operator==(const Binding&) const = default;
};

/// One page of a map: what is in view, and what the controls do there.
struct MapPage {
    std::string name;
    ViewOrder order;
    std::vector<Binding> bindings;
    bool operator==(const MapPage&) const = default;
};

/// A controller and what is done with it: of a profile in profiles/controllers, or of the user's own.
/// Each binding names a control of the device, and each page is named once (checked where maps are read).
struct ControllerMap {
    std::string name;                ///< "Korg nanoKONTROL2"
    std::vector<std::string> ports;  ///< what the names of its MIDI ports hold, to be found by
    /// What it is told once it is plugged in, such as a mode to go to, and every so often from then on.
    std::vector<std::byte> hello;
    std::optional<Duration> hello_every;
    std::vector<ControlSpec> controls;
    std::map<std::string, ControlFeedback> feedback;  ///< by the control's name
    std::optional<DisplayBack> display;               ///< with a cell for each place
    FaderScale levels{FaderCurve::ardour};            ///< at which levels its faders' positions stand
    MotorFeel motors;
    TakeoverWay takeover = TakeoverWay::pickup;  ///< where a binding says no other
    int step = 130;                              ///< how far apart a fader's positions lie; see Takeover
    std::size_t places = 8;                      ///< strips side by side
    std::vector<MapPage> pages;
};

}  // namespace kedge::control
