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
    Decibels bus_peak;      ///< the best guess of the master's peak
    Decibels uncertainty;   ///< it can be this much more (or less)
    bool reckoned = false;  ///< from the strips, as the surface has no meter of the bus
};

/// Bus headroom: nothing (empty moves) when the bus is surely within or below its range. A bus that may be a
/// little too hot: all strips down by trim, as far as the anchor's own range has room, so that no range is
/// left. Hotter: supporting roles one step down within their ranges, widest range first, then every strip one
/// step down. `applied` is the plan in force (targets and all); moves go from the controls as they stand in
/// question.mixer. A bus colder than its range gives a note, not a move.
[[nodiscard]] Plan plan_headroom(const MixQuestion& question, const Plan& applied, const BusCheck& check);

/// The power sum of the peaks that a plan predicts: what the measured bus is held against.
[[nodiscard]] Decibels sum_of_targets(const Plan& plan);

/// A plan that is not applied yet, with the bus rule in it: for when an earlier check told how far the bus
/// stands above the strips' sum.
[[nodiscard]] Plan with_headroom(const MixQuestion& question, Plan plan, const BusCheck& check);

}  // namespace kedge::mix
