#include "sim/reaper_undo.hpp"

#include <utility>

namespace kedge::sim {

namespace {

constexpr Duration held_for = std::chrono::milliseconds(500);

}  // namespace

ReaperUndo::Point ReaperUndo::point_of(const AudioEngine& engine) {
    Point point;
    const auto keep = [&](const SimStrip& strip) {
        point.push_back({strip.id, strip.name, strip.fader, strip.pan, strip.muted, strip.soloed});
    };
    keep(engine.master());
    for (const SimStrip& strip : engine.strips()) keep(strip);
    return point;
}

void ReaperUndo::keep(const AudioEngine& engine) {
    Point point = point_of(engine);
    if (point == points_[at_]) return;
    points_.resize(at_ + 1);
    points_.push_back(std::move(point));
    ++at_;
}

void ReaperUndo::changed(Kind kind, Instant now, const AudioEngine& engine) {
    const auto before = std::exchange(held_, kind);
    last_change_ = now;
    if (before && *before != kind) keep(engine);
}

void ReaperUndo::run(Instant now, const AudioEngine& engine) {
    if (!held_ || now - last_change_ < held_for) return;
    held_.reset();
    keep(engine);
}

bool ReaperUndo::undo(AudioEngine& engine) {
    held_.reset();
    if (at_ == 0) return false;
    --at_;
    restore(engine);
    return true;
}

bool ReaperUndo::redo(AudioEngine& engine) {
    held_.reset();
    if (at_ + 1 >= points_.size()) return false;
    ++at_;
    restore(engine);
    return true;
}

void ReaperUndo::forget(const AudioEngine& engine) {
    points_ = {point_of(engine)};
    at_ = 0;
    held_.reset();
}

void ReaperUndo::restore(AudioEngine& engine) const {
    for (const Values& values : points_[at_]) {
        SimStrip* strip = engine.find(values.strip);
        if (!strip) continue;
        strip->name = values.name;
        strip->fader = values.fader;
        strip->pan = values.pan;
        strip->muted = values.muted;
        strip->soloed = values.soloed;
    }
}

}  // namespace kedge::sim
