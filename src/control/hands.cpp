#include "control/hands.hpp"

#include "control/hands_state.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace kedge::control {

namespace {

constexpr Duration own_is_newer_for = std::chrono::milliseconds(500);
constexpr Duration held_long_enough = std::chrono::milliseconds(600);

/// Of a switch's way.
FaderPosition end_for(bool on) {
    return FaderPosition(on ? FaderPosition::top : 0);
}

/// In which steps a target follows that a hand has run away from.
constexpr Duration follow_every = std::chrono::milliseconds(5);

}  // namespace

Hands::State::State(ControllerMap the_map)
    : map(std::move(the_map)), strips(map.pages.at(0).order, map.places) {
    if (map.display) scribble.emplace();
    for (ControlIndex i = 0; i < map.controls.size(); ++i) add_motor(i);
    open_page(0);
}

void Hands::State::open_page(std::size_t number) {
    page = number;
    strips = StripView(map.pages[page].order, map.places);
    grips.clear();
    for (const Binding& binding : map.pages[page].bindings) take_hold(binding);
    for (auto& [control, motor] : motors) motor.change_target();
    fine = false;
}

void Hands::State::take_hold(const Binding& binding) {
    const auto found =
        std::find_if(map.controls.begin(), map.controls.end(),
                     [&](const ControlSpec& control) { return control.name == binding.control; });
    assert(found != map.controls.end());
    grips.push_back({binding,
                     static_cast<ControlIndex>(found - map.controls.begin()),
                     {},
                     Takeover(binding.takeover, map.step),
                     AwaitedEchoes(map.step, map.motors.patience),
                     {},
                     {},
                     {},
                     {}});
    put_hand_on(grips.back());
}

void Hands::State::put_hand_on(Grip& grip) const {
    if (const auto stands = hand_stands.find(grip.control); stands != hand_stands.end())
        grip.takeover.hand_at(stands->second);
}

void Hands::State::add_motor(ControlIndex control) {
    const auto feedback = map.feedback.find(map.controls[control].name);
    if (feedback != map.feedback.end() && std::holds_alternative<MotorBack>(feedback->second))
        motors.emplace(control, MotorFader(map.motors));
}

MotorFader* Hands::State::motor_of(ControlIndex control) {
    const auto found = motors.find(control);
    return found == motors.end() ? nullptr : &found->second;
}

/// Which strips each binding is about now; where they are others than before, nothing is known of them.
void Hands::State::aim(const HandsView& view) {
    strips.update(view.mixer, view.roles);
    for (Grip& grip : grips) {
        auto now_about = strips_of(grip.binding.target, strips, view);
        if (now_about == grip.strips) continue;
        const bool another =
            grip.strips.empty() || now_about.empty() || grip.strips.front() != now_about.front();
        grip.strips = std::move(now_about);
        if (!another) continue;
        grip.takeover.let_go();
        put_hand_on(grip);
        grip.echoes.forget();
        grip.own.reset();
        grip.told.reset();
        grip.pressed_at.reset();
        if (MotorFader* motor = motor_of(grip.control); motor && part_of(grip.binding.target))
            motor->change_target();
    }
}

std::optional<ControlValue> Hands::State::value_of(const Grip& grip, Instant now,
                                                   const HandsView& view) const {
    if (grip.own && now < grip.own_at + own_is_newer_for) return grip.own;
    const auto part = part_of(grip.binding.target);
    const auto which = part ? control_of(*part) : std::nullopt;
    const Strip* strip = grip.strips.empty() ? nullptr : view.mixer.find(grip.strips.front());
    return which && strip != nullptr ? strip->control(*which) : std::nullopt;
}

/// What the DAW holds, to the hand's side: echoes of what the hand itself did are none.
void Hands::State::tell(Grip& grip, const HandsView& view) {
    const auto part = part_of(grip.binding.target);
    const auto which = part ? control_of(*part) : std::nullopt;
    const Strip* strip = grip.strips.empty() ? nullptr : view.mixer.find(grip.strips.front());
    const auto value = which && strip != nullptr ? strip->control(*which) : std::nullopt;
    auto place = value ? place_of(*part, *value, map.levels, view) : std::nullopt;
    if (part == StripPart::ride_depth && strip != nullptr) place = ride_depth_of(strip->id, view);
    if (is_switch(grip)) place = end_for(is_on(grip, *part, view));
    if (!place || std::exchange(grip.told, place) == place) return;
    if (MotorFader* motor = motor_of(grip.control)) {
        motor->target_at(*place);
    } else if (!grip.echoes.settle(*place) && grip.echoes.none()) {
        grip.takeover.target_at(*place);
    }
}

