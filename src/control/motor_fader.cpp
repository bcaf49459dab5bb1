#include "control/motor_fader.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace kedge::control {

std::optional<FaderPosition> MotorFader::moved(Instant now, FaderPosition to) {
    const bool new_place = stands_ != to;
    stands_ = to;
    // Without touch, what a device says while its motor goes cannot be told from a hand's.
    const bool by_motor = !held_ && feel_.says_motor_moves &&
                          (feel_.senses_touch || (motor_moved_ && now < *motor_moved_ + feel_.quiet));
    if (!held_) moved_alone_ = now;
    if (by_motor || held_for_another_ || !new_place) return std::nullopt;
    set_.set(now, to);
    owed_ = owed_ || feel_.wants_rest;
    return to;
}

void MotorFader::touched(bool held) {
    held_ = held;
    held_for_another_ = held_for_another_ && held;
}

void MotorFader::target_at(FaderPosition at) {
    target_ = at;
    set_.settle(at);
}

void MotorFader::change_target() {
    target_.reset();
    set_.forget();
    owed_ = false;
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
    set_.forget();  // those that were waited for in vain
    if (!std::exchange(owed_, false) && stands_ && !is_elsewhere(*stands_, *target_)) return std::nullopt;
    stands_ = target_;
    motor_moved_ = now;
    return target_;
}

std::optional<Instant> MotorFader::wake_at(Instant now) const {
    if (held_ || !target_ || (stands_ && !is_elsewhere(*stands_, *target_) && set_.none() && !owed_))
        return std::nullopt;
    const auto then = in_peace_until();
    return then > now ? std::optional(then) : std::nullopt;
}

Instant MotorFader::in_peace_until() const {
    Instant until;
    if (moved_alone_) until = *moved_alone_ + feel_.quiet;
    return std::max(until, set_.until());
}

bool MotorFader::is_elsewhere(FaderPosition a, FaderPosition b) const {
    return std::abs(a.value() - b.value()) >= feel_.step;
}

}  // namespace kedge::control
