#pragma once

#include "control/hands.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace kedge::control {

/// A hand's moves at the pace that a DAW takes them: of each control of a strip only the newest value, and
/// that so often at most; the last one always, and at once where nothing left for a while. What is no value
/// of a control is not for it. Pure.
class MoveQueue {
  public:
    explicit MoveQueue(Duration each_at_most_every) : pause_(each_at_most_every) {}

    void put(Instant now, const SetStrip& move);
    /// What is to leave now, in the order in which it was put first.
    [[nodiscard]] std::vector<SetStrip> take(Instant now);
    /// When take() has something that it has not now; nullopt when nothing waits.
    [[nodiscard]] std::optional<Instant> wake_at() const;
    /// Values that a newer one took the place of before they left.
    [[nodiscard]] std::uint64_t overtaken() const { return overtaken_; }
    /// The DAW is gone: what waits is not for whoever comes then.
    void clear() { waiting_.clear(); }

  private:
    using Key = std::pair<StripId, Control>;
    struct Waiting {
        SetStrip move;
        Instant from;
    };

    Duration pause_;
    std::vector<Waiting> waiting_;  ///< one for each control at most
    std::map<Key, Instant> left_;   ///< when the last one did
    std::uint64_t overtaken_ = 0;
};

}  // namespace kedge::control
