#include "sim/simulated_live.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

/// The person in front of Live.
namespace kedge::sim {

void SimulatedLive::move_fader(std::size_t index, Decibels to) {
    set(engine_.strips().at(index), Control::fader, to);
}

void SimulatedLive::turn_pan(std::size_t index, Pan to) {
    set(engine_.strips().at(index), Control::pan, to);
}

void SimulatedLive::mute_track(std::size_t index, bool muted) {
    set(engine_.strips().at(index), Control::mute, muted ? Mute::muted : Mute::open);
}

void SimulatedLive::solo_track(std::size_t index, bool soloed) {
    SimStrip& track = engine_.strips().at(index);
    if (std::exchange(track.soloed, soloed) != soloed) tell_track(track, "solo");
}

void SimulatedLive::rename_track(std::size_t index, const std::string& name) {
    SimStrip& track = engine_.strips().at(index);
    track.name = name;
    tell_track(track, "name");
}

std::size_t SimulatedLive::add_track(const Stem& stem) {
    engine_.add_track(stem);
    return engine_.strips().size() - 1;
}

void SimulatedLive::insert_track(std::size_t index, const Stem& stem) {
    engine_.add_track(stem);
    auto& tracks = engine_.strips();
    std::rotate(tracks.begin() + static_cast<std::ptrdiff_t>(index), std::prev(tracks.end()), tracks.end());
}

std::size_t SimulatedLive::add_group(const std::string& name) {
    SimStrip group;
    group.name = name;
    group.channels = 2;
    group.kind = StripKind::audio_bus;
    engine_.add(std::move(group));
    return engine_.strips().size() - 1;
}

void SimulatedLive::put_into(std::size_t index, std::optional<std::size_t> group) {
    engine_.strips().at(index).output = group ? engine_.strips().at(*group).id : RouteId{};
}

void SimulatedLive::remove_track(std::size_t index) {
    const RouteId id = engine_.strips().at(index).id;
    listeners_.object_is_gone(id);
    peaks_.erase(id);
    engine_.remove(id);
}

void SimulatedLive::reorder_tracks(const std::vector<std::size_t>& order) {
    std::vector<SimStrip> sorted;
    for (const std::size_t place : order) sorted.push_back(engine_.strips().at(place));
    engine_.strips() = std::move(sorted);
}

}  // namespace kedge::sim
