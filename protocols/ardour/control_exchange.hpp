#pragma once

#include "ardour/ardour_codec.hpp"
#include "core/strip.hpp"
#include "core/time.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace kedge::ardour {

/// What was said of one control of one strip. Ardour tells of its own accord under the plain number, and
/// answers and refuses under the number as it was spelt to it: so each question has a spelling of its own,
/// and what is lost, doubled or late is never taken for something else.
class ControlExchange {
  public:
    enum class Meaning { feedback, answer, refusal, stale };
    struct Heard {
        Meaning meaning = Meaning::feedback;
        ControlValue value;  ///< what the control held when this was said
        Instant asked_at{};  ///< of an answer: when its question left
    };

    /// Notes a question; the answer comes under the spelling returned.
    [[nodiscard]] Spelling asked(Instant now);
    /// A value from the wire, converted but not yet believed.
    Heard hear(Spelling spelling, const ControlValue& from_wire);

    /// The number became another strip's: nothing that was asked under it counts any more.
    void forget();

    /// As last reported; an answer that newer ones have overtaken changes nothing. nullopt when never.
    [[nodiscard]] const std::optional<ControlValue>& value() const { return value_; }

  private:
    std::optional<ControlValue> value_;
    Instant newest_answered_{};  ///< when the question left whose answer is the newest heard
    std::array<std::optional<Instant>, question_spellings> asked_at_{};
    std::size_t next_ = 0;
};

}  // namespace kedge::ardour
