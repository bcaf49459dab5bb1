#include "mix/balance.hpp"
#include "mix/gain_staging.hpp"
#include "mix/panning.hpp"
#include "mix/plan_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

// Moves smaller than these change nothing anybody hears or reads.
constexpr double same_trim = 0.05;
constexpr double same_fader = 0.01;
constexpr double same_pan = 0.005;

/// One strip with what is to become of it.
struct Outcome {
    const StripFacts* facts = nullptr;
    Place place;
    Staged staged;
    std::string why_level_stays;  ///< empty when trim and fader are moved
};

/// Why trim and fader of a strip stay: they are moved together or not at all.
std::string why_level_stays(const Strip& strip, bool with_trim) {
    std::string why = why_not_written(strip, Control::fader);
    if (why.empty() && with_trim) why = why_not_written(strip, Control::trim);
    return why;
}

/// A strip in its range whose place is nearer than its meter sees: moving it would be to follow the meter's
/// steps, back and forth with every listen.
bool stands_as_well_as_is_seen(const StripFacts& facts, const Place& place, const MixQuestion& question) {
    const Exactness known = known_of(facts, question);
    if (known.exact() || known.open_above || facts.peak_now().is_silence()) return false;
    return place.range.holds(facts.peak_now()) && distance(place.lands(), facts.peak_now()) <= known.within;
}

Outcome outcome_of(const StripFacts& facts, const Anchor& anchor, const MixQuestion& question) {
    Outcome outcome;
    outcome.facts = &facts;
    outcome.place = place_of(facts, anchor, question.profile);
    const bool with_trim = question.capabilities.trim && facts.strip->trim.has_value();
    outcome.why_level_stays = why_level_stays(*facts.strip, with_trim);
    if (outcome.why_level_stays.empty() && stands_as_well_as_is_seen(facts, outcome.place, question)) {
        outcome.staged = {facts.strip->trim, *facts.strip->fader, facts.peak_now(), {}};
        return outcome;
    }
    if (outcome.why_level_stays.empty()) {
        outcome.staged = stage(facts.heard->robust_peak, outcome.place, with_trim, question.capabilities,
                               question.profile.step);
        return outcome;
    }
    outcome.staged.peak = facts.peak_now();
    if (!outcome.place.range.holds(outcome.staged.peak))
        outcome.staged.shortfall = "stays where it is: " + outcome.why_level_stays;
    return outcome;
}

std::vector<PanStrip> pan_strips(const std::vector<Outcome>& outcomes, const Capabilities& capabilities) {
    std::vector<PanStrip> strips;
    for (const Outcome& outcome : outcomes) {
        const StripFacts& facts = *outcome.facts;
        PanStrip strip;
        strip.facts = facts;
        strip.place = outcome.place.lands();
        const Decibels mean = facts.heard->active_level - facts.heard->robust_peak;
        const Decibels seldom(10.0 * std::log10(std::max(facts.heard->active_share.of_one, 1e-6)));
        strip.energy = outcome.staged.peak + mean + seldom;
        const bool is_told = capabilities.counts_channels;
        strip.stereo = is_told ? facts.strip->inputs >= 2 : may_be_stereo(facts);
        strip.fixed = !why_not_written(*facts.strip, Control::pan).empty() || (strip.stereo && !is_told);
        strip.stands = facts.strip->pan.value_or(Pan());
        strips.push_back(std::move(strip));
    }
    return strips;
}

void add_pans(const std::vector<Outcome>& outcomes, const MixQuestion& question, Plan& plan) {
    if (!question.capabilities.pan) return;
    const auto strips = pan_strips(outcomes, question.capabilities);
    const auto places = pan_places(strips, question.profile);
    std::vector<Pan> pans;
    for (std::size_t i = 0; i < strips.size(); ++i) {
        pans.push_back(places[i].pan);
        const Strip& strip = *strips[i].facts.strip;
        if (strips[i].fixed) {
            const bool may_be_written = why_not_written(strip, Control::pan).empty();
            if (strip.pan && !may_be_written)
                plan.left_alone.push_back({strip.id, why_not_written(strip, Control::pan)});
            continue;
        }
        const double unheard = std::max(same_pan, question.capabilities.pan_tolerance);
        if (std::abs(strip.pan->position() - places[i].pan.position()) < unheard) continue;
        plan.moves.push_back({strip.id, Control::pan, *strip.pan, places[i].pan, "panning",
                              fmt::format("{}: at {}; it was at {}", places[i].reason,
                                          to_string(places[i].pan), to_string(*strip.pan))});
    }
    const Decibels uneven = distance(imbalance(strips, pans), Decibels());
    if (uneven > question.profile.most_imbalance) {
        plan.notes.push_back(
            fmt::format("Left and right energy are {:.1f} dB apart: no strip is there to balance it.",
                        std::min(uneven.db(), 99.0)));
    }
}