void Hands::State::set_place(Instant now, Grip& grip, FaderPosition to, const HandsView& view,
                             HandsOutbox& out) {
    const auto part = part_of(grip.binding.target);
    if (!part) return;
    if (*part == StripPart::ride_depth) {
        for (const StripId strip : grip.strips) out.actions.emplace_back(SetRideDepth{strip, to});
        if (scribble && !grip.strips.empty())
            scribble->moved(now, grip.strips.front(), ride_depth_in_cell(to));
    } else if (control_of(*part)) {
        set_value(now, grip, value_at(*part, to, map.levels, view), view, out);
    }
}

/// The first strip goes there, and the others of its role by as many decibels, or to the same place.
void Hands::State::set_value(Instant now, Grip& grip, const ControlValue& to, const HandsView& view,
                             HandsOutbox& out) {
    const auto which = control_of(*part_of(grip.binding.target));
    const auto before = value_of(grip, now, view);
    for (std::size_t i = 0; i < grip.strips.size(); ++i) {
        ControlValue value = to;
        if (i > 0 && std::holds_alternative<Decibels>(to)) {
            const Strip* strip = view.mixer.find(grip.strips[i]);
            const auto stands = strip != nullptr ? strip->control(*which) : std::nullopt;
            if (!stands || !before) continue;
            const auto from = std::get<Decibels>(*before);
            const auto goal = std::get<Decibels>(to);
            if (from.is_silence() || goal.is_silence()) continue;  // by how much cannot be said
            value = std::min(std::get<Decibels>(*stands) + (goal - from), view.fader_top);
        }
        out.actions.emplace_back(SetStrip{grip.strips[i], *which, value});
    }
    grip.own = to;
    grip.own_at = now;
    if (scribble && !grip.strips.empty()) scribble->moved(now, grip.strips.front(), value_in_cell(to));
}

void Hands::State::hear(Instant now, const ControlMoved& news, const HandsView& view, HandsOutbox& out) {
    if (motors.count(news.control) == 0) hand_stands[news.control] = news.to;
    for (Grip& grip : grips) {
        if (grip.control != news.control || grip.strips.empty()) continue;
        if (MotorFader* motor = motor_of(news.control)) {
            const auto to = motor->moved(now, news.to);
            const auto& back = std::get<MotorBack>(map.feedback.at(map.controls[news.control].name));
            if (back.wants_own && to) out.shown.emplace_back(ShowMotor{news.control, *to});
            if (to) set_place(now, grip, *to, view, out);
        } else if (const auto to = grip.takeover.moved(news.to)) {
            grip.echoes.set(now, *to);
            set_place(now, grip, *to, view, out);
        }
    }
}

void Hands::State::step_by(Instant now, Grip& grip, int ticks, const HandsView& view, HandsOutbox& out) {
    const auto value = value_of(grip, now, view);
    if (!value) return;
    const Binding& binding = grip.binding;
    if (const auto* pan = std::get_if<Pan>(&*value)) {
        set_value(now, grip, Pan(pan->position() + ticks * binding.pan_per_tick), view, out);
    } else if (const auto* level = std::get_if<Decibels>(&*value)) {
        const auto by = Decibels(ticks * (fine ? binding.per_fine_tick : binding.per_tick).db());
        const bool trim = part_of(binding.target) == StripPart::trim;
        const Decibels top = trim ? view.trim_range.high : view.fader_top;
        // A fader that is closed has no step to go by: up, it begins where one can hear it.
        constexpr double hardly_heard = -60.0;
        auto to = level->is_silence() ? (ticks > 0 ? Decibels(hardly_heard) : *level) : *level + by;
        if (trim) to = std::max(to, view.trim_range.low);
        set_value(now, grip, std::min(to, top), view, out);
    }
}

void Hands::State::hear(Instant now, const ControlTurned& news, const HandsView& view, HandsOutbox& out) {
    for (Grip& grip : grips) {
        if (grip.control != news.control) continue;
        if (part_of(grip.binding.target)) {
            step_by(now, grip, news.ticks, view, out);
        } else if (go(grip.binding.target, news.ticks, out)) {
            return;  // other grips than before
        }
    }
}

bool Hands::State::is_on(const Grip& grip, StripPart part, const HandsView& view) const {
    if (grip.strips.empty()) return false;
    const Strip* strip = view.mixer.find(grip.strips.front());
    switch (part) {
        case StripPart::mute:
            return strip != nullptr && strip->mute == Mute::muted;
        case StripPart::solo:
            return strip != nullptr && strip->soloed;
        case StripPart::select:
            return view.selected == grip.strips.front();
        default:
            return false;
    }
}

