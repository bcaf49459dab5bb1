#include "ardour/control_exchange.hpp"

namespace kedge::ardour {

namespace {

constexpr double same_answer_db = 0.005;

/// The value behind an answer. What was fed back before is exact and stands when the answer agrees with it.
ControlValue behind_answer(const std::optional<ControlValue>& fed_back, const ControlValue& answer) {
    const auto* rough = std::get_if<Decibels>(&answer);
    if (!rough) return answer;
    const Decibels behind = level_from_answer(rough->db());
    const auto* exact = fed_back ? std::get_if<Decibels>(&*fed_back) : nullptr;
    return exact && distance(*exact, behind) <= Decibels(same_answer_db) ? *fed_back : ControlValue(behind);
}

}  // namespace

Spelling ControlExchange::asked(Instant now) {
    const Spelling spelling{spelling_of_first_question.zeros + static_cast<int>(next_)};
    asked_at_[next_] = now;
    next_ = (next_ + 1) % asked_at_.size();
    return spelling;
}

void ControlExchange::forget() {
    value_.reset();
    newest_answered_ = {};
    asked_at_.fill(std::nullopt);  // the next spelling stays: an answer to the old strip may be under way
}

ControlExchange::Heard ControlExchange::hear(Spelling spelling, const ControlValue& from_wire) {
    if (spelling == plain_spelling) {
        value_ = from_wire;
        return {Meaning::feedback, from_wire, {}};
    }
    // What is set answers only when it is refused.
    if (spelling == spelling_of_set) return {Meaning::refusal, from_wire, {}};
    const auto place = static_cast<std::size_t>(spelling.zeros - spelling_of_first_question.zeros);
    const auto asked_at = place < asked_at_.size() ? asked_at_[place] : std::nullopt;
    if (!asked_at) return {Meaning::stale, from_wire, {}};
    const Heard answer{Meaning::answer, behind_answer(value_, from_wire), *asked_at};
    if (*asked_at < newest_answered_) return answer;
    newest_answered_ = *asked_at;
    value_ = answer.value;
    return answer;
}

}  // namespace kedge::ardour
