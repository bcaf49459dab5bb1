#include "control/takeover.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace kedge::control {

Takeover::Takeover(TakeoverWay way, int step) : way_(way), step_(step) {
    assert(step >= 1);
}

void Takeover::target_at(FaderPosition at) {
    if (target_ == at) return;
    target_ = at;
    caught_ = hand_ && std::abs(hand_->value() - at.value()) <= step_;
}

void Takeover::hand_at(FaderPosition at) {
    hand_ = at;
    caught_ = target_ && std::abs(at.value() - target_->value()) <= step_;
}

void Takeover::let_go() {
    hand_.reset();
    target_.reset();
    caught_ = false;
}

std::optional<FaderPosition> Takeover::moved(FaderPosition to) {
    const auto from = std::exchange(hand_, to);
    if (way_ == TakeoverWay::jump) return set(to);
    if (!target_) return std::nullopt;
    caught_ = caught_ || std::abs(to.value() - target_->value()) <= step_ ||
              (from && (*from < *target_) != (to < *target_));
    switch (way_) {
        case TakeoverWay::jump:
            break;
        case TakeoverWay::pickup:
            return follow();
        case TakeoverWay::scale:
            if (caught_) return set(to);
            return from ? set(scaled(*from, to)) : std::nullopt;
        case TakeoverWay::catch_up:
            if (caught_) return set(to);
            return from ? set(nearer(*from, to)) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<FaderPosition> Takeover::follow() {
    if (!follows()) return std::nullopt;
    const int gap = hand_->value() - target_->value();
    return set(FaderPosition(target_->value() + std::clamp(gap, -step_, step_)));
}

bool Takeover::follows() const {
    return way_ == TakeoverWay::pickup && caught_ && hand_ != target_;
}

TargetSeen Takeover::seen() const {
    if (!hand_ || !target_) return TargetSeen::nowhere;
    if (caught_ || hand_ == target_) return TargetSeen::here;
    return *target_ > *hand_ ? TargetSeen::above : TargetSeen::below;
}

std::optional<FaderPosition> Takeover::set(FaderPosition to) {
    if (std::exchange(target_, to) == to) return std::nullopt;
    return to;
}

/// What is left above the control is to what is left above the target as it was before; below likewise.
FaderPosition Takeover::scaled(FaderPosition from, FaderPosition to) const {
    const bool up = to > from;
    const auto left = [up](FaderPosition at) {
        return static_cast<double>(up ? FaderPosition::top - at.value() : at.value());
    };
    if (left(from) == 0.0) return *target_;
    const double remains = left(*target_) * left(to) / left(from);
    return FaderPosition(static_cast<int>(std::lround(up ? FaderPosition::top - remains : remains)));
}

FaderPosition Takeover::nearer(FaderPosition from, FaderPosition to) const {
    const int most = 2 * std::abs(to.value() - from.value());
    const int gap = to.value() - target_->value();
    return FaderPosition(target_->value() + std::clamp(gap, -most, most));
}

}  // namespace kedge::control
