#pragma once

#include "control/grip.hpp"
#include "control/hands.hpp"
#include "control/motor_fader.hpp"
#include "control/scribble.hpp"
#include "control/strip_view.hpp"
#include "control/takeover.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kedge::control {

/// One controller at work: hands.cpp is what hands do, hands_shown.cpp what the device shows.
struct Hands::State {
    explicit State(ControllerMap the_map);

    void open_page(std::size_t number);
    void take_hold(const Binding& binding);
    void put_hand_on(Grip& grip) const;
    void add_motor(ControlIndex control);
    void aim(const HandsView& view);
    void tell(Grip& grip, const HandsView& view);
    void hear(Instant now, const ControlMoved& news, const HandsView& view, HandsOutbox& out);
    void hear(Instant now, const ControlTurned& news, const HandsView& view, HandsOutbox& out);
    void hear(Instant now, const ControlPressed& news, const HandsView& view, HandsOutbox& out);
    void hear(Instant now, const ControlTouched& news, const HandsView& view, HandsOutbox& out);
    void take_off(ControlIndex control, HandsOutbox& out);
    void press(Instant now, Grip& grip, const HandsView& view, HandsOutbox& out);
    void turn_over(Grip& grip, StripPart part, bool on, HandsOutbox& out);
    void set_place(Instant now, Grip& grip, FaderPosition to, const HandsView& view, HandsOutbox& out);
    void set_value(Instant now, Grip& grip, const ControlValue& to, const HandsView& view, HandsOutbox& out);
    void step_by(Instant now, Grip& grip, int ticks, const HandsView& view, HandsOutbox& out);
    bool go(const Target& target, int times, HandsOutbox& out);
    void settle(Instant now, const HandsView& view, HandsOutbox& out);
    void show(Instant now, const HandsView& view, HandsOutbox& out);
    void show_once(const Shown& what, HandsOutbox& out);
    void write_strips(Instant now, const HandsView& view, HandsOutbox& out);
    [[nodiscard]] std::string below_name(Instant now, const Strip& strip, const HandsView& view) const;
    [[nodiscard]] TargetSeen seen_from_hand(StripId strip) const;

    [[nodiscard]] std::optional<ControlValue> value_of(const Grip& grip, Instant now,
                                                       const HandsView& view) const;
    void await_own(Instant now, Grip& grip, StripPart part, bool on);
    void forget_shown(ControlIndex control);

    [[nodiscard]] const LightBack* light_back_of(const Grip& grip) const;
    [[nodiscard]] bool is_switch(const Grip& grip) const;
    [[nodiscard]] bool is_on(const Grip& grip, StripPart part, const HandsView& view) const;
    [[nodiscard]] std::optional<Shown> light_or_ring(Instant now, const Grip& grip,
                                                     const HandsView& view) const;
    MotorFader* motor_of(ControlIndex control);

    ControllerMap map;
    std::size_t page = 0;
    StripView strips;
    std::vector<Grip> grips;
    std::map<ControlIndex, MotorFader> motors;
    std::map<ControlIndex, std::vector<TouchStrip>> under_hands;
    std::map<ControlIndex, FaderPosition> hand_stands;  ///< of controls without motors, as they said last
    std::map<std::pair<std::size_t, ControlIndex>, Shown> shown;  ///< last, by what of it is shown
    std::optional<Scribble> scribble;
    bool fine = false;
};

/// nullptr for none.
[[nodiscard]] const Suggestion* suggestion_for(StripId strip, const HandsView& view);
/// The top where no hand has set it.
[[nodiscard]] FaderPosition ride_depth_of(StripId strip, const HandsView& view);

}  // namespace kedge::control
