#pragma once

#include "control/control_reader.hpp"
#include "control/controller_map.hpp"
#include "control/scribble.hpp"
#include "control/suggestion.hpp"
#include "core/mixer_state.hpp"
#include "core/time.hpp"

#include <map>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace kedge::control {

using RideDepths = std::map<StripId, FaderPosition>;

// --- for the DAW, and for kedge itself

struct SetStrip {
    StripId strip;
    Control control = Control::fader;
    ControlValue value;
    bool operator==(const SetStrip&) const = default;
};
/// A hand came onto the control of a device that feels it, or went off it.
struct TouchStrip {
    StripId strip;
    Control control = Control::fader;
    bool held = false;
    bool operator==(const TouchStrip&) const = default;
};
struct SoloStrip {
    StripId strip;
    bool on = false;
    bool operator==(const SoloStrip&) const = default;
};
struct SelectStrip {
    StripId strip;
    bool operator==(const SelectStrip&) const = default;
};
/// How deep rides of this strip are to be, of the most that the profile allows.
struct SetRideDepth {
    StripId strip;
    FaderPosition share;
    bool operator==(const SetRideDepth&) const = default;
};
/// What is suggested for this strip is to be done.
struct AcceptSuggestion {
    StripId strip;
    bool operator==(const AcceptSuggestion&) const = default;
};
using HandAction = std::variant<SetStrip, TouchStrip, SoloStrip, SelectStrip, SetRideDepth, AcceptSuggestion,
                                TransportKey, ToMarker, KedgeKey>;

// --- for the device

struct ShowMotor {
    ControlIndex control = 0;
    FaderPosition at;
    bool operator==(const ShowMotor&) const = default;
};
struct ShowLight {
    ControlIndex control = 0;
    Light state = Light::off;
    bool operator==(const ShowLight&) const = default;
};
struct ShowRing {
    ControlIndex control = 0;
    RingShape shape = RingShape::from_left;
    std::optional<FaderPosition> at;
    bool operator==(const ShowRing&) const = default;
};
using Shown = std::variant<ShowMotor, ShowLight, ShowRing>;

struct HandsOutbox {
    std::vector<HandAction> actions;
    std::vector<Shown> shown;
    std::vector<ShowText> texts;     ///< for a device with a display
    std::optional<Instant> wake_at;  ///< the earliest; a later one that was asked for before does not count
};

/// The mixer as hands need it.
struct HandsView {
    const MixerState& mixer;
    const StripRoles& roles;
    std::optional<StripId> selected;
    Decibels fader_top;     ///< the highest that the DAW's faders go
    LevelRange trim_range;  ///< of the DAW's trims, which a pot goes through evenly
    const Suggestions& suggestions;
    std::optional<KedgeKey> at_work{};  ///< the command of kedge's that goes on just now
    /// How much of a ride is to be written; a strip that is not among them: all of it.
    const RideDepths* ride_depths = nullptr;
};

/// One controller at work: what a hand does becomes what the DAW is to do, what the DAW tells becomes what
/// the device shows. Hands first: see MotorFader and Takeover. Pure; every call hands in the mixer as it
/// stands then, after what it tells.
class Hands {
  public:
    /// The map's first page is the one at first.
    explicit Hands(ControllerMap map);
    ~Hands();
    Hands(Hands&&) noexcept;
    Hands& operator=(Hands&&) noexcept;

    /// Something was done on the device.
    void moved(Instant now, const ControlNews& news, const HandsView& view, HandsOutbox& out);
    /// The DAW told a value of its own accord or as an answer, or other strips.
    void told(Instant now, const HandsView& view, HandsOutbox& out);
    /// The device was plugged in: all that it shows is sent anew. Bank and page stay.
    /// Nobody is on it any more: it was unplugged, or is to have another map.
    void let_go(HandsOutbox& out);
    void plugged_in(Instant now, const HandsView& view, HandsOutbox& out);
    void wake(Instant now, const HandsView& view, HandsOutbox& out);

    /// One more control on the page that is open, of a device that has as many as it has words. Its name is
    /// no other's, and the binding's (asserted).
    ControlIndex bind(const ControlSpec& control, const ControlFeedback& feedback, Binding binding);
    /// What no strip's part is, as a press of a button does it.
    void pressed(Instant now, const Target& target, const HandsView& view, HandsOutbox& out);
    /// The device asks what it is to show of a control: shown once more, once no hand is on it.
    void asked(Instant now, ControlIndex control, const HandsView& view, HandsOutbox& out);

    [[nodiscard]] const ControllerMap& map() const;
    [[nodiscard]] const MapPage& page() const;
    [[nodiscard]] const StripView& strips() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kedge::control
