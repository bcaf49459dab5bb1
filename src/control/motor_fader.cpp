#include "control/motor_fader.hpp"

#include <algorithm>
#include <cstdlib>

namespace kedge::control {

namespace {

constexpr std::size_t most_awaited = 64;  // a DAW tells the last of them at the latest

}  // namespace

std::optional<FaderPosition> MotorFader::moved(Instant now, FaderPosition to) {
    const bool new_place = stands_ != to;
    stands_ = to;
    // Without touch, what a device says while its motor goes cannot be told from a hand's.
    const bool by_motor =
        !held_ && (feel_.senses_touch || (motor_moved_ && now < *motor_moved_ + feel_.quiet));
    if (!held_) moved_alone_ = now;
    if (by_motor || held_for_another_ || !new_place) return std::nullopt;
    set_at_ = now;
    set_.push_back(to);
    if (set_.size() > most_awaited) set_.pop_front();
    return to;
}

void MotorFader::touched(bool held) {
    held_ = held;
    held_for_another_ = held_for_another_ && held;
}

void MotorFader::target_at(FaderPosition at) {
    target_ = at;
    const auto echo =
        std::find_if(set_.begin(), set_.end(), [&](FaderPosition set) { return !is_elsewhere(set, at); });
    if (echo != set_.end()) set_.erase(set_.begin(), echo + 1);
}

void MotorFader::change_target() {
    target_.reset();
    set_.clear();
    held_for_another_ = held_;
}

void MotorFader::forget_device() {
    stands_.reset();
    held_ = false;
    held_for_another_ = false;
    moved_alone_.reset();
    motor_moved_.reset();
}

std::optional<FaderPosition> MotorFader::drive(Instant now) {
    if (held_ || !target_ || now < in_peace_until()) return std::nullopt;
    set_.clear();  // those that were waited for in vain
    if (stands_ && !is_elsewhere(*stands_, *target_)) return std::nullopt;
    stands_ = target_;
    motor_moved_ = now;
    return target_;
}

std::optional<Instant> MotorFader::wake_at(Instant now) const {
    if (held_ || !target_ || (stands_ && !is_elsewhere(*stands_, *target_) && set_.empty()))
        return std::nullopt;
    const auto then = in_peace_until();
    return then > now ? std::optional(then) : std::nullopt;
}

Instant MotorFader::in_peace_until() const {
    Instant until;
    if (moved_alone_) until = *moved_alone_ + feel_.quiet;
    if (!set_.empty()) until = std::max(until, *set_at_ + feel_.patience);
    return until;
}

bool MotorFader::is_elsewhere(FaderPosition a, FaderPosition b) const {
    return std::abs(a.value() - b.value()) >= feel_.step;
}

}  // namespace kedge::control
