#pragma once

#include "core/capabilities.hpp"
#include "core/time.hpp"

#include <cstddef>

namespace kedge::surface {

/// How patient the runner is, and how much it dares. What a DAW and its wire stand is learned while a pass
/// is read; these are where that begins and ends. From the behaviour of a real Ardour: 120 faders confirmed
/// within 14 ms, and a pause of 2 s on a busy machine.
struct RunnerPacing {
    /// Controls asked or sent and not yet answered, at most. The sockets of a DAW hold some 270 datagrams.
    std::size_t most_in_flight = 128;
    std::size_t first_in_flight = 32;
    /// Until the first answer: how long one may take before it is asked for again.
    Duration answer_time = std::chrono::milliseconds(250);
    Duration least_answer_time = std::chrono::milliseconds(50);
    /// Asked more often than this, a DAW that lives is not taken for lost on a wire that loses much.
    Duration most_answer_time = std::chrono::milliseconds(150);
    int most_sends = 24;  ///< then the control is `failed` or `unheard`, after some 3 s
    int most_restores =
        64;  ///< sends of a before-value while rolling back, where giving up leaves a broken pass
};

/// The same where controls wait for their turn (Capabilities::longest_turn): the surface is given all of them
/// at once, as it takes those together that it shows together, and each is asked for less often, as nothing
/// is lost in its queue.
[[nodiscard]] RunnerPacing pacing_for(const Capabilities& capabilities, RunnerPacing pacing);

/// What a wire stands, learned from what it does: answers tell how long they take and that there is room for
/// more at a time, a missing one that there was too much.
class WirePace {
  public:
    explicit WirePace(const RunnerPacing& pacing);

    /// An answer came so long after its question.
    void answered(Duration delay);
    /// Nothing came in time.
    void missed();

    /// How long to wait for an answer after so many waits in vain: each is twice as long, up to a bound.
    [[nodiscard]] Duration answer_time(int waits_in_vain) const;
    /// How many controls may be under way at a time.
    [[nodiscard]] std::size_t room() const { return room_; }

  private:
    RunnerPacing pacing_;
    std::size_t room_;
    bool any_ = false;
    Duration usual_{};   ///< delay, smoothed
    Duration spread_{};  ///< how far delays lie from it, smoothed
};

}  // namespace kedge::surface
