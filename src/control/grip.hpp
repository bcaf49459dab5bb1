#pragma once

#include "control/awaited_echoes.hpp"
#include "control/control_reader.hpp"
#include "control/controller_map.hpp"
#include "control/hands.hpp"

#include <optional>
#include <vector>

namespace kedge::control {

/// One binding at work: what it is the hand for just now, and how far hand and target agree.
struct Grip {
    Binding binding;
    ControlIndex control = 0;
    std::vector<StripId> strips;  ///< the first of them is what is shown, and told to the hand
    Takeover takeover;            ///< of a fader or pot without a motor
    AwaitedEchoes echoes;         ///< of what that has set
    /// What the hand set last, and when: newer than the mixer for a while.
    std::optional<ControlValue> own;
    Instant own_at;
    std::optional<FaderPosition> told;  ///< by the DAW, last; nothing is said twice
    std::optional<Instant> pressed_at;  ///< until it fires, for ButtonWay::hold
};

/// The strips that a target is about; empty for none, and for what is no strip's.
[[nodiscard]] std::vector<StripId> strips_of(const Target& target, const StripView& view,
                                             const HandsView& mixer);
/// The part of strips that a target is; nullopt for what is no strip's.
[[nodiscard]] std::optional<StripPart> part_of(const Target& target);

/// Where a value stands on a control's way; nullopt for what has no place there.
[[nodiscard]] std::optional<FaderPosition> place_of(StripPart part, const ControlValue& value,
                                                    const FaderScale& levels, const HandsView& view);
/// What stands at a place of a control's way.
[[nodiscard]] ControlValue value_at(StripPart part, FaderPosition place, const FaderScale& levels,
                                    const HandsView& view);
/// The control of a strip that a part is; nullopt for what is none.
[[nodiscard]] std::optional<Control> control_of(StripPart part);

}  // namespace kedge::control
