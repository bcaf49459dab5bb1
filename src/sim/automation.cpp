#include "sim/automation.hpp"

#include "sim/fader_law.hpp"

#include <algorithm>
#include <utility>

namespace kedge::sim {

namespace {

bool earlier(const AutomationPoint& point, std::int64_t sample) {
    return point.at < sample;
}

double blend(double from, double to, double share) {
    return from + (to - from) * share;
}

/// `share` 0 .. 1 of the way from one value to the next.
ControlValue between(Control control, const ControlValue& from, const ControlValue& to, double share) {
    if (control == Control::mute) return from;
    if (control == Control::pan)
        return Pan(blend(std::get<Pan>(from).position(), std::get<Pan>(to).position(), share));
    const Decibels a = std::get<Decibels>(from);
    const Decibels b = std::get<Decibels>(to);
    if (control == Control::fader) return fader_level(blend(fader_position(a), fader_position(b), share));
    return Decibels(blend(a.db(), b.db(), share));
}

}  // namespace

void AutomationList::add(const AutomationPoint& point) {
    const auto place = std::lower_bound(points_.begin(), points_.end(), point.at, earlier);
    if (place != points_.end() && place->at == point.at) {
        *place = point;
    } else {
        points_.insert(place, point);
    }
}

void AutomationList::replace_by(const std::vector<AutomationPoint>& pass) {
    if (pass.empty()) return;
    const auto first = std::lower_bound(points_.begin(), points_.end(), pass.front().at, earlier);
    const auto last = std::lower_bound(first, points_.end(), pass.back().at + 1, earlier);
    const auto gap = points_.erase(first, last);
    points_.insert(gap, pass.begin(), pass.end());
}

std::optional<ControlValue> AutomationList::at(Control control, std::int64_t sample) const {
    if (points_.empty()) return std::nullopt;
    const auto next = std::lower_bound(points_.begin(), points_.end(), sample, earlier);
    if (next == points_.end()) return points_.back().value;
    if (next == points_.begin() || next->at == sample) return next->value;
    const auto& before = *(next - 1);
    const double share = static_cast<double>(sample - before.at) / static_cast<double>(next->at - before.at);
    return between(control, before.value, next->value, share);
}

bool ControlAutomation::plays() const {
    if (list_.empty()) return false;
    return mode_ == AutomationMode::play ||
           ((mode_ == AutomationMode::touch || mode_ == AutomationMode::latch) && !touched_);
}

void ControlAutomation::set_mode(AutomationMode mode, const AutomationPoint& now, bool rolling,
                                 std::int64_t song_end) {
    mode_ = mode;
    touched_ = false;
    pass_.clear();
    const bool touchable = mode == AutomationMode::touch || mode == AutomationMode::latch;
    if (touchable && list_.empty()) {
        list_.add({0, now.value});
        list_.add({std::max<std::int64_t>(song_end, 1), now.value});
    }
    if (mode == AutomationMode::write && rolling) begin_pass(now);
}

void ControlAutomation::touch(const AutomationPoint& now, bool rolling) {
    if (mode_ != AutomationMode::touch && mode_ != AutomationMode::latch) return;
    if (touched_) return;
    touched_ = true;
    if (rolling) begin_pass(now);
}

void ControlAutomation::release(Control control, const AutomationPoint& now) {
    if (!touched_ || mode_ == AutomationMode::latch) return;
    end_pass(control, now);
    touched_ = false;
}

void ControlAutomation::wrote(const AutomationPoint& now) {
    if (pass_.empty()) return;
    // The value before holds until just now: a staircase.
    if (pass_.back().at < now.at - 1) pass_.push_back({now.at - 1, pass_.back().value});
    if (pass_.back().at >= now.at) {
        pass_.back().value = now.value;
    } else {
        pass_.push_back(now);
    }
}

void ControlAutomation::wrote_unwatched(Control control, const AutomationPoint& now,
                                        std::int64_t next_block) {
    if (pass_.empty()) return;
    spiked_ = true;
    const auto before = list_.at(control, now.at - 1);
    const auto after = list_.at(control, now.at + next_block);
    if (before) list_.add({now.at - 1, *before});
    list_.add(now);
    if (after) list_.add({now.at + next_block, *after});
}

void ControlAutomation::transport_rolls(const AutomationPoint& now) {
    if (mode_ == AutomationMode::write || touched_) begin_pass(now);
}

void ControlAutomation::transport_stops(Control control, const AutomationPoint& now) {
    end_pass(control, now);
    touched_ = false;
    if (mode_ == AutomationMode::write) mode_ = AutomationMode::touch;
}

void ControlAutomation::begin_pass(const AutomationPoint& now) {
    pass_ = {now};
}

void ControlAutomation::end_pass(Control control, const AutomationPoint& now) {
    if (pass_.empty()) return;
    auto pass = std::move(pass_);
    pass_.clear();
    if (std::exchange(spiked_, false)) return;
    if (pass.back().at < now.at - 1) pass.push_back({now.at - 1, pass.back().value});
    // Outside of the pass the old curve holds: guard points keep it from bending towards the new one.
    const auto before = list_.at(control, pass.front().at - 1);
    const auto after = list_.at(control, pass.back().at + 1);
    if (before) pass.insert(pass.begin(), {pass.front().at - 1, *before});
    if (after) pass.push_back({pass.back().at + 1, *after});
    list_.replace_by(pass);
}

}  // namespace kedge::sim
