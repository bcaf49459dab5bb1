#pragma once

#include "abletonosc/live_codec.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <deque>
#include <optional>

namespace kedge::abletonosc {

/// The questions that were asked of one control of one track, and which of them an answer answers. A newer
/// script repeats the question's mark. An older one does not: then it is taken for the oldest question that
/// is open, which can only make the answer look older than it is.
class ControlQuestions {
  public:
    struct Answered {
        Instant asked_at{};      ///< when the question left
        bool overtaken = false;  ///< a later question was answered already: the value may be out of date
    };

    /// `memory`: no answer comes later than this.
    void asked(Mark question, Instant now, Duration memory);
    /// nullopt for an answer to no question that is open.
    [[nodiscard]] std::optional<Answered> answered(std::optional<Mark> question, Instant now,
                                                   Duration memory);
    /// The number became another track's: nothing that was asked under it counts any more.
    void forget();

  private:
    struct Open {
        Mark question;
        Instant asked_at;
    };
    static constexpr std::size_t most_open = 64;

    std::deque<Open> open_;  ///< oldest first
    Instant newest_answered_{};
};

}  // namespace kedge::abletonosc
