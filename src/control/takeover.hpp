#pragma once

#include "core/fader_position.hpp"

#include <cstdint>
#include <optional>

namespace kedge::control {

/// What a control without a motor does to its target where the two stand apart.
enum class TakeoverWay : std::uint8_t {
    jump,      ///< sets it, wherever it stood
    pickup,    ///< nothing before the control has come to where the target stands
    scale,     ///< moves it by the share of the way that is left on either side, so that both meet at an end
    catch_up,  ///< moves it towards the control, by at most twice of what the control goes; all the way from
               ///< a step off
};

/// Where the target stands as seen from the control.
enum class TargetSeen : std::uint8_t { nowhere, above, below, here };

/// One control and its target, both as positions on the control's way, so that a level is a position by the
/// curve that the control has. Pure.
class Takeover {
  public:
    /// `step` is how far apart the control's positions lie, in units of FaderPosition, from 1: some 130 for
    /// seven bits, 16 for ten.
    Takeover(TakeoverWay way, int step);

    /// Somebody else has set the target, or it was told for the first time. What this control set itself is
    /// not to be said here.
    void target_at(FaderPosition at);
    /// The control has another target now, or may have been moved unseen: neither is known any more.
    void let_go();
    /// Where the control stands, as it said before it had this target.
    void hand_at(FaderPosition at);
    /// The control was moved: where the target is to be set, nullopt for not at all. With `pickup` that is a
    /// step away at most; follow() has the rest.
    [[nodiscard]] std::optional<FaderPosition> moved(FaderPosition to);
    /// One step further to where the control stands; nullopt once it is there.
    [[nodiscard]] std::optional<FaderPosition> follow();
    /// Whether follow() has something to do.
    [[nodiscard]] bool follows() const;
    [[nodiscard]] TargetSeen seen() const;

  private:
    [[nodiscard]] std::optional<FaderPosition> set(FaderPosition to);
    [[nodiscard]] FaderPosition scaled(FaderPosition from, FaderPosition to) const;
    [[nodiscard]] FaderPosition nearer(FaderPosition from, FaderPosition to) const;

    TakeoverWay way_;
    int step_;
    std::optional<FaderPosition> hand_;
    std::optional<FaderPosition> target_;
    bool caught_ = false;
};

}  // namespace kedge::control