void Hands::State::turn_over(Grip& grip, StripPart part, bool on, HandsOutbox& out) {
    for (const StripId strip : grip.strips) {
        if (part == StripPart::mute)
            out.actions.emplace_back(SetStrip{strip, Control::mute, on ? Mute::muted : Mute::open});
        if (part == StripPart::solo) out.actions.emplace_back(SoloStrip{strip, on});
        if (part == StripPart::select && on) out.actions.emplace_back(SelectStrip{strip});
    }
}

/// A button that shows by itself what it did is told nothing before the DAW has answered, and then the last
/// of it in any case.
void Hands::State::await_own(Instant now, Grip& grip, StripPart part, bool on) {
    const LightBack* light = light_back_of(grip);
    if (light == nullptr || !light->lights_itself) return;
    forget_shown(grip.control);
    if (part != StripPart::select) grip.echoes.set(now, end_for(on));  // that is kedge's own, known at once
}

const LightBack* Hands::State::light_back_of(const Grip& grip) const {
    const auto feedback = map.feedback.find(map.controls[grip.control].name);
    return feedback == map.feedback.end() ? nullptr : std::get_if<LightBack>(&feedback->second);
}

/// A button whose own presses are awaited back from the DAW.
bool Hands::State::is_switch(const Grip& grip) const {
    const auto part = part_of(grip.binding.target);
    const LightBack* light = light_back_of(grip);
    return light != nullptr && light->lights_itself && !grip.strips.empty() &&
           (part == StripPart::mute || part == StripPart::solo);
}

void Hands::State::forget_shown(ControlIndex control) {
    std::erase_if(shown, [&](const auto& each) { return each.first.second == control; });
}

/// A press that counts: pots' own push buttons put back to the middle what they turn.
void Hands::State::press(Instant now, Grip& grip, const HandsView& view, HandsOutbox& out) {
    const auto part = part_of(grip.binding.target);
    if (!part || grip.strips.empty()) return;
    if (*part == StripPart::pan) {
        set_value(now, grip, Pan::centre(), view, out);
    } else if (*part == StripPart::trim) {
        set_value(now, grip, Decibels(), view, out);
    } else if (*part == StripPart::suggestion) {
        if (suggestion_for(grip.strips.front(), view) != nullptr)
            out.actions.emplace_back(AcceptSuggestion{grip.strips.front()});
    } else {
        turn_over(grip, *part, *part == StripPart::select || !is_on(grip, *part, view), out);
    }
}

void Hands::State::hear(Instant now, const ControlPressed& news, const HandsView& view, HandsOutbox& out) {
    for (Grip& grip : grips) {
        if (grip.control != news.control) continue;
        const auto part = part_of(grip.binding.target);
        if (std::holds_alternative<FineWhileHeld>(grip.binding.target)) {
            fine = news.down;
        } else if (!part) {
            if (news.down && go(grip.binding.target, 1, out)) return;
        } else if (grip.binding.way == ButtonWay::momentary) {
            await_own(now, grip, *part, news.down);
            turn_over(grip, *part, news.down, out);
        } else if (grip.binding.way == ButtonWay::hold) {
            grip.pressed_at = news.down ? std::optional(now) : std::nullopt;
        } else if (news.down) {
            press(now, grip, view, out);
        }
    }
}

/// From the strips that it was on, whichever it would be on now.
void Hands::State::take_off(ControlIndex control, HandsOutbox& out) {
    const auto under = under_hands.find(control);
    if (under == under_hands.end()) return;
    for (TouchStrip touch : under->second) {
        touch.held = false;
        out.actions.emplace_back(touch);
    }
    under_hands.erase(under);
}

void Hands::State::hear(Instant, const ControlTouched& news, const HandsView&, HandsOutbox& out) {
    if (MotorFader* motor = motor_of(news.control)) motor->touched(news.touched);
    take_off(news.control, out);
    if (!news.touched) return;
    auto& under = under_hands[news.control];
    for (const Grip& grip : grips) {
        const auto part = part_of(grip.binding.target);
        const auto which = part ? control_of(*part) : std::nullopt;
        if (grip.control != news.control || !which) continue;
        for (const StripId strip : grip.strips) under.push_back({strip, *which, true});
    }
    out.actions.insert(out.actions.end(), under.begin(), under.end());
}

