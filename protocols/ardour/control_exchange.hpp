#pragma once

#include "core/strip.hpp"
#include "core/time.hpp"

#include <optional>

namespace kedge::ardour {

/// What was said of one control of one strip, both ways. Echoes of what was set, answers to questions,
/// refusals and moves made by a person all come on the same path: what was asked and sent just before tells
/// them apart, and time forgets it, because any of them may be lost.
class ControlExchange {
  public:
    enum class Meaning { feedback, answer, refusal };

    void asked(Instant now);
    void sent(Instant now, const ControlValue& value);
    /// A value from the wire, converted but not yet believed. Afterwards `value()` is what the control holds.
    Meaning hear(Instant now, Control control, const ControlValue& from_wire);

    /// As last reported, answers brought back from Ardour's fast logarithm; nullopt when never.
    [[nodiscard]] const std::optional<ControlValue>& value() const { return value_; }

  private:
    struct Sent {
        ControlValue value;
        Instant at;
        bool echo_due = false;  ///< Ardour says nothing when the control held that value already
    };

    void forget_old(Instant now);
    [[nodiscard]] bool repeats_an_answer(Instant now, const ControlValue& from_wire) const;

    std::optional<ControlValue> value_;
    std::optional<ControlValue> from_wire_;  ///< the last one, as it came
    std::optional<Sent> sent_;
    std::optional<Instant> asked_at_;  ///< the last question
    int open_questions_ = 0;
};

}  // namespace kedge::ardour
