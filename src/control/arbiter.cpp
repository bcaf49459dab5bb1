#include "control/arbiter.hpp"

#include <algorithm>

namespace kedge::control {

bool Arbiter::moved(Instant now, Key control) {
    const auto [hand, taken] = hands_.try_emplace(control);
    hand->second.moves_until = now + rest_;
    return taken;
}

bool Arbiter::touched(Key control) {
    const auto [hand, taken] = hands_.try_emplace(control);
    ++hand->second.touches;
    return taken;
}

bool Arbiter::let_go(Key control) {
    const auto hand = hands_.find(control);
    if (hand == hands_.end() || hand->second.touches == 0) return false;
    if (--hand->second.touches > 0) return false;
    hands_.erase(hand);
    return true;
}

std::vector<Arbiter::Key> Arbiter::rested(Instant now) {
    std::vector<Key> rested;
    for (const auto& [control, hand] : hands_)
        if (hand.touches == 0 && hand.moves_until <= now) rested.push_back(control);
    for (const Key& control : rested) hands_.erase(control);
    return rested;
}

std::optional<Instant> Arbiter::rests_at() const {
    std::optional<Instant> earliest;
    for (const auto& [control, hand] : hands_)
        if (hand.touches == 0 && (!earliest || hand.moves_until < *earliest)) earliest = hand.moves_until;
    return earliest;
}

bool Arbiter::claim(Key control, ControlOwner by) {
    if (hands_.count(control) > 0) return false;
    auto& owner = claims_.try_emplace(control, by).first->second;
    owner = std::max(owner, by);  // what a ride sets is the ride's
    return true;
}

ControlOwner Arbiter::owner(Key control, AutomationMode mode) const {
    if (hands_.count(control) > 0) return ControlOwner::hand;
    if (const auto claim = claims_.find(control); claim != claims_.end()) return claim->second;
    return mode == AutomationMode::manual ? ControlOwner::nobody : ControlOwner::automation;
}

void Arbiter::forget() {
    hands_.clear();
    claims_.clear();
}

}  // namespace kedge::control
