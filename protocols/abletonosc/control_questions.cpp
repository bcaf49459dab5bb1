#include "abletonosc/control_questions.hpp"

#include <algorithm>

namespace kedge::abletonosc {

void ControlQuestions::asked(Mark question, Instant now, Duration memory) {
    while (!open_.empty() && (open_.size() >= most_open || now - open_.front().asked_at > memory))
        open_.pop_front();
    open_.push_back({question, now});
}

std::optional<ControlQuestions::Answered> ControlQuestions::answered(std::optional<Mark> question,
                                                                     Instant now, Duration memory) {
    const auto found = std::find_if(open_.begin(), open_.end(), [&](const Open& one) {
        return question ? one.question == *question : now - one.asked_at <= memory;
    });
    if (found == open_.end()) return std::nullopt;
    const Answered answer{found->asked_at, found->asked_at < newest_answered_};
    newest_answered_ = std::max(newest_answered_, found->asked_at);
    open_.erase(found);
    return answer;
}

void ControlQuestions::forget() {
    open_.clear();
    newest_answered_ = {};
}

}  // namespace kedge::abletonosc