/// What is no strip's. True when the page changed.
bool Hands::State::go(const Target& target, int times, HandsOutbox& out) {
    if (const auto* move = std::get_if<MoveView>(&target)) {
        const int strips_at_once = move->banks ? static_cast<int>(map.places) : 1;
        strips.move_by(move->by * strips_at_once * times);
    } else if (const auto* to = std::get_if<ToPage>(&target)) {
        for (std::size_t i = 0; i < map.pages.size(); ++i) {
            if (map.pages[i].name != to->page || i == page) continue;
            open_page(i);
            return true;
        }
    } else if (const auto* marker = std::get_if<ToMarker>(&target)) {
        out.actions.emplace_back(ToMarker{times < 0 ? -marker->by : marker->by});
    } else if (const auto* key = std::get_if<TransportKey>(&target)) {
        out.actions.emplace_back(*key);
    } else if (const auto* command = std::get_if<KedgeKey>(&target)) {
        out.actions.emplace_back(*command);
    }
    return false;
}

/// What goes on by itself: targets that follow, buttons that were held, motors, and when to come again.
void Hands::State::settle(Instant now, const HandsView& view, HandsOutbox& out) {
    aim(view);
    const auto wake = [&](Instant when) { out.wake_at = std::min(out.wake_at.value_or(when), when); };
    for (Grip& grip : grips) {
        if (!grip.echoes.none() && now >= grip.echoes.until()) {
            grip.echoes.forget();
            grip.told.reset();  // whatever the DAW holds now stands
        }
        tell(grip, view);
        if (!grip.echoes.none()) wake(grip.echoes.until());
        if (grip.takeover.follows()) wake(now + follow_every);
        if (!grip.pressed_at) continue;
        if (now < *grip.pressed_at + held_long_enough) {
            wake(*grip.pressed_at + held_long_enough);
        } else {
            grip.pressed_at.reset();
            press(now, grip, view, out);
        }
    }
    show(now, view, out);
    write_strips(now, view, out);
    if (const auto then = scribble ? scribble->wake_at(now) : std::nullopt) wake(*then);
    for (auto& [control, motor] : motors) {
        if (const auto to = motor.drive(now)) out.shown.emplace_back(ShowMotor{control, *to});
        if (const auto then = motor.wake_at(now)) wake(*then);
    }
}

Hands::Hands(ControllerMap map) : state_(std::make_unique<State>(std::move(map))) {}
Hands::~Hands() = default;
Hands::Hands(Hands&&) noexcept = default;
Hands& Hands::operator=(Hands&&) noexcept = default;

void Hands::moved(Instant now, const ControlNews& news, const HandsView& view, HandsOutbox& out) {
    state_->aim(view);
    std::visit([&](const auto& each) { state_->hear(now, each, view, out); }, news);
    state_->settle(now, view, out);
}

void Hands::told(Instant now, const HandsView& view, HandsOutbox& out) {
    state_->settle(now, view, out);
}

void Hands::let_go(HandsOutbox& out) {
    while (!state_->under_hands.empty()) state_->take_off(state_->under_hands.begin()->first, out);
}

void Hands::plugged_in(Instant now, const HandsView& view, HandsOutbox& out) {
    state_->shown.clear();
    if (state_->scribble) state_->scribble->forget_shown();
    state_->hand_stands.clear();
    for (auto& [control, motor] : state_->motors) motor.forget_device();
    for (Grip& grip : state_->grips) {
        grip.takeover.let_go();
        grip.told.reset();
        grip.pressed_at.reset();
    }
    state_->fine = false;
    state_->settle(now, view, out);
}

void Hands::wake(Instant now, const HandsView& view, HandsOutbox& out) {
    for (Grip& grip : state_->grips) {
        if (const auto to = grip.takeover.follow()) {
            grip.echoes.set(now, *to);
            state_->set_place(now, grip, *to, view, out);
        }
    }
    state_->settle(now, view, out);
}

ControlIndex Hands::bind(const ControlSpec& control, const ControlFeedback& feedback, Binding binding) {
    State& state = *state_;
    assert(binding.control == control.name);
    state.map.controls.push_back(control);
    state.map.feedback.emplace(control.name, feedback);
    const ControlIndex index = state.map.controls.size() - 1;
    state.add_motor(index);
    state.take_hold(binding);
    state.map.pages[state.page].bindings.push_back(std::move(binding));
    return index;
}

void Hands::pressed(Instant now, const Target& target, const HandsView& view, HandsOutbox& out) {
    assert(!part_of(target));
    state_->aim(view);
    state_->go(target, 1, out);
    state_->settle(now, view, out);
}

void Hands::asked(Instant now, ControlIndex control, const HandsView& view, HandsOutbox& out) {
    state_->forget_shown(control);
    if (MotorFader* motor = state_->motor_of(control)) motor->ask();
    state_->settle(now, view, out);
}

const ControllerMap& Hands::map() const {
    return state_->map;
}

const MapPage& Hands::page() const {
    return state_->map.pages[state_->page];
}

const StripView& Hands::strips() const {
    return state_->strips;
}

}  // namespace kedge::control
