#include "sim/simulated_reaper.hpp"

#include <algorithm>
#include <utility>

/// The person in front of REAPER. The surface is told of each change in the moment it is made.
namespace kedge::sim {

void SimulatedReaper::rename_track(std::size_t index, const std::string& name) {
    SimStrip& strip = engine_.strips().at(index);
    strip.name = name;
    undo_.changed(ReaperUndo::Kind::name, clock_, engine_);
    const TrackNumber number = number_of(strip);
    say_of_track("TRACK_NAME", number, {std::nullopt, std::nullopt, name_of(number)});
}

void SimulatedReaper::move_fader(std::size_t index, Decibels to) {
    SimStrip& strip = engine_.strips().at(index);
    set_control(strip, Control::fader, to);
    undo_.changed(ReaperUndo::Kind::volume, clock_, engine_);
    last_touched(number_of(strip));
    if (is_shown(number_of(strip))) tell_volume(number_of(strip), to);
}

void SimulatedReaper::turn_pan(std::size_t index, Pan to) {
    SimStrip& strip = engine_.strips().at(index);
    set_control(strip, Control::pan, to);
    undo_.changed(ReaperUndo::Kind::pan, clock_, engine_);
    last_touched(number_of(strip));
    tell_pan(number_of(strip));
}

void SimulatedReaper::mute_track(std::size_t index, bool muted) {
    SimStrip& strip = engine_.strips().at(index);
    set_control(strip, Control::mute, muted ? Mute::muted : Mute::open);
    undo_.changed(ReaperUndo::Kind::mute, clock_, engine_);
    last_touched(number_of(strip));
    tell_mute(number_of(strip));
}

void SimulatedReaper::select_track(std::size_t index, bool selected) {
    SimStrip& strip = engine_.strips().at(index);
    strip.selected = selected;
    tell_selected(number_of(strip));
    last_touched(number_of(strip));
}

std::size_t SimulatedReaper::add_track(const Stem& stem) {
    engine_.add_track(stem);
    tell_track_list();
    return engine_.strips().size() - 1;
}

std::size_t SimulatedReaper::add_folder(const std::string& name) {
    SimStrip folder;
    folder.name = name;
    folder.channels = 2;
    folder.kind = StripKind::audio_bus;
    engine_.add(std::move(folder));
    tell_track_list();
    return engine_.strips().size() - 1;
}

void SimulatedReaper::put_into(std::size_t index, std::optional<std::size_t> folder) {
    engine_.strips().at(index).output = folder ? engine_.strips().at(*folder).id : RouteId{};
    tell_track_list();
}

void SimulatedReaper::remove_track(std::size_t index) {
    engine_.remove(engine_.strips().at(index).id);
    tell_track_list();
}

void SimulatedReaper::reorder_tracks(const std::vector<std::size_t>& order) {
    std::vector<SimStrip> sorted;
    for (const std::size_t place : order) sorted.push_back(engine_.strips().at(place));
    engine_.strips() = std::move(sorted);
    tell_track_list();
}

void SimulatedReaper::hide_track(std::size_t index, bool hidden) {
    engine_.strips().at(index).hidden = hidden;
    if (device_.bank_follows_mixer) tell_track_list();
}

void SimulatedReaper::draw_envelope(std::size_t index, const ReaperEnvelope& envelope) {
    put_envelope(engine_.strips().at(index), envelope);
}

void SimulatedReaper::insert_effect(std::size_t index, ReaperEffect effect) {
    effects_[engine_.strips().at(index).id].push_back(std::move(effect));
    tell_track_list();
}

void SimulatedReaper::put_into_group(std::size_t index, const std::string& group) {
    engine_.strips().at(index).group = group;
}

void SimulatedReaper::set_mode(std::size_t index, AutomationMode mode) {
    SimStrip& strip = engine_.strips().at(index);
    change_mode(strip, mode);
    tell_modes(number_of(strip));
}

void SimulatedReaper::add_marker(const ReaperMarker& marker) {
    markers_.push_back(marker);
    std::stable_sort(markers_.begin(), markers_.end(),
                     [](const ReaperMarker& a, const ReaperMarker& b) { return a.at < b.at; });
    tell_markers(0, 0);
}

void SimulatedReaper::move_cursor(SongTime to) {
    seek(to.samples(engine_.song().rate));
}

void SimulatedReaper::press_play() {
    play();
}

void SimulatedReaper::press_stop() {
    stop();
}

}  // namespace kedge::sim
