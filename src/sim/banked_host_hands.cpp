#include "sim/banked_host.hpp"

#include <algorithm>

/// The hands on the surface: touches, positions, turns and switches.
namespace kedge::sim {

/// What a hand on this place moves, whatever stands there still.
SimStrip* BankedHost::bound(SurfacePlace place) {
    if (place.is_master()) return &engine_.master();
    const auto id = strip_at(place.from_left());
    return id ? engine_.find(*id) : nullptr;
}

bool BankedHost::is_touched(SurfacePlace place) const {
    const auto found = hands_.find(place);
    if (found == hands_.end()) return false;
    const Hand& hand = found->second;
    return hand.held || (!touch_is_told_ && hand.moved && clock_ - *hand.moved < settings_.touched_by_moves);
}

void BankedHost::touch(SurfacePlace place, bool touched) {
    touch_is_told_ = true;
    Hand& hand = hands_[place];
    if (hand.held == touched) return;
    hand.held = touched;
    if (!touched) {
        let_go(place);
        return;
    }
    SimStrip* strip = bound(place);
    if (!strip) return;
    hand.strip = strip->id;
    strip->automation(Control::fader).touch({engine_.position(), strip->fader}, engine_.rolling());
    if (!place.is_master())
        lines_.at(static_cast<std::size_t>(place.from_left()))
            .show(ValueLine::Shown::level, clock_, settings_.values);
}

void BankedHost::let_go(SurfacePlace place) {
    Hand& hand = hands_[place];
    hand.moved.reset();
    SimStrip* touched = hand.strip ? engine_.find(*hand.strip) : nullptr;
    hand.strip.reset();
    if (touched) {
        ControlAutomation& automation = touched->automation(Control::fader);
        if (automation.touched()) automation.release(Control::fader, {engine_.position(), touched->fader});
    }
    if (settings_.echo == FaderEcho::when_let_go) painter_.forget_fader(place);
    const SimStrip* strip = bound(place);
    if (strip && settings_.echo != FaderEcho::when_let_go && !settings_.catches_up)
        painter_.assume_fader(place, fader_picture(*strip));
}

/// Hands that never say that they let go.
void BankedHost::run_touches() {
    if (touch_is_told_) return;
    for (auto& [place, hand] : hands_)
        if (hand.moved && clock_ - *hand.moved >= settings_.touched_by_moves) let_go(place);
}

void BankedHost::move(SurfacePlace place, FaderPosition position) {
    SimStrip* strip = bound(place);
    if (!strip) return;
    if (!touch_is_told_ && settings_.touched_by_moves > Duration()) hands_[place].moved = clock_;
    if (flipped_) {
        write(*strip, Control::pan, Pan(2.0 * position.value() / FaderPosition::top - 1.0));
    } else {
        write(*strip, Control::fader, settings_.faders.level_at(position));
    }
    if (settings_.echo == FaderEcho::at_once) show_fader(place, settings_.faders.echo_of(position));
    // What the DAW makes of it is not said as a change of its own.
    painter_.assume_fader(place, fader_picture(*strip));
}

void BankedHost::turn(SurfacePlace place, int ticks) {
    SimStrip* strip = bound(place);
    if (!strip) return;
    const double across = 2.0 * ticks / settings_.ticks_across;
    write(*strip, Control::pan, Pan(strip->pan.position() + across));
}

void BankedHost::centre_pan(SurfacePlace place) {
    if (SimStrip* strip = bound(place)) write(*strip, Control::pan, Pan::centre());
}

void BankedHost::toggle_mute(SurfacePlace place) {
    if (SimStrip* strip = bound(place)) write(*strip, Control::mute, strip->muted ? Mute::open : Mute::muted);
}

void BankedHost::toggle_solo(SurfacePlace place) {
    SimStrip* strip = bound(place);
    if (!strip) return;
    strip->soloed = !strip->soloed;
    undo_.changed(ReaperUndo::Kind::solo, clock_, engine_);
}

void BankedHost::toggle_record(SurfacePlace place) {
    SimStrip* strip = bound(place);
    if (strip && strip->is_track()) strip->record_enabled = !strip->record_enabled;
}

void BankedHost::press_select(SurfacePlace place) {
    SimStrip* strip = bound(place);
    if (!strip) return;
    auto& strips = engine_.strips();
    const bool before = strip->selected;
    const auto selected =
        std::count_if(strips.begin(), strips.end(), [](const SimStrip& s) { return s.selected; });
    if (settings_.selects_one)
        for (SimStrip& each : strips) each.selected = false;
    strip->selected = !before || (settings_.selects_one && selected > 1);
}

void BankedHost::clear_solos() {
    for (SimStrip& strip : engine_.strips()) strip.soloed = false;
}

void BankedHost::write(SimStrip& strip, Control control, const ControlValue& value) {
    wire_writes_.push_back({strip.id, control, value, clock_});
    ControlAutomation& automation = strip.automation(control);
    if (settings_.play_mode_is_deaf && !automation.writable()) return;
    set(strip, control, value);
}

void BankedHost::set(SimStrip& strip, Control control, const ControlValue& value) {
    strip.set_value(control, value);
    if (engine_.rolling()) strip.automation(control).wrote({engine_.position(), value});
    note_undo(control);
}

void BankedHost::note_undo(Control control) {
    switch (control) {
        case Control::trim:
        case Control::fader:
            undo_.changed(ReaperUndo::Kind::volume, clock_, engine_);
            break;
        case Control::pan:
            undo_.changed(ReaperUndo::Kind::pan, clock_, engine_);
            break;
        case Control::mute:
            undo_.changed(ReaperUndo::Kind::mute, clock_, engine_);
            break;
    }
}

void BankedHost::undo() {
    if (settings_.undo_takes_back) static_cast<void>(undo_.undo(engine_));
}

void BankedHost::redo() {
    if (settings_.undo_takes_back) static_cast<void>(undo_.redo(engine_));
}

void BankedHost::set_selected_modes(AutomationMode mode) {
    for (SimStrip& strip : engine_.strips())
        if (strip.selected) change_mode(strip, mode);
}

void BankedHost::change_mode(SimStrip& strip, AutomationMode mode) {
    strip.automation(Control::fader)
        .set_mode(mode, {engine_.position(), strip.fader}, engine_.rolling(), engine_.song_samples());
}

}  // namespace kedge::sim
