#include "mix/balance.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::mix {

Place place_of(const StripFacts& facts, const Anchor& anchor, const BalanceProfile& profile) {
    const RoleBalance& kick = profile.roles.at(Role::kick);
    const bool anchors = facts.family.family == anchor.family;
    const RoleBalance& balance = anchors && anchor.place ? *anchor.place : profile.roles.at(facts.role);
    const Decibels grid_shift = anchor.kick_level - landing(kick);
    Place place;
    place.staging = balance.staging;
    place.fader = balance.fader + grid_shift + facts.family.shift;
    // The kick's own range is absolute, and so is that of what stands in for it.
    const bool absolute = facts.role == Role::kick || (anchors && anchor.place);
    place.range = absolute ? profile.kick_range.shifted(grid_shift + landing(balance) - landing(kick))
                           : LevelRange{anchor.kick_level - balance.below_kick.high,
                                        anchor.kick_level - balance.below_kick.low};
    place.range = place.range.shifted(facts.family.shift);
    place.words = balance.range_words;
    if (facts.family.members > 1) {
        place.words += facts.family.second
                           ? fmt::format(" (second microphone: {})", to_string(facts.family.shift))
                           : fmt::format(" (one of {} that are one source: {})", facts.family.equals,
                                         to_string(facts.family.shift));
    }
    return place;
}

std::string balance_reason(const Place& place, const StripFacts& facts, Decibels kick_before,
                           const Anchor& anchor) {
    const Decibels now = facts.peak_now();
    if (now.is_silence()) return fmt::format("{}; its fader was closed", place.words);
    if (facts.role == Role::kick || facts.family.family == anchor.family || kick_before.is_silence()) {
        return fmt::format("{}; it peaked at {:.1f} dBFS", place.words, now.db());
    }
    const double below = (kick_before - now).db();
    return fmt::format("{}; it was {:.1f} {}", place.words, std::abs(below),
                       below >= 0.0 ? "below" : "above");
}

Decibels kick_now(const Examination& examined, const Anchor& anchor) {
    const auto find = [&](const std::vector<StripFacts>& strips) {
        return std::find_if(strips.begin(), strips.end(),
                            [&](const StripFacts& facts) { return facts.strip->id == anchor.strip; });
    };
    auto at = find(examined.strips);
    if (at == examined.strips.end()) at = find(examined.unplaced);
    if (at == examined.unplaced.end()) return Decibels::silence();
    return at->peak_now() - at->family.shift - anchor.above_virtual_kick;
}

}  // namespace kedge::mix
