#include "control/move_queue.hpp"

#include <algorithm>

namespace kedge::control {

void MoveQueue::put(Instant now, const SetStrip& move) {
    const auto waits = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& other) {
        return other.move.strip == move.strip && other.move.control == move.control;
    });
    if (waits != waiting_.end()) {
        waits->move.value = move.value;
        ++overtaken_;
        return;
    }
    const auto last = left_.find({move.strip, move.control});
    waiting_.push_back({move, last == left_.end() ? now : std::max(now, last->second + pause_)});
}

std::vector<SetStrip> MoveQueue::take(Instant now) {
    std::vector<SetStrip> due;
    std::erase_if(waiting_, [&](const Waiting& each) {
        if (each.from > now) return false;
        due.push_back(each.move);
        left_[{each.move.strip, each.move.control}] = now;
        return true;
    });
    return due;
}

std::optional<Instant> MoveQueue::wake_at() const {
    std::optional<Instant> first;
    for (const Waiting& each : waiting_) first = std::min(first.value_or(each.from), each.from);
    return first;
}

}  // namespace kedge::control
