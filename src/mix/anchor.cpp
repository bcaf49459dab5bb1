#include "mix/anchor.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

Decibels kick_place(const BalanceProfile& profile) {
    return landing(profile.roles.at(Role::kick));
}

std::string quoted(const Strip& strip) {
    return "'" + strip.name.name + "'";
}

/// The level a role anchors at: from the list of anchors, else its place in the table.
std::optional<Decibels> anchor_level(const BalanceProfile& profile, Role role) {
    for (const auto& [listed, level] : profile.fallback_anchors)
        if (listed == role) return level;
    const auto entry = profile.roles.find(role);
    if (entry == profile.roles.end()) return std::nullopt;
    return landing(entry->second);
}

Anchor in_the_table(const BalanceProfile& profile, const StripFacts& facts) {
    const Decibels level = *anchor_level(profile, facts.role);
    const Decibels place = landing(profile.roles.at(facts.role));
    Anchor anchor;
    anchor.strip = facts.strip->id;
    anchor.family = facts.family.family;
    anchor.above_virtual_kick = place - kick_place(profile);
    // The grid keeps faders on whole steps, so an anchor level off the table moves everything by whole steps.
    anchor.kick_level = kick_place(profile) + nearest_step(level - place, profile.step);
    return anchor;
}

/// First microphones come first, then mixer order.
const StripFacts* first_of(const std::vector<StripFacts>& strips, Role role) {
    const StripFacts* found = nullptr;
    for (const StripFacts& facts : strips) {
        if (facts.role != role) continue;
        if (!facts.family.second) return &facts;
        if (!found) found = &facts;
    }
    return found;
}

/// A strip that is not moved: the balance is hung from where it stands, to the nearest step.
Anchor where_it_stands(const BalanceProfile& profile, const StripFacts& facts) {
    const auto level = anchor_level(profile, facts.role);
    Anchor anchor;
    anchor.strip = facts.strip->id;
    anchor.family = static_cast<std::size_t>(-1);
    anchor.above_virtual_kick = level ? *level - kick_place(profile) : Decibels();
    const Decibels virtual_kick = facts.peak_now() - anchor.above_virtual_kick;
    anchor.kick_level = kick_place(profile) + nearest_step(virtual_kick - kick_place(profile), profile.step);
    anchor.note = fmt::format(
        "The anchor is {}, as wished; it has no place in the balance and is not moved: the balance hangs "
        "from its {}FS, with the kick's place at {}FS.",
        quoted(*facts.strip), to_string(facts.peak_now()), to_string(anchor.kick_level));
    return anchor;
}

Result<Anchor> wished(const MixQuestion& question, const Examination& examined) {
    const auto is_wished = [&](const StripFacts& facts) {
        return facts.strip->id == *question.wishes.anchor_strip;
    };
    const auto& placed = examined.strips;
    if (question.wishes.anchor_strip) {
        const auto at = std::find_if(placed.begin(), placed.end(), is_wished);
        if (at != placed.end()) return in_the_table(question.profile, *at);
        const auto still = std::find_if(examined.unplaced.begin(), examined.unplaced.end(), is_wished);
        if (still != examined.unplaced.end()) return where_it_stands(question.profile, *still);
        for (const LeftAlone& left : examined.left_alone) {
            if (left.strip != *question.wishes.anchor_strip) continue;
            const Strip* strip = question.mixer.find(left.strip);
            return fail(ErrorKind::usage,
                        fmt::format("{} cannot be the anchor: {}.", quoted(*strip), left.why),
                        "Choose a strip that plays in the song, or leave --anchor out.");
        }
        return fail(ErrorKind::usage, "The strip wished as the anchor is not in the mixer.",
                    "`kedge strips` lists the strips.");
    }
    const Role role = *question.wishes.anchor_role;
    if (const StripFacts* facts = first_of(placed, role)) return in_the_table(question.profile, *facts);
    if (const StripFacts* facts = first_of(examined.unplaced, role))
        return where_it_stands(question.profile, *facts);
    return fail(ErrorKind::usage,
                fmt::format("No strip with the role {} was heard: it cannot be the anchor.", to_string(role)),
                "`kedge roles` lists the roles found; choose another, or leave --anchor out.");
}

