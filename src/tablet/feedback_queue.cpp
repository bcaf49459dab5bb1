#include "tablet/feedback_queue.hpp"

#include <utility>

namespace kedge::tablet {

void FeedbackQueue::put(Told told) {
    const auto waits = waiting_.find(told.address);
    if (waits != waiting_.end()) {
        waits->second.value = std::move(told.value);
        ++overtaken_;
    } else if (waiting_.size() >= most_waiting) {
        ++dropped_;
    } else {
        order_.push_back(told.address);
        waiting_.emplace(told.address, std::move(told));
    }
}

std::vector<Told> FeedbackQueue::take(std::size_t most) {
    std::vector<Told> out;
    while (out.size() < most && !order_.empty()) {
        auto first = waiting_.extract(order_.front());
        order_.pop_front();
        out.push_back(std::move(first.mapped()));
    }
    return out;
}

void FeedbackQueue::clear() {
    order_.clear();
    waiting_.clear();
}

}  // namespace kedge::tablet
