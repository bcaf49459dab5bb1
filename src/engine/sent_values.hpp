#pragma once

#include "core/capabilities.hpp"
#include "core/decibels.hpp"
#include "core/time.hpp"

#include <deque>
#include <optional>

namespace kedge::engine {

/// What was sent to a fader and may still be reported: tells the DAW's echo from a person's hand. On a wire
/// that keeps order an echo ends the wait for everything sent before it; on another one it does so a while
/// later.
class SentValues {
  public:
    explicit SentValues(const Capabilities& capabilities) : capabilities_(capabilities) {}

    void sent(Instant now, Decibels value);
    struct Echo {
        bool newest = false;            ///< of what was sent last
        std::optional<Duration> delay;  ///< from sending to this report; nullopt when it was sent twice
    };
    /// nullopt: the value is none of those.
    [[nodiscard]] std::optional<Echo> heard(Instant now, Decibels value);
    /// What was sent last.
    [[nodiscard]] std::optional<Decibels> last() const;
    void forget() { sent_.clear(); }

  private:
    struct Sent {
        Decibels value;
        Instant at;
        bool echoed = false;
        bool again = false;
    };
    [[nodiscard]] bool same(Decibels a, Decibels b) const;

    Capabilities capabilities_;
    std::deque<Sent> sent_;  ///< the oldest first
};

}  // namespace kedge::engine