void add_trims(const std::vector<Outcome>& outcomes, const MixQuestion& question, Plan& plan) {
    for (const Outcome& outcome : outcomes) {
        if (!outcome.why_level_stays.empty() || !outcome.staged.trim) continue;
        const Strip& strip = *outcome.facts->strip;
        if (distance(*strip.trim, *outcome.staged.trim) < Decibels(same_trim)) continue;
        plan.moves.push_back(
            {strip.id, Control::trim, *strip.trim, *outcome.staged.trim, "gain-staging",
             fmt::format("{} is staged to peak at {:.1f} dBFS before the fader; it peaked at {:.1f}{}",
                         to_string(outcome.facts->role), outcome.place.staging.db(),
                         (outcome.facts->heard->robust_peak + *strip.trim).db(),
                         known_words(*outcome.facts, question))});
    }
}

void add_faders(const std::vector<Outcome>& outcomes, const MixQuestion& question, const Anchor& anchor,
                Decibels kick_before, Plan& plan) {
    for (const Outcome& outcome : outcomes) {
        if (!outcome.why_level_stays.empty()) continue;
        const Strip& strip = *outcome.facts->strip;
        if (distance(*strip.fader, outcome.staged.fader) < Decibels(same_fader)) continue;
        plan.moves.push_back({strip.id, Control::fader, *strip.fader, outcome.staged.fader, "balance",
                              balance_reason(outcome.place, *outcome.facts, kick_before, anchor) +
                                  known_words(*outcome.facts, question)});
    }
}

void note_hot_sources(const std::vector<Outcome>& outcomes, const MixQuestion& question, Plan& plan) {
    std::string hot;
    for (const Outcome& outcome : outcomes) {
        if (!outcome.staged.trim) continue;
        const Decibels peak = outcome.facts->heard->absolute_peak + *outcome.staged.trim;
        if (peak <= question.profile.hottest_before_fader) continue;
        hot += fmt::format("{}'{}' ({:.1f})", hot.empty() ? "" : ", ", outcome.facts->strip->name.name,
                           peak.db());
    }
    if (hot.empty()) return;
    plan.notes.push_back(fmt::format(
        "Single accents pass {:.0f} dBFS before the fader after staging: {}. A compressor or an edit "
        "helps there, a fader does not.",
        question.profile.hottest_before_fader.db(), hot));
}

}  // namespace

Result<Plan> plan_mix(const MixQuestion& question) {
    auto examined = examine(question);
    if (!examined) return tl::unexpected(examined.error());
    const auto anchor = choose_anchor(question, *examined);
    if (!anchor) return tl::unexpected(anchor.error());

    Plan plan;
    plan.anchor = anchor->strip;
    plan.kick_level = anchor->kick_level;
    plan.bus_range = question.profile.bus_range;
    plan.left_alone = examined->left_alone;
    if (!anchor->note.empty()) plan.notes.push_back(anchor->note);

    std::vector<Outcome> outcomes;
    for (const StripFacts& facts : examined->strips) outcomes.push_back(outcome_of(facts, *anchor, question));
    add_pans(outcomes, question, plan);
    add_trims(outcomes, question, plan);
    add_faders(outcomes, question, *anchor, kick_now(*examined, *anchor), plan);
    for (const Outcome& outcome : outcomes) {
        const StripFacts& facts = *outcome.facts;
        plan.targets.push_back({facts.strip->id, facts.role, facts.role_rule, outcome.staged.peak,
                                outcome.place.range, outcome.staged.shortfall, known_of(facts, question)});
        if (!outcome.why_level_stays.empty())
            plan.left_alone.push_back({facts.strip->id, outcome.why_level_stays});
        if (!outcome.staged.shortfall.empty())
            plan.notes.push_back(fmt::format("'{}' {}.", facts.strip->name.name, outcome.staged.shortfall));
    }
    note_hot_sources(outcomes, question, plan);
    add_common_notes(question, *examined, plan);
    sort_in_mixer_order(question.mixer, plan);
    return plan;
}

}  // namespace kedge::mix
