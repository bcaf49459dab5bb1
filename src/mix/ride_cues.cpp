#include "mix/ride_desk.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::mix {

using measure::CellRange;
using measure::Phrase;
using measure::PhraseKind;
using measure::Tape;

namespace {

/// A place where a strip may be lifted by a step.
struct LiftPlace {
    CueKind kind = CueKind::fill;
    std::string name;
    SongRange range;
    Duration ramp{};
    Decibels level;  ///< against the backing there
};

Duration beats(const RideSubject& subject, double count) {
    return Duration(std::llround(static_cast<double>(subject.desk.question.beat_length().count()) * count));
}

/// How much of a range's cells a strip sounds in.
double share(const std::vector<char>& sounds, CellRange cells) {
    cells.to = std::min(cells.to, sounds.size());
    if (cells.from >= cells.to) return 0.0;
    const auto begin = sounds.begin() + static_cast<std::ptrdiff_t>(cells.from);
    const auto end = sounds.begin() + static_cast<std::ptrdiff_t>(cells.to);
    return static_cast<double>(std::count(begin, end, 1)) / static_cast<double>(end - begin);
}

bool inside(SongRange range, SongRange within) {
    return range.from >= within.from && range.to <= within.to;
}

std::optional<Decibels> median_of_places(const std::vector<LiftPlace>& places) {
    std::vector<WeighedLevel> levels;
    levels.reserve(places.size());
    for (const LiftPlace& place : places) levels.push_back({place.level, place.range.length() + Duration(1)});
    return weighted_median(levels);
}

/// Lifts the strip by a step in every place that lies more than `within` under `wanted`.
StripRide lift(const RideSubject& subject, const std::vector<LiftPlace>& places, Decibels wanted) {
    const RideProfile& profile = subject.desk.profile();
    const Decibels step = std::min(profile.step, subject.depth());
    std::vector<RideHold> holds;
    std::vector<RideCue> cues;
    SongTime free_from = subject.desk.within().from;
    for (const LiftPlace& place : places) {
        const Decibels wish =
            std::max(Decibels(), step_for(place.level - wanted, profile.section.within, step));
        if (wish == Decibels() || !inside(place.range, subject.desk.within())) continue;
        const Duration around = place.ramp + profile.phrase.lead;  // what the ramps lift counts too
        const Decibels most =
            subject.most_lift(subject.cells({place.range.from - around, place.range.to + around}));
        if (most < Decibels(step.db() / 2.0)) continue;  // not worth a ride
        const Decibels offset = std::min(wish, most);
        const SongTime before = std::max(free_from, place.range.from - place.ramp - profile.phrase.lead);
        if (before < place.range.from && before > free_from)
            holds.push_back({{free_from, before}, {}, {}, {}, {}});
        holds.push_back({place.range, offset, most, {}, place.ramp});
        free_from = place.range.to + std::max(place.ramp, profile.phrase.longest_ramp);
        holds.push_back({{free_from, free_from}, {}, most, {}, place.ramp});
        cues.push_back({place.kind, place.range, place.level, wanted, offset,
                        fmt::format("{}: {} against the rest, {} from {}: one step up", place.name,
                                    to_string(place.level), to_string(place.level - wanted),
                                    place.kind == CueKind::solo ? "the vocal's place" : "its usual")});
    }
    auto ride = subject.ride_through(std::move(holds), std::move(cues));
    if (!ride) return {std::nullopt, "nowhere is it lost by more than half a step, or there is no headroom"};
    return {std::move(ride), {}};
}

bool says_solo(const std::string& name) {
    std::string lower = name;
    for (char& letter : lower)
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    return lower.find("solo") != std::string::npos;
}

/// Sections in which an instrument can have the vocal's place: named so, or between sung ones and not sung.
std::vector<std::size_t> solo_sections(const RideSubject& subject) {
    const auto& sections = subject.desk.sections;
    std::vector<std::size_t> sung;
    constexpr double hardly = 0.2;
    for (std::size_t i = 0; i < sections.size(); ++i)
        if (share(subject.desk.sung, cells_of(sections[i].range, subject.desk.sung.size())) > hardly)
            sung.push_back(i);
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        if (std::find(sung.begin(), sung.end(), i) != sung.end()) continue;
        const bool between = !sung.empty() && i > sung.front() && i < sung.back();
        if (between || says_solo(sections[i].name)) found.push_back(i);
    }
    return found;
}

