#include "engine/strip_identity.hpp"

#include "surface/same_value.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

using EntriesOf = std::map<StripName, std::vector<const PassEntry*>>;

EntriesOf by_strip(std::span<const PassEntry> entries) {
    EntriesOf sorted;
    for (const PassEntry& entry : entries) sorted[entry.strip].push_back(&entry);
    return sorted;
}

/// Whether a strip holds every value that is known to have been left on another; false when none is.
bool stands_as_left(const Strip& strip, const std::vector<const PassEntry*>& entries,
                    const Capabilities& capabilities) {
    bool any = false;
    for (const PassEntry* entry : entries) {
        if (entry->verdict != Verdict::confirmed) continue;
        const auto held = strip.control(entry->control);
        if (!held || !surface::same_value(*held, entry->after, capabilities)) return false;
        any = true;
    }
    return any;
}

bool was_called(const Strip& strip, const std::string& name) {
    const auto& names = strip.former_names;
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<const Strip*> candidates_for(const StripName& recorded, const MixerState& mixer) {
    std::vector<const Strip*> found;
    for (const Strip& strip : mixer.strips) {
        if (strip.name.kind != recorded.kind) continue;
        if (strip.name.name == recorded.name || was_called(strip, recorded.name)) found.push_back(&strip);
    }
    return found;
}

std::string in_words(const std::set<std::string>& names) {
    std::string words;
    for (const std::string& name : names) words += (words.empty() ? "'" : ", '") + name + "'";
    return words;
}

tl::unexpected<Error> same_name(const StripName& strip, std::size_t count) {
    return fail(ErrorKind::refused,
                fmt::format("{} {}s are called '{}': kedge cannot tell which is which. Nothing was sent.",
                            count, to_string(strip.kind), strip.name),
                "Give each of them a name of its own in the DAW and run the command again.");
}

/// The only strip that can be the recorded one; nullptr when there is none.
Result<const Strip*> told(const StripName& recorded, const std::vector<const PassEntry*>& entries,
                          const MixerState& mixer, const Capabilities& capabilities) {
    const auto found = candidates_for(recorded, mixer);
    const auto twins = static_cast<std::size_t>(std::count_if(
        found.begin(), found.end(), [&](const Strip* strip) { return strip->name.name == recorded.name; }));
    if (twins > 1) return same_name(recorded, twins);
    if (recorded.twin > 0) {
        return fail(
            ErrorKind::refused,
            fmt::format("When the pass was made several {}s were called '{}': kedge cannot tell which "
                        "of them this is. Nothing was sent.",
                        to_string(recorded.kind), recorded.name),
            "Set this strip by hand; `kedge show` says where it stood.");
    }
    if (found.empty()) return nullptr;
    if (found.size() == 1) return found.front();
    // One has the name and others had it before: only the values that the pass left can tell.
    std::vector<const Strip*> confirmed;
    for (const Strip* strip : found)
        if (stands_as_left(*strip, entries, capabilities)) confirmed.push_back(strip);
    if (confirmed.size() == 1) return confirmed.front();
    std::set<std::string> names;
    for (const Strip* strip : found) names.insert(strip->name.name);
    return fail(ErrorKind::refused,
                fmt::format("{} have all been called '{}': kedge cannot tell which of them it moved. Nothing "
                            "was sent.",
                            in_words(names), recorded.name),
                "Set these strips by hand; `kedge show` says where they stood.");
}

/// Two strips that each stand where the pass left the other have exchanged their names, or their faders.
std::set<std::string> exchanged(const EntriesOf& entries, const std::map<StripName, const Strip*>& known,
                                const Capabilities& capabilities) {
    std::vector<StripName> elsewhere;
    for (const auto& [name, strip] : known)
        if (!stands_as_left(*strip, entries.at(name), capabilities)) elsewhere.push_back(name);
    std::set<std::string> doubtful;
    for (const StripName& one : elsewhere) {
        for (const StripName& other : elsewhere) {
            if (one == other || one.kind != other.kind) continue;
            if (stands_as_left(*known.at(one), entries.at(other), capabilities) &&
                stands_as_left(*known.at(other), entries.at(one), capabilities))
                doubtful.insert({one.name, other.name});
        }
    }
    return doubtful;
}

}  // namespace

Result<RecordedStrips> recognise_recorded(std::span<const PassEntry> entries, const MixerState& mixer,
                                          const Capabilities& capabilities) {
    const EntriesOf recorded = by_strip(entries);
    std::map<StripName, const Strip*> known;
    std::map<StripId, StripName> taken;
    for (const auto& [name, of_strip] : recorded) {
        const auto strip = told(name, of_strip, mixer, capabilities);
        if (!strip) return tl::unexpected(strip.error());
        if (*strip == nullptr) continue;
        const auto [other, is_free] = taken.emplace((*strip)->id, name);
        if (!is_free) {
            return fail(ErrorKind::refused,
                        fmt::format("'{}' and '{}' of the pass are one strip now, '{}': kedge cannot tell "
                                    "where the other is. Nothing was sent.",
                                    other->second.name, name.name, (*strip)->name.name),
                        "Set these strips by hand; `kedge show` says where they stood.");
        }
        known.emplace(name, *strip);
    }
    if (const auto names = exchanged(recorded, known, capabilities); !names.empty()) {
        return fail(ErrorKind::refused,
                    fmt::format("{} stand where the pass left one another: they may have exchanged their "
                                "names. Nothing was sent.",
                                in_words(names)),
                    "Set one of their controls to another value if the names are right, or name them as "
                    "they were, and run the command again.");
    }
    RecordedStrips ids;
    for (const auto& [name, strip] : known) ids.emplace(name, strip->id);
    return ids;
}

const Strip* find_recorded(const RecordedStrips& strips, const StripName& recorded, const MixerState& mixer) {
    const auto known = strips.find(recorded);
    return known == strips.end() ? nullptr : mixer.find(known->second);
}

Result<void> refuse_twins(std::span<const StripId> strips, const MixerState& mixer) {
    std::map<std::pair<StripKind, std::string>, std::size_t> count;
    for (const Strip& strip : mixer.strips) ++count[{strip.name.kind, strip.name.name}];
    for (const StripId id : strips) {
        const Strip* strip = mixer.find(id);
        if (!strip) continue;
        const auto alike_named = count[{strip->name.kind, strip->name.name}];
        if (alike_named > 1) return same_name(strip->name, alike_named);
    }
    return {};
}

}  // namespace kedge::engine
