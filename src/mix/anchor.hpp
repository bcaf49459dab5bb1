#pragma once

#include "mix/strip_facts.hpp"

#include <optional>
#include <string>

namespace kedge::mix {

/// What the balance hangs from. One table serves every anchor: an anchor that is not the kick stands where
/// the table puts it (or at its level without a kick), and the kick that would belong to it is the virtual
/// kick.
struct Anchor {
    StripId strip;
    std::size_t family = 0;  ///< its FamilyPlace::family
    Decibels kick_level;     ///< of the (virtual) kick, dBFS after the fader
    std::optional<RoleBalance>
        place;  ///< instead of its role's place: a drums track, or the loudest strip in the kick's place
    Decibels above_virtual_kick;  ///< its place against the virtual kick
    std::string note;             ///< empty when the kick anchors
};

/// Where the table puts a role: staging and fader together.
[[nodiscard]] Decibels landing(const RoleBalance& balance);

/// Picks the anchor: wished, else the kick, else the profile's list, else the strip that the table makes
/// loudest. May move a drums track from the unplaced strips to the others. A usage error when the wished one
/// is not there or was not heard; refused when nothing was heard.
[[nodiscard]] Result<Anchor> choose_anchor(const MixQuestion& question, Examination& examined);

}  // namespace kedge::mix
