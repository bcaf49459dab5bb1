#include "ardour/control_exchange.hpp"

#include "ardour/ardour_codec.hpp"
#include "ardour/session_limits.hpp"

#include <cmath>

namespace kedge::ardour {

namespace {

// What Ardour does to a value between taking it and echoing it: float32 and a logarithm.
constexpr double echo_tolerance_db = 0.001;
constexpr double echo_tolerance_pan = 0.0001;
constexpr double same_answer_db = 0.005;

bool is_same(const ControlValue& a, const ControlValue& b) {
    if (a.index() != b.index()) return false;
    if (const auto* level = std::get_if<Decibels>(&a))
        return distance(*level, std::get<Decibels>(b)) <= Decibels(echo_tolerance_db);
    if (const auto* pan = std::get_if<Pan>(&a))
        return std::abs(pan->position() - std::get<Pan>(b).position()) <= echo_tolerance_pan;
    return a == b;
}

/// Ardour refuses a value by sending the path back with -200 for a gain and 0 (hard right) for a pan.
bool looks_refused(Control control, const ControlValue& from_wire) {
    return (control == Control::fader && from_wire == ControlValue(Decibels::silence())) ||
           (control == Control::pan && from_wire == ControlValue(Pan::right()));
}

/// The value behind an answer. What was fed back before is exact and stands when the answer agrees with it.
ControlValue behind_answer(const std::optional<ControlValue>& fed_back, const ControlValue& answer) {
    const auto* rough = std::get_if<Decibels>(&answer);
    if (!rough) return answer;
    const Decibels behind = level_from_answer(rough->db());
    const auto* exact = fed_back ? std::get_if<Decibels>(&*fed_back) : nullptr;
    const bool agrees = exact && (distance(*exact, behind) <= Decibels(same_answer_db) ||
                                  distance(*exact, *rough) <= Decibels(same_answer_db));
    return agrees ? *fed_back : ControlValue(behind);
}

}  // namespace

void ControlExchange::asked(Instant now) {
    forget_old(now);
    ++open_questions_;
    asked_at_ = now;
}

void ControlExchange::sent(Instant now, const ControlValue& value) {
    sent_ = Sent{value, now, !value_ || !is_same(*value_, value)};
}

void ControlExchange::forget_old(Instant now) {
    if (sent_ && now - sent_->at > echo_patience) sent_.reset();
    if (asked_at_ && now - *asked_at_ > answer_patience) {
        asked_at_.reset();
        open_questions_ = 0;
    }
}

/// The answer to a question that something else was taken for the answer of, or an answer that came twice:
/// it says no more than is known already, and that exactly.
bool ControlExchange::repeats_an_answer(Instant now, const ControlValue& from_wire) const {
    if (!asked_at_ || now - *asked_at_ > answer_patience || !from_wire_) return false;
    if (from_wire == *from_wire_) return true;
    const auto* before = std::get_if<Decibels>(&*from_wire_);
    const auto* level = std::get_if<Decibels>(&from_wire);
    return before && level && distance(answer_for(*before), *level) <= Decibels(echo_tolerance_db);
}

ControlExchange::Meaning ControlExchange::hear(Instant now, Control control, const ControlValue& from_wire) {
    forget_old(now);
    if (sent_ && looks_refused(control, from_wire) && from_wire != sent_->value && from_wire != value_) {
        sent_.reset();
        return Meaning::refusal;
    }
    const bool is_echo = sent_ && sent_->echo_due && is_same(sent_->value, from_wire);
    if (open_questions_ > 0 && !is_echo) {
        --open_questions_;
        value_ = behind_answer(value_, from_wire);
        from_wire_ = from_wire;
        return Meaning::answer;
    }
    sent_.reset();
    if (repeats_an_answer(now, from_wire)) {
        // Fed back before, or brought back from the same answer.
        if (from_wire != *from_wire_) value_ = from_wire_;
        return Meaning::feedback;
    }
    value_ = from_wire;
    from_wire_ = from_wire;
    return Meaning::feedback;
}

}  // namespace kedge::ardour