std::optional<Anchor> drums_track(const BalanceProfile& profile, Decibels level, Examination& examined) {
    // A bus is left where it stands, as what it sums is mixed; only a track of whole drums can be put
    // somewhere.
    const auto at =
        std::find_if(examined.unplaced.begin(), examined.unplaced.end(), [](const StripFacts& facts) {
            return facts.role == Role::drums && facts.strip->name.kind == StripKind::audio_track;
        });
    if (at == examined.unplaced.end()) return std::nullopt;
    StripFacts facts = *at;
    facts.family.family = examined.strips.size() + examined.unplaced.size();
    Anchor anchor;
    anchor.strip = facts.strip->id;
    anchor.family = facts.family.family;
    anchor.kick_level = kick_place(profile);
    anchor.above_virtual_kick = level - anchor.kick_level;
    RoleBalance place;
    place.staging = level;
    place.range_words = fmt::format("the drums anchor at {}FS", to_string(level));
    anchor.place = place;
    std::erase_if(examined.left_alone, [&](const LeftAlone& left) { return left.strip == facts.strip->id; });
    examined.unplaced.erase(at);
    const auto in_order = std::find_if(examined.strips.begin(), examined.strips.end(),
                                       [&](const StripFacts& other) { return other.strip > facts.strip; });
    examined.strips.insert(in_order, facts);
    return anchor;
}

Anchor loudest(const BalanceProfile& profile, const std::vector<StripFacts>& strips) {
    // Loudest where the table puts it: what stands where before the mix must not decide.
    const auto level = [&](const StripFacts& facts) {
        return landing(profile.roles.at(facts.role)) + facts.family.shift;
    };
    const auto at =
        std::max_element(strips.begin(), strips.end(),
                         [&](const StripFacts& a, const StripFacts& b) { return level(a) < level(b); });
    Anchor anchor;
    anchor.strip = at->strip->id;
    anchor.family = at->family.family;
    anchor.kick_level =
        kick_place(profile) + nearest_step(profile.loudest_anchor_level - kick_place(profile), profile.step);
    anchor.place = profile.roles.at(Role::kick);
    anchor.place->range_words =
        fmt::format("it takes the kick's place at {}FS", to_string(anchor.kick_level));
    return anchor;
}

}  // namespace

Decibels landing(const RoleBalance& balance) {
    return balance.staging + balance.fader;
}

Result<Anchor> choose_anchor(const MixQuestion& question, Examination& examined) {
    const BalanceProfile& profile = question.profile;
    if (question.wishes.anchor_strip || question.wishes.anchor_role) {
        auto anchor = wished(question, examined);
        if (anchor && anchor->note.empty()) {
            anchor->note =
                fmt::format("The anchor is {}, as wished; the kick's place is {}FS.",
                            quoted(*question.mixer.find(anchor->strip)), to_string(anchor->kick_level));
        }
        return anchor;
    }
    if (examined.strips.empty() && examined.unplaced.empty()) {
        return fail(ErrorKind::refused, "Nothing was heard: no strip played above the floor.",
                    "Check that the song has regions in the range listened to and that its strips are open, "
                    "then listen again.");
    }
    std::string why = "There is no kick";
    const StripFacts* first_kick = nullptr;
    for (const StripFacts& facts : examined.strips) {
        if (facts.role != Role::kick || facts.family.second) continue;
        if (facts.heard->onsets_per_second >= profile.fewest_anchor_onsets_per_second) {
            return in_the_table(profile, facts);
        }
        if (!first_kick) first_kick = &facts;
    }
    if (first_kick) {
        why = fmt::format(
            "{} is heard only {:.2f} times a second, less than once in two bars, and is no anchor",
            quoted(*first_kick->strip), first_kick->heard->onsets_per_second);
    }
    const auto named = [&](Anchor anchor) {
        anchor.note = fmt::format("{}: the balance hangs from {}; the kick's place is {}FS.", why,
                                  quoted(*question.mixer.find(anchor.strip)), to_string(anchor.kick_level));
        return anchor;
    };
    for (const auto& [role, level] : profile.fallback_anchors) {
        if (role == Role::drums) {
            if (auto drums = drums_track(profile, level, examined)) return named(*drums);
        } else if (const StripFacts* facts = first_of(examined.strips, role)) {
            return named(in_the_table(profile, *facts));
        }
    }
    if (examined.strips.empty()) {
        return fail(
            ErrorKind::refused, "No strip that was heard has a role with a place in the balance.",
            "Name the strips after what they are, or set roles by hand with `kedge roles set STRIP ROLE`.");
    }
    return named(loudest(profile, examined.strips));
}

}  // namespace kedge::mix
