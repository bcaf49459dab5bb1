#pragma once

#include "core/exactness.hpp"
#include "core/move.hpp"
#include "core/role.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge {

/// A strip no move was made for, and why: named, never passed over in silence.
struct LeftAlone {
    StripId strip;
    std::string why;  ///< "no role known from its name", "never heard", "muted: mute suggested" …
};

/// Where a strip ought to be once the plan is applied.
struct StripTarget {
    StripId strip;
    Role role = Role::other;
    std::string role_rule;    ///< how the role was found: "name: 'kick'", "group 'Drums'", "set by hand"
    Decibels predicted_peak;  ///< robust peak after the fader once the plan is applied
    std::optional<LevelRange>
        range;              ///< the role's range after the fader, in dBFS; absent for roles without one
    std::string shortfall;  ///< what trim and fader could not reach; empty when nothing
    Exactness known{};      ///< how exactly the predicted peak is
};

/// What the rules suggest. Nothing is sent.
struct Plan {
    std::optional<StripId> anchor;
    Decibels kick_level;                ///< the (virtual) kick level that ranges hang from, dBFS
    std::vector<Move> moves;            ///< in the order to send: pans, trims, faders
    std::vector<StripTarget> targets;   ///< one for every strip with a known role, in mixer order
    std::vector<LeftAlone> left_alone;  ///< in mixer order
    std::optional<LevelRange> bus_range;
    std::vector<std::string> notes;  ///< said to the user: thin evidence, shifted balance, mute suggestions …
};

}  // namespace kedge
