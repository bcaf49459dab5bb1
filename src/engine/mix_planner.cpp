#include "engine/mix_planner.hpp"

#include "engine/strip_roles.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

mix::BusCheck check_of(const measure::TruePeak& bus, bool reckoned) {
    return {bus.likely, bus.at_most - bus.likely, reckoned};
}

}  // namespace

mix::MixQuestion MixPlanner::question(const MixFacts& facts, std::span<const mix::RoledStrip> roles) const {
    return {facts.mixer, roles, facts.statistics, profile_, facts.capabilities, {}, facts.song_length};
}

Result<Plan> MixPlanner::plan(const MixFacts& facts) const {
    const auto roles = roles_of(facts.mixer, facts.capabilities.labels, roles_, order_.roles_by_hand);
    auto asked = question(facts, roles);
    asked.wishes.anchor_role = order_.anchor_role;
    if (order_.anchor_strip) {
        const auto& strips = facts.mixer.strips;
        const auto named = std::find_if(strips.begin(), strips.end(),
                                        [&](const Strip& s) { return s.name.name == *order_.anchor_strip; });
        if (named == strips.end()) {
            return fail(
                ErrorKind::usage, fmt::format("No strip is called '{}'.", *order_.anchor_strip),
                "`kedge strips` lists the names; --anchor takes one of them, or a role such as snare.");
        }
        asked.wishes.anchor_strip = named->id;
    }
    if (order_.refine) return mix::plan_refine(asked);
    auto plan = mix::plan_mix(asked);
    if (!plan || !facts.bus_over_sum) return plan;
    const Decibels sum = mix::sum_of_targets(*plan);
    const auto& over = *facts.bus_over_sum;
    return mix::with_headroom(asked, std::move(*plan),
                              check_of({sum + over.likely, sum + over.at_most}, facts.bus_reckoned));
}

}  // namespace kedge::engine
