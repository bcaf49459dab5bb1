#include "mix/balance.hpp"
#include "mix/plan_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

Decibels outside(const LevelRange& range, Decibels level) {
    if (level < range.low) return range.low - level;
    if (level > range.high) return level - range.high;
    return {};
}

/// The whole steps that bring a level into its range, or as near as steps can; 0 when it is there.
Decibels steps_into(const LevelRange& range, Decibels level, Decibels step, Decibels most_up) {
    const Decibels middle((range.low.db() + range.high.db()) / 2.0);
    const double wanted = (middle - level).db() / step.db();
    Decibels best;
    for (const double steps : {std::floor(wanted), std::ceil(wanted)}) {
        const Decibels by(steps * step.db() + 0.0);
        if (by > most_up) continue;
        if (outside(range, level + by) < outside(range, level + best) - Decibels(1e-9)) best = by;
    }
    if (best == Decibels() && most_up < middle - level) {
        const Decibels up(std::floor(most_up.db() / step.db() + 1e-9) * step.db());
        if (outside(range, level + up) < outside(range, level)) best = up;
    }
    return best;
}

}  // namespace

Result<Plan> plan_refine(const MixQuestion& question) {
    auto examined = examine(question);
    if (!examined) return tl::unexpected(examined.error());
    auto anchor = choose_anchor(question, *examined);
    if (!anchor) return tl::unexpected(anchor.error());

    Plan plan;
    plan.anchor = anchor->strip;
    plan.bus_range = question.profile.bus_range;
    plan.left_alone = examined->left_alone;
    if (!anchor->note.empty()) plan.notes.push_back(anchor->note);
    const Decibels step = question.profile.step;
    const auto can_move = [](const Strip& strip) { return why_not_written(strip, Control::fader).empty(); };
    const auto steps_for = [&](const StripFacts& facts, const LevelRange& range) {
        if (!can_move(*facts.strip) || range.holds(facts.peak_now())) return Decibels();
        return steps_into(range, facts.peak_now(), step,
                          question.capabilities.fader_top - *facts.strip->fader);
    };

    const Decibels kick_before = kick_now(*examined, *anchor);
    // The anchor goes first, into its absolute range; everything else hangs from where it then really stands.
    Decibels kick_after = kick_before;
    for (const StripFacts& facts : examined->strips) {
        if (facts.strip->id != anchor->strip) continue;
        kick_after += steps_for(facts, place_of(facts, *anchor, question.profile).range);
    }
    const Anchor ideal = *anchor;
    anchor->kick_level = kick_after;
    plan.kick_level = kick_after;

    for (const StripFacts& facts : examined->strips) {
        const bool anchors = facts.family.family == anchor->family;
        const Place place =
            place_of(facts, anchors || facts.role == Role::kick ? ideal : *anchor, question.profile);
        const Decibels by = steps_for(facts, place.range);
        const Decibels peak = facts.peak_now() + by;
        std::string shortfall;
        const Decibels rest = outside(place.range, peak);
        if (rest > Decibels())
            shortfall =
                fmt::format("stays {:.1f} dB out of its range: whole steps reach no nearer", rest.db());
        if (const std::string why = why_not_written(*facts.strip, Control::fader); !why.empty()) {
            plan.left_alone.push_back({facts.strip->id, why});
            if (!shortfall.empty()) shortfall = "stays where it is: " + why;
        }
        plan.targets.push_back({facts.strip->id, facts.role, facts.role_rule, peak, place.range, shortfall});
        if (by == Decibels()) continue;
        plan.moves.push_back({facts.strip->id, Control::fader, *facts.strip->fader, *facts.strip->fader + by,
                              "refine", balance_reason(place, facts, kick_before, *anchor)});
    }
    add_common_notes(question, *examined, plan);
    sort_in_mixer_order(question.mixer, plan);
    return plan;
}

}  // namespace kedge::mix
