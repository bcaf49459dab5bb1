#include "mix/strip_facts.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

bool is_channel(StripKind kind) {
    return kind == StripKind::audio_track || kind == StripKind::midi_track || kind == StripKind::audio_bus ||
           kind == StripKind::midi_bus;
}

/// Kinds and names that several strips have, as the first of them is named.
std::set<StripName> shared_names(const MixerState& mixer) {
    std::set<StripName> shared;
    for (const Strip& strip : mixer.strips)
        if (strip.name.twin > 0) shared.insert({strip.name.kind, strip.name.name, 0});
    return shared;
}

/// Why a strip is not worked on at all; empty when it is.
std::string why_left_alone(const Strip& strip, const std::set<StripName>& shared,
                           const measure::StripStatistics* heard) {
    // Its moves could not be taken back later: nothing but the name outlives a connection.
    if (!shared.empty() && shared.contains({strip.name.kind, strip.name.name, 0}))
        return "another strip has the same name, and kedge could not tell them apart later: rename one";
    if (strip.hidden) return "hidden";
    if (!is_channel(strip.name.kind)) return fmt::format("a {} is never moved", to_string(strip.name.kind));
    if (strip.mute == Mute::muted) return "muted: its level is not known";
    if (strip.fader && strip.fader->is_silence()) return "fader at -inf: never heard";
    if (!heard || heard->heard == Duration::zero()) return "never heard";
    if (heard->never_active) return "silent: nothing above the floor was heard (mute suggested)";
    return {};
}

/// Why a role is not moved. A label that has none is no fault of the name: then it says who can help.
std::string why_no_place(const StripFacts& facts, const Capabilities& capabilities) {
    switch (facts.role) {
        case Role::other:
            if (!capabilities.labels) return "no role known from its name";
            return fmt::format("{}; `kedge roles set \"{}\" ROLE` gives it one", facts.role_rule,
                               facts.strip->name.name);
        case Role::click:
            return "a click is never in the mix: mute suggested";
        case Role::reference:
            return "a reference is never in the mix: mute suggested";
        case Role::return_bus:
            return "a return or bus: its sources are mixed, it is not moved";
        case Role::drums:
            return "a drums bus: its sources are mixed, it is not moved";
        default:
            return fmt::format("the balance has no place for {}", to_string(facts.role));
    }
}

}  // namespace

Decibels StripFacts::peak_now() const {
    const Decibels fader = strip->fader.value_or(Decibels());
    return fader.is_silence() ? fader : heard->robust_peak + strip->trim.value_or(Decibels()) + fader;
}

Exactness known_of(const StripFacts& facts, const MixQuestion& question) {
    return measure::exactness_of(*facts.heard, question.capabilities.meter);
}

std::string known_words(const StripFacts& facts, const MixQuestion& question) {
    const Exactness known = known_of(facts, question);
    if (known.exact()) return {};
    return known.open_above ? ", or higher: its meter shows no more" : ", known " + to_string(known);
}

std::string soloed_names(const MixerState& mixer) {
    std::string names;
    for (const Strip& strip : mixer.strips)
        if (strip.soloed) names += (names.empty() ? "'" : ", '") + strip.name.name + "'";
    return names;
}

std::string why_not_written(const Strip& strip, Control control) {
    if (!strip.control(control)) return fmt::format("the DAW did not report its {}", to_string(control));
    const AutomationMode mode = strip.automation(control);
    if (mode == AutomationMode::manual) return {};
    return fmt::format("its {} follows automation (mode {})", to_string(control), to_string(mode));
}

Result<Examination> examine(const MixQuestion& question) {
    const MixerState& mixer = question.mixer;
    const std::string soloed = soloed_names(mixer);
    if (!soloed.empty()) {
        return fail(ErrorKind::refused, fmt::format("Soloed: {}. Everything else was silent.", soloed),
                    "Take all solos off in the DAW and listen again.");
    }
    std::unordered_map<StripId, const RoledStrip*> roles;
    for (const RoledStrip& roled : question.roles) roles.emplace(roled.strip, &roled);
    std::unordered_map<StripId, const measure::StripStatistics*> statistics;
    for (const auto& one : question.statistics) statistics.emplace(one.strip, &one);

    const auto shared = shared_names(mixer);
    Examination result;
    for (const Strip& strip : mixer.strips) {
        if (strip.name.kind == StripKind::master || strip.name.kind == StripKind::monitor) continue;
        const auto heard = statistics.find(strip.id);
        const auto roled = roles.find(strip.id);
        StripFacts facts;
        facts.strip = &strip;
        facts.heard = heard == statistics.end() ? nullptr : heard->second;
        if (roled != roles.end()) {
            facts.role = roled->second->role;
            facts.role_rule = roled->second->rule;
        }
        const bool out_of_the_mix = facts.role == Role::click || facts.role == Role::reference;
        std::string why = why_left_alone(strip, shared, facts.heard);
        if (!why.empty() && !(out_of_the_mix && strip.mute != Mute::muted && is_channel(strip.name.kind))) {
            result.left_alone.push_back({strip.id, std::move(why)});
        } else if (!question.profile.roles.contains(facts.role)) {
            result.left_alone.push_back({strip.id, why_no_place(facts, question.capabilities)});
            if (why.empty() && !out_of_the_mix) result.unplaced.push_back(std::move(facts));
        } else {
            result.strips.push_back(std::move(facts));
        }
    }
    std::vector<NamedRole> names;
    for (const StripFacts& facts : result.strips) names.push_back({facts.strip->name.name, facts.role});
    const auto places = find_families(names, question.profile.step, question.profile.second_microphone);
    for (std::size_t i = 0; i < places.size(); ++i) result.strips[i].family = places[i];
    return result;
}

}  // namespace kedge::mix
