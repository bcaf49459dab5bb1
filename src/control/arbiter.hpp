#pragma once

#include "core/strip.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace kedge::control {

/// Who has a control of a strip just now.
enum class ControlOwner : std::uint8_t {
    nobody,
    automation,  ///< the DAW's own: the control goes along its curve
    pass,
    ride,  ///< that is written while the song plays
    hand,  ///< on a controller or tablet of kedge's
};

/// One owner for each control at most. A hand beats all, at once: while it has a control, no pass and no ride
/// may set it. Then it is whose it was before, if they still want it. Pure.
class Arbiter {
  public:
    using Key = std::pair<StripId, Control>;

    /// A hand that nobody feels has a control for `rest` after each move.
    explicit Arbiter(Duration rest) : rest_(rest) {}

    /// A hand moves the control. Whether it takes it by that.
    bool moved(Instant now, Key control);
    /// A hand came onto it. Whether it takes it by that.
    bool touched(Key control);
    /// A hand went off it. Whether the last one did, and has let it go by that.
    bool let_go(Key control);
    /// Hands that came to rest, and have let go by that.
    [[nodiscard]] std::vector<Key> rested(Instant now);
    /// When rested() may have one; nullopt for never as it stands.
    [[nodiscard]] std::optional<Instant> rests_at() const;

    /// A pass or a ride wants to set it. False while a hand has it; else it is theirs until the job ends.
    [[nodiscard]] bool claim(Key control, ControlOwner by);
    /// The ride lets go of it.
    void give_back(Key control) { claims_.erase(control); }
    void job_ended() { claims_.clear(); }

    /// Of a control that the DAW has in this mode.
    [[nodiscard]] ControlOwner owner(Key control, AutomationMode mode) const;
    /// The strips are others, or the DAW is gone: nobody has anything.
    void forget();

  private:
    struct Hand {
        int touches = 0;
        Instant moves_until;
    };

    Duration rest_;
    std::map<Key, Hand> hands_;
    std::map<Key, ControlOwner> claims_;
};

}  // namespace kedge::control
