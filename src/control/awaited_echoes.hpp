#pragma once

#include "core/fader_position.hpp"
#include "core/time.hpp"

#include <deque>
#include <optional>

namespace kedge::control {

/// What a hand set and the DAW has not told yet: by it an echo, early or late, is told from what somebody
/// else did. Pure.
class AwaitedEchoes {
  public:
    /// Positions nearer than `step` are one place. Where the DAW told something else since, nothing is
    /// awaited any more after `patience`: it took that. Where it told nothing at all, after four times as
    /// much: it may be busy, or not have got it.
    AwaitedEchoes(int step, Duration patience) : step_(step), patience_(patience) {}

    void set(Instant now, FaderPosition at);
    /// Whether what the DAW tells is one of them; it and those before it are not awaited any more.
    bool settle(FaderPosition told);
    void forget() { set_.clear(); }

    [[nodiscard]] bool none() const { return set_.empty(); }
    /// What the DAW tells until then may be older than what was set. Long ago when there are none.
    [[nodiscard]] Instant until() const {
        return none() ? Instant{} : set_at_ + (told_else_ ? patience_ : 4 * patience_);
    }

  private:
    int step_;
    Duration patience_;
    std::deque<FaderPosition> set_;
    Instant set_at_;          ///< the last of them
    bool told_else_ = false;  ///< since then, by the DAW: what was not set
};

}  // namespace kedge::control
