#include "sim/banked_host.hpp"

#include <algorithm>
#include <utility>

/// The person in front of the DAW.
namespace kedge::sim {

void BankedHost::move_fader(std::size_t index, Decibels to) {
    set(engine_.strips().at(index), Control::fader, to);
}

void BankedHost::move_master(Decibels to) {
    set(engine_.master(), Control::fader, to);
}

void BankedHost::turn_pan(std::size_t index, Pan to) {
    set(engine_.strips().at(index), Control::pan, to);
}

void BankedHost::mute(std::size_t index, bool muted) {
    set(engine_.strips().at(index), Control::mute, muted ? Mute::muted : Mute::open);
}

void BankedHost::solo(std::size_t index, bool soloed) {
    engine_.strips().at(index).soloed = soloed;
}

void BankedHost::select(std::size_t index, bool selected) {
    engine_.strips().at(index).selected = selected;
}

void BankedHost::hide(std::size_t index, bool hidden) {
    engine_.strips().at(index).hidden = hidden;
    repaint_after_lag();
}

void BankedHost::rename(std::size_t index, const std::string& name) {
    engine_.strips().at(index).name = name;
    undo_.changed(ReaperUndo::Kind::name, clock_, engine_);
}

std::size_t BankedHost::add_track(const Stem& stem) {
    engine_.add_track(stem);
    repaint_after_lag();
    return engine_.strips().size() - 1;
}

void BankedHost::insert_track(std::size_t index, const Stem& stem) {
    engine_.add_track(stem);
    auto& strips = engine_.strips();
    std::rotate(strips.begin() + static_cast<std::ptrdiff_t>(index), std::prev(strips.end()), strips.end());
    repaint_after_lag();
}

void BankedHost::remove_track(std::size_t index) {
    engine_.remove(engine_.strips().at(index).id);
    repaint_after_lag();
}

void BankedHost::reorder_tracks(const std::vector<std::size_t>& order) {
    std::vector<SimStrip> sorted;
    for (const std::size_t place : order) sorted.push_back(engine_.strips().at(place));
    engine_.strips() = std::move(sorted);
    repaint_after_lag();
}

void BankedHost::set_mode(std::size_t index, AutomationMode mode) {
    change_mode(engine_.strips().at(index), mode);
}

}  // namespace kedge::sim
