#pragma once

#include "control/hands.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace kedge::control {

/// The last values that hands sent and the DAW has not told back: one that was lost on the way is sent again,
/// some times, ever more seldom. A value that is told and was not sent is another's, which came later: then
/// nothing is sent again. Pure.
class UnheardMoves {
  public:
    /// Whether the DAW would tell both values alike.
    using Same = std::function<bool(const ControlValue&, const ControlValue&)>;

    /// `patience` is more than the DAW takes to tell what it was sent.
    void left(Instant now, const SetStrip& move, Duration patience);
    /// The DAW tells what it holds.
    void told(StripId strip, Control control, const ControlValue& value, const Same& same);
    /// The DAW would not take it, or takes it no more.
    void refused(StripId strip, Control control) { unheard_.erase({strip, control}); }
    /// What is to be sent again now.
    [[nodiscard]] std::vector<SetStrip> take(Instant now);
    [[nodiscard]] std::optional<Instant> wake_at() const;
    void clear() { unheard_.clear(); }

    [[nodiscard]] std::uint64_t sent_again() const { return sent_again_; }
    /// Values that the DAW never told back.
    [[nodiscard]] std::uint64_t given_up() const { return given_up_; }

  private:
    struct Unheard {
        ControlValue value;
        std::vector<ControlValue> earlier;  ///< sent before it, not told yet
        bool perhaps_told = false;          ///< it was, or an earlier one alike: sent once more is no harm
        Duration patience{};
        Instant due{};
        int times = 0;  ///< that it was sent
    };

    std::map<std::pair<StripId, Control>, Unheard> unheard_;
    std::uint64_t sent_again_ = 0;
    std::uint64_t given_up_ = 0;
};

}  // namespace kedge::control