/// Among the strips that could have the solo there, the loudest has it.
bool has_solo(const RideSubject& subject, CellRange cells) {
    const RideProfile& profile = subject.desk.profile();
    const auto level = [&](const HeardStrip& strip) {
        const CellRange own{std::min(cells.from, strip.cells.size()), std::min(cells.to, strip.cells.size())};
        return measure::sounding_level(strip.cells, strip.sounds, own);
    };
    if (share(subject.strip.sounds, cells) < profile.solo_share.of_one) return false;
    const Decibels ours = level(subject.strip);
    return std::none_of(subject.desk.strips.begin(), subject.desk.strips.end(), [&](const HeardStrip& other) {
        const bool could =
            std::find(profile.solos.begin(), profile.solos.end(), other.role) != profile.solos.end();
        return could && &other != &subject.strip && share(other.sounds, cells) >= profile.solo_share.of_one &&
               level(other) > ours;
    });
}

}  // namespace

StripRide plan_solo(const RideSubject& subject) {
    if (!subject.desk.vocal_level) return {std::nullopt, "there is no vocal whose place a solo could take"};
    std::vector<LiftPlace> places;
    for (const std::size_t i : solo_sections(subject)) {
        const SongSection& section = subject.desk.sections[i];
        const CellRange cells = subject.cells(section.range);
        const auto level = subject.against(cells);
        if (!level || !has_solo(subject, cells)) continue;
        places.push_back({CueKind::solo, section.name, section.range,
                          beats(subject, subject.desk.profile().section.slew_beats), *level});
    }
    if (places.empty()) return {std::nullopt, "it has no solo"};
    return lift(subject, places, *subject.desk.vocal_level);
}

StripRide plan_fills(const RideSubject& subject) {
    const HeardStrip& strip = subject.strip;
    const RideProfile& profile = subject.desk.profile();
    std::vector<LiftPlace> fills;
    for (const Phrase& phrase : measure::find_phrases(
             strip.cells, strip.sounds, subject.desk.question.capabilities.meter, profile.phrases)) {
        const auto level = subject.against(phrase.cells);
        if (phrase.kind == PhraseKind::breath || !level) continue;
        if (phrase.range.length() > profile.longest_fill)
            return {std::nullopt, "it plays on: what it plays are no fills"};
        fills.push_back({CueKind::fill, "a fill", phrase.range, profile.phrase.longest_ramp, *level});
    }
    if (fills.size() < 2) return {std::nullopt, "fewer than two fills: there is no usual level"};
    return lift(subject, fills, *median_of_places(fills));
}

StripRide plan_transitions(const RideSubject& subject) {
    const auto window = static_cast<std::size_t>(subject.desk.profile().section.window / Tape::cell_length);
    std::vector<WeighedLevel> usual;
    for (std::size_t from = 0; from + window <= subject.strip.cells.size(); from += window)
        if (const auto level = subject.against({from, from + window}))
            usual.push_back({*level, Tape::cell_length});
    const auto median = weighted_median(usual);
    if (!median) return {std::nullopt, "it was not heard"};
    std::vector<LiftPlace> places;
    for (std::size_t i = 1; i < subject.desk.sections.size(); ++i) {
        const SongTime to = subject.desk.sections[i].range.from;
        const SongTime from = std::max(subject.desk.sections[i - 1].range.from,
                                       to - beats(subject, subject.desk.profile().transition_beats));
        const auto level = subject.against(subject.cells({from, to}));
        if (!level) continue;
        places.push_back({CueKind::transition,
                          fmt::format("into {}", subject.desk.sections[i].name),
                          {from, to},
                          beats(subject, 1.0),
                          *level});
    }
    if (places.empty()) return {std::nullopt, "it sounds in no transition"};
    return lift(subject, places, *median);
}

}  // namespace kedge::mix
