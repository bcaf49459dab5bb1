#include "core/strip_recognition.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace kedge {

namespace {

using Given = std::vector<std::optional<StripId>>;
using KindAndName = std::pair<StripKind, std::string>;

KindAndName called(const Strip& strip) {
    return {strip.name.kind, strip.name.name};
}

/// All that is known of a strip beside its name and place, and what is changed as lightly as these.
bool stands_alike(const Strip& a, const Strip& b) {
    return a.name.kind == b.name.kind && a.inputs == b.inputs && a.outputs == b.outputs &&
           a.fader == b.fader && a.trim == b.trim && a.pan == b.pan && a.mute == b.mute;
}

bool same_build(const Strip& a, const Strip& b) {
    return a.name.kind == b.name.kind && a.inputs == b.inputs && a.outputs == b.outputs;
}

/// Places of the strips that are the only ones of their kind and name.
std::map<KindAndName, std::size_t> only_ones(std::span<const Strip> strips) {
    std::map<KindAndName, std::size_t> places;
    std::map<KindAndName, int> count;
    for (std::size_t i = 0; i < strips.size(); ++i) {
        places[called(strips[i])] = i;
        ++count[called(strips[i])];
    }
    std::erase_if(places, [&](const auto& each) { return count[each.first] > 1; });
    return places;
}

Given by_place(std::span<const Strip> old) {
    Given ids;
    for (const Strip& strip : old) ids.emplace_back(strip.id);
    return ids;
}

/// Every strip where it was, some under another name: nullopt when that is not what happened, or when it
/// cannot be told from strips that changed places.
std::optional<Given> renamed_in_place(std::span<const Strip> old, std::span<const Strip> now) {
    std::vector<std::size_t> renamed;
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (!same_build(old[i], now[i])) return std::nullopt;
        if (old[i].name.name != now[i].name.name) renamed.push_back(i);
    }
    if (renamed.size() <= 1) return by_place(old);
    const auto before = only_ones(old);
    for (const std::size_t i : renamed) {
        if (!stands_alike(old[i], now[i])) return std::nullopt;
        const auto had_that_name = before.find(called(now[i]));
        const bool could_have_moved =
            had_that_name != before.end() && stands_alike(old[had_that_name->second], now[i]);
        if (could_have_moved) return std::nullopt;
    }
    return by_place(old);
}

/// A strip of both lists by its name.
struct Match {
    const Strip* then;
    std::size_t now;
};

/// A strip that does not stand as it stood may be another one under this name: one that stood so then, or is
/// new while a stranger stands where this one did. Both sides of such an exchange are dropped.
void drop_exchanged(std::vector<Match>& matches, std::span<const Strip> old, std::span<const Strip> now) {
    std::set<const Strip*> settled;
    for (const Match& match : matches)
        if (stands_alike(*match.then, now[match.now])) settled.insert({match.then, &now[match.now]});
    std::set<const Strip*> doubtful;
    for (const Match& match : matches) {
        const Strip* then = match.then;
        const Strip* today = &now[match.now];
        if (settled.contains(then)) continue;
        for (const Strip& other : old) {
            if (&other == then || settled.contains(&other) || !stands_alike(other, *today)) continue;
            doubtful.insert({then, &other});
        }
        for (const Strip& other : now) {
            if (&other == today || settled.contains(&other) || !stands_alike(*then, other)) continue;
            doubtful.insert({today, &other});
        }
    }
    std::erase_if(matches, [&](const Match& match) {
        return doubtful.contains(match.then) || doubtful.contains(&now[match.now]);
    });
}

Given by_name(std::span<const Strip> old, std::span<const Strip> now, SinceThen since) {
    const auto before = only_ones(old);
    std::vector<Match> matches;
    for (const auto& [name, place] : only_ones(now)) {
        const auto known = before.find(name);
        if (known == before.end()) continue;
        // Nobody said that strips changed places: a name elsewhere may be a name given away.
        if (since == SinceThen::renames && known->second != place) continue;
        matches.push_back({&old[known->second], place});
    }
    drop_exchanged(matches, old, now);
    Given ids(now.size());
    for (const Match& match : matches) ids[match.now] = match.then->id;
    return ids;
}

constexpr std::size_t most_former_names = 32;

/// What a strip was called before, and its name of then if it has another one now.
std::vector<std::string> names_until_now(const Strip& then, const Strip& now) {
    auto names = then.former_names;
    if (then.name.name != now.name.name) names.push_back(then.name.name);
    std::erase(names, now.name.name);
    if (names.size() > most_former_names) names.erase(names.begin());
    return names;
}

}  // namespace

Given recognise_strips(std::span<const Strip> old, std::span<const Strip> now, SinceThen since) {
    if (old.size() != now.size()) since = SinceThen::anything;
    if (since == SinceThen::renames) {
        if (auto ids = renamed_in_place(old, now)) return std::move(*ids);
    }
    return by_name(old, now, since);
}

void carry_ids(std::span<const Strip> old, std::span<const std::optional<StripId>> ids,
               std::vector<Strip>& now, std::uint32_t& next_id, std::vector<StripId>& added,
               std::vector<StripId>& removed) {
    std::map<StripId, const Strip*> left;
    for (const Strip& strip : old) left.emplace(strip.id, &strip);
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (ids[i]) {
            now[i].id = *ids[i];
            now[i].former_names = names_until_now(*left.extract(*ids[i]).mapped(), now[i]);
        } else {
            now[i].id = StripId{next_id++};
            added.push_back(now[i].id);
        }
    }
    for (const auto& [id, strip] : left) removed.push_back(id);
}

std::size_t count_named(std::span<const Strip> strips, StripKind kind, const std::string& name) {
    return static_cast<std::size_t>(std::count_if(strips.begin(), strips.end(), [&](const Strip& strip) {
        return strip.name.kind == kind && strip.name.name == name;
    }));
}

}  // namespace kedge
