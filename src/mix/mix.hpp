#pragma once

#include "core/capabilities.hpp"
#include "core/mixer_state.hpp"
#include "core/plan.hpp"
#include "core/result.hpp"
#include "measure/statistics.hpp"
#include "mix/balance_profile.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The rules of the rough static mix: pure functions of (mixer, statistics, profile) to moves with reasons.
namespace kedge::mix {

/// A strip with its role and how it was found.
struct RoledStrip {
    StripId strip;
    Role role = Role::other;
    std::string rule;
};

/// What the user asked for beside the mix itself.
struct MixWishes {
    std::optional<Role> anchor_role;      ///< --anchor ROLE
    std::optional<StripId> anchor_strip;  ///< --anchor STRIP
};

/// Everything the rules look at. References must outlive the call.
struct MixQuestion {
    const MixerState& mixer;
    std::span<const RoledStrip> roles;
    std::span<const measure::StripStatistics> statistics;
    const BalanceProfile& profile;
    const Capabilities& capabilities;
    MixWishes wishes;
    /// How long the song is, as far as known, to say when the evidence is thin.
    std::optional<Duration> song_length;
};

/// The whole rough mix: panning, gain staging by trim, the kick-anchored balance on the grid. A usage error
/// when the wished anchor is not there or was not heard; refused when nothing was heard at all.
[[nodiscard]] Result<Plan> plan_mix(const MixQuestion& question);

/// Only whole steps of the faders from where they stand, for strips out of their role's range; trims and pans
/// untouched.
[[nodiscard]] Result<Plan> plan_refine(const MixQuestion& question);

/// What the check after applying heard.
struct BusCheck {
    Decibels bus_peak;     ///< loudest reading of the master, bias-corrected
    Decibels uncertainty;  ///< it can be this much more
    std::vector<RoledStrip>
        stepped;  ///< unused by callers at first: strips already lowered in earlier rounds
};

/// Bus headroom: nothing (empty moves) when the bus is within or below its range; else supporting roles one
/// step down within their ranges, widest range first, then every strip one step down. `applied` is the plan
/// in force (targets and all); moves go from the faders as they stand in question.mixer. A bus colder than
/// its range gives a note, not a move.
[[nodiscard]] Plan plan_headroom(const MixQuestion& question, const Plan& applied, const BusCheck& check);

}  // namespace kedge::mix
