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

Decibels surely_outside(const LevelRange& range, Decibels level, const Exactness& known) {
    if (known.open_above && level < range.low) return {};
    return std::max(Decibels(), outside(range, level) - known.within);
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

/// How far one strip's fader goes: not at all in its range, or when the fader is not ours to move.
Decibels steps_for(const StripFacts& facts, const LevelRange& range, const MixQuestion& question) {
    const Strip& strip = *facts.strip;
    if (!why_not_written(strip, Control::fader).empty() ||
        may_be_in(range, facts.peak_now(), known_of(facts, question)))
        return {};
    return steps_into(range, facts.peak_now(), question.profile.step,
                      question.capabilities.fader_top - *strip.fader);
}

/// The anchor goes first, into its absolute range; everything else hangs from where it then really stands.
Decibels kick_after(const Examination& examined, const Anchor& anchor, const MixQuestion& question) {
    Decibels level = kick_now(examined, anchor);
    for (const StripFacts& facts : examined.strips)
        if (facts.strip->id == anchor.strip)
            level += steps_for(facts, place_of(facts, anchor, question.profile).range, question);
    return level;
}

/// Why the strip is out of its range even after its move; empty when it is not.
std::string shortfall_of(Decibels rest, const std::string& why_it_stays) {
    constexpr double worth_a_word = 0.05;
    if (rest <= Decibels(worth_a_word)) return {};
    if (!why_it_stays.empty()) return "stays where it is: " + why_it_stays;
    return fmt::format("stays {:.1f} dB out of its range: whole steps reach no nearer", rest.db());
}

void refine_strip(const StripFacts& facts, const Place& place, const std::string& reason,
                  const MixQuestion& question, Plan& plan) {
    const Strip& strip = *facts.strip;
    const Decibels by = steps_for(facts, place.range, question);
    const Decibels peak = facts.peak_now() + by;
    const Exactness known = known_of(facts, question);
    const std::string why_it_stays = why_not_written(strip, Control::fader);
    if (!why_it_stays.empty()) plan.left_alone.push_back({strip.id, why_it_stays});
    std::string shortfall = shortfall_of(surely_outside(place.range, peak, known), why_it_stays);
    if (!shortfall.empty()) plan.notes.push_back(fmt::format("'{}' {}.", strip.name.name, shortfall));
    plan.targets.push_back(
        {strip.id, facts.role, facts.role_rule, peak, place.range, std::move(shortfall), known});
    if (by == Decibels()) return;
    plan.moves.push_back({strip.id, Control::fader, *strip.fader, *strip.fader + by, "refine", reason});
}

}  // namespace

Result<Plan> plan_refine(const MixQuestion& question) {
    auto examined = examine(question);
    if (!examined) return tl::unexpected(examined.error());
    const auto ideal = choose_anchor(question, *examined);
    if (!ideal) return tl::unexpected(ideal.error());

    const Decibels kick_before = kick_now(*examined, *ideal);
    Anchor real = *ideal;
    real.kick_level = kick_after(*examined, *ideal, question);

    Plan plan;
    plan.anchor = ideal->strip;
    plan.kick_level = real.kick_level;
    plan.bus_range = question.profile.bus_range;
    plan.left_alone = examined->left_alone;
    if (!ideal->note.empty()) plan.notes.push_back(ideal->note);
    for (const StripFacts& facts : examined->strips) {
        const bool absolute = facts.family.family == ideal->family || facts.role == Role::kick;
        const Place place = place_of(facts, absolute ? *ideal : real, question.profile);
        refine_strip(facts, place,
                     balance_reason(place, facts, kick_before, real) + known_words(facts, question), question,
                     plan);
    }
    add_common_notes(question, *examined, plan);
    sort_in_mixer_order(question.mixer, plan);
    return plan;
}

}  // namespace kedge::mix
