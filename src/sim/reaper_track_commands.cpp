#include "reaper/fader_law.hpp"
#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

/// What a message does to tracks. One to a selected track is one to all that are selected, and its group's
/// tracks move along.
namespace kedge::sim {

namespace {

struct ModeWord {
    std::string_view key;
    AutomationMode mode;
};
constexpr std::array mode_words = {
    ModeWord{"TRACK_AUTO_TRIM", AutomationMode::manual}, ModeWord{"TRACK_AUTO_READ", AutomationMode::play},
    ModeWord{"TRACK_AUTO_TOUCH", AutomationMode::touch}, ModeWord{"TRACK_AUTO_LATCH", AutomationMode::latch},
    ModeWord{"TRACK_AUTO_WRITE", AutomationMode::write}};

const ModeWord* mode_word(std::string_view key) {
    for (const ModeWord& each : mode_words)
        if (each.key == key) return &each;
    return nullptr;
}

/// Far above any fader: what REAPER makes of more is not known.
constexpr double highest_db = 150.0;

/// Numbers that come as a fader's position or a side, unless a raw or textual pattern asked for them.
bool is_normalized(reaper::Flag flag) {
    return flag == reaper::Flag::normalized || flag == reaper::Flag::boolean ||
           flag == reaper::Flag::trigger || flag == reaper::Flag::rotary;
}

}  // namespace

bool SimulatedReaper::on_track(ReaperCall& call) {
    const bool master = call.key.starts_with("MASTER_");
    if (!master && !call.key.starts_with("TRACK_")) return false;
    if (call.key.find("_SEND_") != std::string_view::npos ||
        call.key.find("_RECV_") != std::string_view::npos)
        return false;
    const TrackNumber number = master                 ? 0
                               : call.numbers.empty() ? current_track_
                                                      : bank_start_ + call.numbers.front();
    SimStrip* strip = track(number);
    if (!strip) return true;
    const std::string_view word = call.key.substr(call.key.find('_') + 1);
    if (word == "NAME") {
        set_name(number, *strip, call);
    } else if (word == "VOLUME" || word == "PAN") {
        set_value(number, *strip, call, word == "VOLUME");
    } else if (word == "PAN2" && number != 0) {
        set_width(number, *strip, call);
    } else if (word == "VOLUME_TOUCH" || word == "PAN_TOUCH") {
        const int pressed = call.trigger();
        const Touchable which = word == "VOLUME_TOUCH" ? Touchable::volume : Touchable::pan;
        // Remembered by the number the track has now.
        if (pressed != 0 && number < most_touched) touches_[{number, which}].held = pressed > 0;
    } else if (const ModeWord* mode = mode_word(call.key)) {
        set_modes(number, *strip, call, mode->mode);
    } else if (word == "SELECT") {
        set_selected(number, *strip, call);
    } else if (word == "MUTE") {
        set_switch(*strip, call, &SimStrip::muted);
    } else if (word == "SOLO") {
        set_switch(*strip, call, &SimStrip::soloed);
    } else if (word == "REC_ARM" && number != 0) {
        set_switch(*strip, call, &SimStrip::record_enabled);
    } else if (word == "MONITOR" && number != 0) {
        set_monitor(*strip, call);
    }
    return true;
}

void SimulatedReaper::set_name(TrackNumber number, SimStrip& strip, ReaperCall& call) {
    const auto name = call.arguments->text();
    if (!name || number == 0) return;
    strip.name = *name;
    undo_.changed(ReaperUndo::Kind::name, clock_, engine_);
    say_of_track("TRACK_NAME", number, {std::nullopt, std::nullopt, name_of(number)});
}

void SimulatedReaper::set_value(TrackNumber number, SimStrip& strip, ReaperCall& call, bool volume) {
    const auto value = call.number();
    if (!value || std::isnan(*value)) return;
    const bool normalized = is_normalized(call.flag);
    if (!volume) {
        set_pan(number, strip, normalized ? *value * 2.0 - 1.0 : *value);
    } else if (normalized) {
        set_volume(number, strip, reaper::level_at(FaderShare(*value)));
    } else {
        set_volume(number, strip, Decibels(std::min(*value, highest_db)));
    }
}

/// The others move by as many dB, and nobody is told of them. What is told of the track itself
/// is what was asked for.
void SimulatedReaper::set_volume(TrackNumber number, SimStrip& strip, Decibels to) {
    note_value(number, Touchable::volume);
    const Decibels from = strip.fader;
    if (!from.is_silence())
        for (SimStrip* other : tracks_moving_with(strip))
            set_control(*other, Control::fader,
                        to.is_silence() ? to : std::min(other->fader + (to - from), Decibels(highest_db)));
    set_control(strip, Control::fader, to);
    undo_.changed(ReaperUndo::Kind::volume, clock_, engine_);
    last_touched(number);
    if (is_shown(number)) tell_volume(number, to);
}

/// Beyond the ends is the end.
void SimulatedReaper::set_pan(TrackNumber number, SimStrip& strip, double to) {
    note_value(number, Touchable::pan);
    const double by = to - strip.pan.position();
    for (SimStrip* other : tracks_moving_with(strip))
        set_control(*other, Control::pan, Pan(other->pan.position() + by));
    set_control(strip, Control::pan, Pan(to));
    undo_.changed(ReaperUndo::Kind::pan, clock_, engine_);
    last_touched(number);
    tell_pan(number);
}

/// In the mode "balance" the second pan is the width. The others are moved as by a pan.
void SimulatedReaper::set_width(TrackNumber number, SimStrip& strip, ReaperCall& call) {
    const auto value = call.number();
    if (!value || std::isnan(*value)) return;
    const double to = is_normalized(call.flag) ? *value * 2.0 - 1.0 : *value;
    const double by = to - width_of(strip);
    for (const SimStrip* other : tracks_moving_with(strip))
        widths_[other->id] = std::clamp(width_of(*other) + by, -1.0, 1.0);
    widths_[strip.id] = std::clamp(to, -1.0, 1.0);
    last_touched(number);
    tell_pan(number);
}

double SimulatedReaper::width_of(const SimStrip& strip) const {
    const auto found = widths_.find(strip.id);
    return found == widths_.end() ? 1.0 : found->second;
}

void SimulatedReaper::set_selected(TrackNumber number, SimStrip& strip, ReaperCall& call) {
    const int pressed = call.trigger();
    if (pressed == 0 || (call.flag != reaper::Flag::trigger && strip.selected == (pressed > 0))) return;
    strip.selected = !strip.selected;
    tell_selected(number);
    if (strip.selected) last_touched(number);
}

/// The others are set to what the track now is.
void SimulatedReaper::set_switch(SimStrip& strip, ReaperCall& call, bool SimStrip::*which) {
    const int pressed = call.trigger();
    if (pressed == 0 || (call.flag != reaper::Flag::trigger && strip.*which == (pressed > 0))) return;
    const bool on = !(strip.*which);
    const auto set = [&](SimStrip& each) {
        if (which == &SimStrip::muted) {
            set_control(each, Control::mute, on ? Mute::muted : Mute::open);
        } else if (which != &SimStrip::record_enabled || each.kind != StripKind::master) {
            each.*which = on;
        }
    };
    std::vector<SimStrip*> changed = tracks_moving_with(strip);
    changed.push_back(&strip);
    for (SimStrip* each : changed) set(*each);
    if (which == &SimStrip::record_enabled) {
        tell_track_list();
        return;
    }
    undo_.changed(which == &SimStrip::muted ? ReaperUndo::Kind::mute : ReaperUndo::Kind::solo, clock_,
                  engine_);
    tell_any_solo();
    for (const SimStrip* each : changed) {
        if (each != &strip && !(strip.selected && each->selected)) continue;  // its group is not told
        tell_mute(number_of(*each));
        tell_solo(number_of(*each));
    }
}

/// 0 is off, 1 on, 2 auto; a trigger goes to the next.
void SimulatedReaper::set_monitor(SimStrip& strip, ReaperCall& call) {
    const int now = monitors_[strip.id];
    int to = now;
    if (call.flag == reaper::Flag::trigger) {
        if (call.trigger() > 0) to = (now + 1) % 3;
    } else if (const auto value = call.argument(); value && *value >= 0.0 && *value < 3.0) {
        to = static_cast<int>(*value);
    }
    if (to == now) return;
    std::vector<SimStrip*> changed = tracks_moving_with(strip);
    changed.push_back(&strip);
    for (SimStrip* each : changed) {
        if (each->kind == StripKind::master) continue;
        monitors_[each->id] = to;
        say_of_track("TRACK_MONITOR", number_of(*each),
                     {std::nullopt, static_cast<double>(to), std::nullopt});
    }
}

/// A selection follows but for its last track of all: REAPER counts one too few.
void SimulatedReaper::set_modes(TrackNumber number, SimStrip& strip, ReaperCall& call, AutomationMode mode) {
    const int pressed = call.trigger();
    if (pressed == 0) return;
    if (pressed < 0) mode = AutomationMode::manual;
    change_mode(strip, mode);
    tell_modes(number);
    if (!strip.selected) return;
    for (TrackNumber other = 0; other < track_count(); ++other) {
        SimStrip* each = track(other);
        if (!each || each == &strip || !each->selected) continue;
        change_mode(*each, mode);
        tell_modes(other);
    }
}

void SimulatedReaper::select_only(SimStrip& strip) {
    const auto set = [&](SimStrip& each) {
        const bool selected = each.id == strip.id;
        if (std::exchange(each.selected, selected) != selected) tell_selected(number_of(each));
    };
    set(engine_.master());
    for (SimStrip& each : engine_.strips()) set(each);
}

void SimulatedReaper::unselect_all() {
    for (SimStrip* each : selected_tracks()) {
        each->selected = false;
        tell_selected(number_of(*each));
    }
}

void SimulatedReaper::unsolo_all() {
    for (SimStrip& each : engine_.strips()) {
        if (!std::exchange(each.soloed, false)) continue;
        undo_.changed(ReaperUndo::Kind::solo, clock_, engine_);
        tell_any_solo();
        tell_solo(number_of(each));
    }
}

}  // namespace kedge::sim
