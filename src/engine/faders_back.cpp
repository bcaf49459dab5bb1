#include "engine/faders_back.hpp"

#include <algorithm>
#include <utility>

namespace kedge::engine {

using surface::RunnerOutbox;

void FadersBack::start(Desk& desk, std::vector<Wish> wishes) {
    wishes_ = std::move(wishes);
    std::vector<FaderModes::Wish> modes;
    for (const Wish& wish : wishes_) modes.push_back({wish.strip, wish.mode});
    phase_ = Phase::modes;
    modes_.start(desk, modes);
    go_on(desk);
}

void FadersBack::go_on(Desk& desk) {
    if (phase_ == Phase::modes && modes_.done()) start_faders(desk);
    if (phase_ == Phase::faders && errands_.finished()) phase_ = Phase::done;
}

void FadersBack::start_faders(Desk& desk) {
    phase_ = Phase::faders;
    for (const Wish& wish : wishes_) {
        // A fader that another mode holds would not take the value, or would write it.
        if (!wish.fader || mode_failed(wish.strip) || desk.mixer().find(wish.strip) == nullptr) continue;
        errands_.add({.kind = surface::Errand::Kind::check,
                      .strip = wish.strip,
                      .control = Control::fader,
                      .target = *wish.fader,
                      .tries = pacing_.most_sends});
    }
    RunnerOutbox out;
    pump(desk, out);
}

void FadersBack::pump(Desk& desk, RunnerOutbox& out) {
    errands_.pump(desk.now(), out);
    for (const auto& command : out.commands) desk.send(command);
    if (out.wake_at) desk.wake_at(*out.wake_at);
}

void FadersBack::event(Desk& desk, const surface::Event& event) {
    if (phase_ == Phase::modes) modes_.look(desk);
    if (phase_ == Phase::faders) {
        RunnerOutbox out;
        if (const auto* report = std::get_if<surface::ControlReported>(&event))
            errands_.reported(desk.now(), *report, out);
        if (const auto* refusal = std::get_if<surface::ControlRefused>(&event))
            errands_.refused(desk.now(), *refusal, out);
        if (const auto* hand = std::get_if<surface::ControlTaken>(&event))
            errands_.leave(hand->strip, hand->control);
        if (const auto* changed = std::get_if<surface::StripsChanged>(&event))
            errands_.removed(changed->removed);
        pump(desk, out);
    }
    go_on(desk);
}

void FadersBack::wake(Desk& desk) {
    if (phase_ == Phase::modes) modes_.wake(desk);
    if (phase_ == Phase::faders) {
        RunnerOutbox out;
        errands_.wake(desk.now(), out);
        pump(desk, out);
    }
    go_on(desk);
}

void FadersBack::refused(Desk& desk, const surface::Command& command) {
    if (const auto* mode = std::get_if<surface::SetAutomation>(&command); mode && phase_ == Phase::modes)
        modes_.refused(mode->strip);
    const auto* set = std::get_if<surface::SetControl>(&command);
    const auto* question = std::get_if<surface::QueryControl>(&command);
    if (phase_ == Phase::faders && (set != nullptr || question != nullptr)) {
        RunnerOutbox out;
        const StripId strip = set != nullptr ? set->strip : question->strip;
        errands_.refused(desk.now(), {strip, Control::fader}, out);
        pump(desk, out);
    }
    go_on(desk);
}

bool FadersBack::mode_failed(StripId strip) const {
    const auto& failed = modes_.failed();
    return std::any_of(failed.begin(), failed.end(),
                       [&](const FaderModes::Wish& wish) { return wish.strip == strip; });
}

bool FadersBack::fader_failed(StripId strip) const {
    const auto wish =
        std::find_if(wishes_.begin(), wishes_.end(), [&](const Wish& each) { return each.strip == strip; });
    if (wish == wishes_.end() || !wish->fader) return false;
    const surface::Errand* errand = errands_.find(strip, Control::fader);
    return errand == nullptr || errand->end != surface::ErrandEnd::reached;
}

}  // namespace kedge::engine
