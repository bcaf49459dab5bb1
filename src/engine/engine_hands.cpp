// Who has a control, where guests and the job meet.

#include "engine/engine.hpp"

#include <algorithm>
#include <utility>

namespace kedge::engine {

using control::Arbiter;
using control::ControlOwner;
using surface::Effect;
using surface::Effects;

namespace {

/// A hand on a fader that does not feel it, between two moves of one gesture.
constexpr Duration hand_rests_after = std::chrono::seconds(1);

AutomationMode mode_of(const surface::Surface& surface, Arbiter::Key control) {
    const Strip* strip = surface.mixer().find(control.first);
    return strip == nullptr ? AutomationMode::manual : strip->automation(control.second);
}

}  // namespace

Engine::Engine(surface::Surface& surface) : surface_(surface), arbiter_(hand_rests_after) {}

ControlOwner Engine::owner(surface::StripControl control) const {
    const Arbiter::Key key(control.strip, control.control);
    return arbiter_.owner(key, mode_of(surface_, key));
}

void Engine::hand_moves(Instant now, Arbiter::Key control, std::deque<Effect>& queue) {
    const auto from = arbiter_.owner(control, mode_of(surface_, control));
    if (arbiter_.moved(now, control)) hand_took(now, control, from, queue);
    if (hands_looked_at_) return;
    hands_looked_at_ = arbiter_.rests_at();
    if (hands_looked_at_) queue.emplace_back(surface::WakeAt{*hands_looked_at_});
}

void Engine::hand_touches(Instant now, const surface::TouchControl& touch, std::deque<Effect>& queue) {
    const Arbiter::Key control(touch.strip, touch.control);
    const auto from = arbiter_.owner(control, mode_of(surface_, control));
    if (!touch.held) {
        if (arbiter_.let_go(control)) hand_left(now, control, queue);
    } else if (arbiter_.touched(control)) {
        hand_took(now, control, from, queue);
    }
}

/// The job is told at once when it had the control: another learns it when it would set it.
void Engine::hand_took(Instant now, Arbiter::Key control, ControlOwner from, std::deque<Effect>& queue) {
    touch_in_daw(now, control, true, queue);
    if (from != ControlOwner::pass && from != ControlOwner::ride) return;
    told_taken_.insert(control);
    queue.emplace_back(surface::Event(surface::ControlTaken{control.first, control.second}));
}

void Engine::hand_left(Instant now, Arbiter::Key control, std::deque<Effect>& queue) {
    if (told_taken_.erase(control) > 0)
        queue.emplace_back(surface::Event(surface::ControlLetGo{control.first, control.second}));
    else
        touch_in_daw(now, control, false, queue);
}

/// A ride that holds the control by now lets go of it by itself.
void Engine::job_knows_left(Instant now, const surface::ControlLetGo& left, std::deque<Effect>& queue) {
    const Arbiter::Key control(left.strip, left.control);
    if (arbiter_.owner(control, AutomationMode::manual) == ControlOwner::ride)
        touched_in_daw_.erase(control);
    else
        touch_in_daw(now, control, false, queue);
}

/// In these modes a DAW records what a hand does on a control that it holds, and goes on by itself after.
void Engine::touch_in_daw(Instant now, Arbiter::Key control, bool held, std::deque<Effect>& queue) {
    if (held) {
        const auto mode = mode_of(surface_, control);
        if (mode != AutomationMode::touch && mode != AutomationMode::latch) return;
        if (!surface_.capabilities().touch) return;
        touched_in_daw_.insert(control);
    } else if (touched_in_daw_.erase(control) == 0) {
        return;
    }
    Refusals cannot;  // a control that takes no touch is moved without it
    carry_out(now, surface::TouchControl{control.first, control.second, held}, queue, cannot);
}

void Engine::watch_hands(Instant now, std::deque<Effect>& queue) {
    if (!hands_looked_at_ || *hands_looked_at_ > now) return;
    for (const auto& control : arbiter_.rested(now)) hand_left(now, control, queue);
    hands_looked_at_ = arbiter_.rests_at();
    if (hands_looked_at_) queue.emplace_back(surface::WakeAt{*hands_looked_at_});
}

/// Whether it may leave; else the job is told that a hand has the control.
bool Engine::job_may(const surface::Command& command, std::deque<Effect>& queue) {
    std::optional<Arbiter::Key> control;
    auto by = ControlOwner::pass;
    if (const auto* set = std::get_if<surface::SetControl>(&command)) control = {set->strip, set->control};
    if (const auto* tried = std::get_if<surface::TryFader>(&command))
        control = {tried->strip, Control::fader};
    if (const auto* touch = std::get_if<surface::TouchControl>(&command)) {
        control = {touch->strip, touch->control};
        by = ControlOwner::ride;
        if (!touch->held) {
            arbiter_.give_back(*control);
            return arbiter_.owner(*control, AutomationMode::manual) != ControlOwner::hand;
        }
    }
    if (!control || arbiter_.claim(*control, by)) return true;
    told_taken_.insert(*control);
    queue.emplace_back(surface::Event(surface::ControlTaken{control->first, control->second}));
    return false;
}

}  // namespace kedge::engine
