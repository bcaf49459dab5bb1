#include "engine/fader_modes.hpp"

#include <algorithm>

namespace kedge::engine {

namespace {

constexpr Duration mode_answer_time = std::chrono::milliseconds(250);
constexpr int most_mode_tries = 12;

bool has_mode(const Desk& desk, const FaderModes::Wish& wish) {
    const Strip* strip = desk.mixer().find(wish.strip);
    return strip != nullptr && strip->fader_automation == wish.mode;
}

}  // namespace

void FaderModes::send(Desk& desk, const Wish& wish) {
    desk.send(surface::SetAutomation{wish.strip, Control::fader, wish.mode});
}

void FaderModes::start(Desk& desk, const std::vector<Wish>& wishes) {
    open_.clear();
    failed_.clear();
    for (const Wish& wish : wishes) {
        if (has_mode(desk, wish)) continue;
        send(desk, wish);
        open_.push_back({wish, 1});
    }
    deadline_ = desk.now() + mode_answer_time;
    if (!done()) desk.wake_at(deadline_);
}

void FaderModes::look(Desk& desk) {
    std::erase_if(open_, [&](const Open& each) {
        const bool gone = desk.mixer().find(each.wish.strip) == nullptr;
        if (gone) failed_.push_back(each.wish);
        return gone || has_mode(desk, each.wish);
    });
}

void FaderModes::wake(Desk& desk) {
    look(desk);
    if (done() || desk.now() < deadline_) return;
    std::erase_if(open_, [&](Open& each) {
        const bool given_up = ++each.tries > most_mode_tries;
        if (given_up) failed_.push_back(each.wish);
        return given_up;
    });
    for (const Open& each : open_) send(desk, each.wish);
    deadline_ = desk.now() + mode_answer_time;
    if (!done()) desk.wake_at(deadline_);
}

void FaderModes::refused(StripId strip) {
    std::erase_if(open_, [&](const Open& each) {
        if (each.wish.strip != strip) return false;
        failed_.push_back(each.wish);
        return true;
    });
}

}  // namespace kedge::engine
