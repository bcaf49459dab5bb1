#include "sim/simulated_reaper.hpp"

#include <array>
#include <utility>

/// Envelopes: one mode for all of a track's; touches, explicit or by values; trim/read, in which the fader
/// works on top of the envelope.
namespace kedge::sim {

namespace {

constexpr std::array enveloped = {Control::fader, Control::pan, Control::mute};
/// Without touch messages a value holds its control for so long.
constexpr Duration touched_by_value = std::chrono::seconds(3);

bool is_touchable(AutomationMode mode) {
    return mode == AutomationMode::touch || mode == AutomationMode::latch;
}

/// An envelope begins with what stood before it was first written.
void begin_envelope(ControlAutomation& automation, const ControlValue& before) {
    if (automation.list().empty()) automation.list().add({0, before});
}

}  // namespace

AutomationMode SimulatedReaper::mode_of(RouteId track) const {
    const auto found = modes_.find(track);
    return found == modes_.end() ? AutomationMode::manual : found->second;
}

void SimulatedReaper::take_modes_of_faders() {
    for (SimStrip& strip : engine_.strips()) {
        const ControlAutomation& fader = strip.automation(Control::fader);
        modes_[strip.id] = fader.mode();
        if (fader.mode() != AutomationMode::manual)
            trim_faders_[strip.id] = {strip.fader, !fader.list().empty()};
    }
}

AutomationPoint SimulatedReaper::now_of(const SimStrip& strip, Control control) const {
    return {engine_.position(), strip.value(control)};
}

void SimulatedReaper::change_mode(SimStrip& strip, AutomationMode mode) {
    const AutomationMode before = std::exchange(modes_[strip.id], mode);
    if (before == mode) return;
    const bool enveloped_fader = !strip.automation(Control::fader).list().empty();
    if (before == AutomationMode::manual) trim_faders_[strip.id] = {strip.fader, enveloped_fader};
    for (const Control control : enveloped) {
        ControlAutomation& automation = strip.automation(control);
        const bool empty = automation.list().empty();
        // Nothing is written over a control without an envelope until it is moved.
        const AutomationMode own = mode == AutomationMode::write && empty ? AutomationMode::manual : mode;
        if (engine_.rolling()) automation.transport_stops(control, now_of(strip, control));
        automation.set_mode(own, now_of(strip, control), engine_.rolling(), engine_.song_samples());
        if (empty) automation.list().clear();
    }
    // The level that was written into an envelope is no longer in the fader.
    const TrimFader& trim = trim_faders_[strip.id];
    if (mode == AutomationMode::manual && enveloped_fader)
        strip.fader = trim.had_envelope ? trim.level : Decibels();
    strip.trim = Decibels();
}

void SimulatedReaper::set_control(SimStrip& strip, Control control, const ControlValue& value) {
    ControlAutomation& automation = strip.automation(control);
    const ControlValue before = strip.value(control);
    strip.set_value(control, value);
    if (!engine_.rolling()) return;
    const AutomationPoint now = now_of(strip, control);
    if (mode_of(strip.id) == AutomationMode::write && automation.mode() != AutomationMode::write) {
        begin_envelope(automation, before);
        automation.set_mode(AutomationMode::write, {now.at, before}, true, engine_.song_samples());
    }
    automation.wrote(now);
}

bool SimulatedReaper::is_touched(TrackNumber number, Touchable which) const {
    const auto found = touches_.find({number, which});
    if (found == touches_.end() || !is_shown(number)) return false;
    const bool by_message =
        feedback_.has(which == Touchable::volume ? "TRACK_VOLUME_TOUCH" : "TRACK_PAN_TOUCH");
    if (by_message) return found->second.held;
    const auto& last = found->second.last_value;
    return last && clock_ - *last < touched_by_value;
}

void SimulatedReaper::note_value(TrackNumber number, Touchable which) {
    if (number < most_touched) touches_[{number, which}].last_value = clock_;
    follow_touches();
}

/// REAPER asks the surface of every track. Which track a touch is of goes by its number.
void SimulatedReaper::follow_touches() {
    const auto ask = [&](SimStrip& strip) {
        if (!is_touchable(mode_of(strip.id))) return;
        const TrackNumber number = number_of(strip);
        follow_touch(strip, Control::fader, is_touched(number, Touchable::volume));
        follow_touch(strip, Control::pan, is_touched(number, Touchable::pan));
    };
    ask(engine_.master());
    for (SimStrip& strip : engine_.strips()) ask(strip);
}

void SimulatedReaper::follow_touch(SimStrip& strip, Control control, bool touched) {
    ControlAutomation& automation = strip.automation(control);
    if (touched == automation.touched()) return;
    const AutomationPoint now = now_of(strip, control);
    if (!touched) {
        automation.release(control, now);
        return;
    }
    if (engine_.rolling()) begin_envelope(automation, now.value);
    automation.touch(now, engine_.rolling());
}

void SimulatedReaper::before_rolling() {
    const auto prepare = [&](SimStrip& strip) {
        for (const Control control : enveloped) {
            ControlAutomation& automation = strip.automation(control);
            if (automation.touched()) begin_envelope(automation, strip.value(control));
        }
    };
    prepare(engine_.master());
    for (SimStrip& strip : engine_.strips()) prepare(strip);
}

/// REAPER's write mode stays what it is.
void SimulatedReaper::after_stop() {
    const auto restore = [&](SimStrip& strip) {
        if (mode_of(strip.id) != AutomationMode::write) return;
        for (const Control control : enveloped) {
            ControlAutomation& automation = strip.automation(control);
            if (!automation.list().empty())
                automation.set_mode(AutomationMode::write, now_of(strip, control), false,
                                    engine_.song_samples());
        }
    };
    restore(engine_.master());
    for (SimStrip& strip : engine_.strips()) restore(strip);
}

/// In trim/read the envelope counts too: it stands in the engine's trim, which REAPER does not have.
void SimulatedReaper::play_trim_envelopes() {
    const auto play = [&](SimStrip& strip) {
        const AutomationList& list = strip.automation(Control::fader).list();
        if (list.empty() || mode_of(strip.id) != AutomationMode::manual) return;
        if (const auto level = list.at(Control::fader, engine_.position()))
            strip.trim = std::get<Decibels>(*level);
    };
    play(engine_.master());
    for (SimStrip& strip : engine_.strips()) play(strip);
}

void SimulatedReaper::tell_automated() {
    if (!engine_.rolling()) return;
    for (TrackNumber number = 0; number <= track_count(); ++number) {
        const SimStrip* strip = track(number);
        if (!strip || !is_shown(number)) continue;
        if (strip->automation(Control::fader).plays()) tell_volume(number, strip->fader);
        if (strip->automation(Control::pan).plays()) tell_pan(number);
        if (strip->automation(Control::mute).plays()) tell_mute(number);
    }
}

}  // namespace kedge::sim
