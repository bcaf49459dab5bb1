#include "mix/ride_plan.hpp"

#include "mix/ride_desk.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

enum class RideWay { none, voice, solo, fills, transitions };

bool holds(const std::vector<Role>& roles, Role role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

RideWay way_of(Role role, const RideProfile& profile) {
    if (holds(profile.vocals, role)) return RideWay::voice;
    if (holds(profile.solos, role)) return RideWay::solo;
    if (holds(profile.fills, role)) return RideWay::fills;
    if (holds(profile.returns, role)) return RideWay::transitions;
    return RideWay::none;
}

/// A strip that may get a ride.
struct Candidate {
    const Strip* strip = nullptr;
    RideWay way = RideWay::none;
};

const HeardStrip* find(const RideDesk& desk, StripId strip) {
    for (const HeardStrip& one : desk.strips)
        if (one.strip->id == strip) return &one;
    return nullptr;
}

Result<std::vector<Candidate>> candidates(const RideQuestion& question) {
    if (question.wishes.depth && !(*question.wishes.depth > Decibels()))
        return fail(ErrorKind::usage, "The depth of a ride must be above 0 dB.",
                    fmt::format("Give --depth up to {}.", to_string(question.profile.most)));
    std::vector<Candidate> found;
    const auto& wished = question.wishes.strips;
    for (const StripId id : wished)
        if (!question.mixer.find(id))
            return fail(ErrorKind::usage, "A strip that was asked for is not in the mixer.",
                        "`kedge strips` shows those that are.");
    for (const Strip& strip : question.mixer.strips) {
        const bool asked_for = std::find(wished.begin(), wished.end(), strip.id) != wished.end();
        if (!wished.empty() && !asked_for) continue;
        RideWay way = way_of(role_of(question, strip.id), question.profile);
        const bool is_channel = strip.name.kind != StripKind::master && strip.name.kind != StripKind::vca &&
                                strip.name.kind != StripKind::monitor;
        if (asked_for && !is_channel)
            return fail(ErrorKind::usage,
                        fmt::format("'{}' is a {}: only tracks and buses are ridden.", strip.name.name,
                                    to_string(strip.name.kind)),
                        "Name a track or a bus.");
        // Whatever a person asks for is ridden like a voice when its role says nothing else.
        if (asked_for && way == RideWay::none) way = RideWay::voice;
        if (is_channel && way != RideWay::none) found.push_back({&strip, way});
    }
    if (found.empty())
        return fail(ErrorKind::refused,
                    "No strip of this session is a vocal, a solo instrument, a tom or a return.",
                    "Name the strip to ride, or tell its role with `kedge roles set`.");
    return found;
}

/// Empty, or why this strip's fader gets no ride.
std::string why_not_ridden(const RideQuestion& question, const Strip& strip) {
    if (!strip.fader) return "the DAW has not reported its fader";
    if (strip.fader->is_silence()) return "its fader is closed";
    if (strip.mute == Mute::muted) return "it is muted";
    if (!(question.depth(strip.id) > Decibels())) return "its ride depth is turned down";
    const bool ours = std::any_of(question.in_force.begin(), question.in_force.end(),
                                  [&](const Ride& ride) { return ride.strip == strip.id; });
    if (strip.fader_automation != AutomationMode::manual && !ours)
        return fmt::format("its fader follows automation already ({})", to_string(strip.fader_automation));
    return {};
}

bool sounds_at_all(const HeardStrip& strip) {
    return std::any_of(strip.sounds.begin(), strip.sounds.end(), [](char sounds) { return sounds != 0; });
}

/// What all rides look at: who sings, and how loud.
void hear_vocals(RideDesk& desk) {
    std::vector<WeighedLevel> levels;
    desk.sung.assign(desk.question.tape.length(), 0);
    for (const HeardStrip& strip : desk.strips) {
        if (!holds(desk.profile().vocals, strip.role)) continue;
        const RideSubject subject(desk, strip);
        if (const auto level = voice_level(subject)) levels.push_back({*level, Duration(1)});
        for (const measure::Phrase& phrase : measure::find_phrases(
                 strip.cells, strip.sounds, desk.question.capabilities.meter, desk.profile().phrases))
            std::fill(desk.sung.begin() + static_cast<std::ptrdiff_t>(phrase.cells.from),
                      desk.sung.begin() + static_cast<std::ptrdiff_t>(phrase.cells.to), 1);
    }
    desk.vocal_level = weighted_median(levels);
}

template <typename OfStrip>
void sort_in_mixer_order(const MixerState& mixer, std::vector<OfStrip>& all) {
    const auto place = [&](const OfStrip& one) { return mixer.find(one.strip) - mixer.strips.data(); };
    std::stable_sort(all.begin(), all.end(),
                     [&](const OfStrip& a, const OfStrip& b) { return place(a) < place(b); });
}

StripRide plan_strip(const RideDesk& desk, const Candidate& candidate) {
    std::string why = why_not_ridden(desk.question, *candidate.strip);
    if (!why.empty()) return {std::nullopt, std::move(why)};
    const HeardStrip* heard = find(desk, candidate.strip->id);
    if (!heard) return {std::nullopt, "it is not on the tape"};
    const RideSubject subject(desk, *heard);
    switch (candidate.way) {
        case RideWay::voice:
            return plan_voice(subject);
        case RideWay::solo:
            return plan_solo(subject);
        case RideWay::fills:
            return plan_fills(subject);
        case RideWay::transitions:
            return plan_transitions(subject);
        case RideWay::none:
            break;
    }
    return {};
}

}  // namespace

Result<void> check_ride_wishes(const RideQuestion& question) {
    const auto found = candidates(question);
    if (!found) return tl::unexpected(found.error());
    return {};
}

Result<RidePlan> plan_rides(const RideQuestion& question) {
    for (const Strip& strip : question.mixer.strips)
        if (strip.soloed)
            return fail(ErrorKind::refused,
                        fmt::format("'{}' is soloed: the rest was not heard.", strip.name.name),
                        "Take the solo off and listen again.");
    if (question.tape.length() == 0)
        return fail(ErrorKind::refused, "Nothing was heard yet.", "Run `kedge listen` first.");
    const auto found = candidates(question);
    if (!found) return tl::unexpected(found.error());

    RideDesk desk{question, heard_strips(question), {}, {}, {}, {}};
    if (std::none_of(desk.strips.begin(), desk.strips.end(), sounds_at_all))
        return fail(ErrorKind::refused, "Nothing sounded while the song was listened to.",
                    "Check that the tracks are audible and not muted, and run the command again.");
    desk.sections = song_sections(question, desk.strips);
    hear_vocals(desk);
    RidePlan plan;
    for (const bool voices : {true, false}) {  // the headroom that there is goes to the voices first
        for (const Candidate& candidate : *found) {
            if ((candidate.way == RideWay::voice) != voices) continue;
            StripRide planned = plan_strip(desk, candidate);
            if (planned.ride) {
                desk.planned.push_back(std::move(*planned.ride));
            } else {
                plan.left_alone.push_back({candidate.strip->id, std::move(planned.why_not)});
            }
        }
    }
    plan.rides = std::move(desk.planned);
    sort_in_mixer_order(question.mixer, plan.rides);
    sort_in_mixer_order(question.mixer, plan.left_alone);
    plan.sections = std::move(desk.sections);
    const bool any_voice =
        std::any_of(found->begin(), found->end(), [](const Candidate& c) { return c.way == RideWay::voice; });
    if (!any_voice && question.wishes.strips.empty())
        plan.notes.emplace_back(
            "No strip is taken for a lead vocal: `kedge roles` lists what each is taken for, `kedge roles "
            "set STRIP lead-vocal` tells otherwise.");
    if (question.marks.empty())
        plan.notes.push_back(
            fmt::format("The session has no markers: {} section{} guessed from which strips play when.",
                        plan.sections.size(), plan.sections.size() == 1 ? " was" : "s were"));
    if (question.wishes.depth && *question.wishes.depth > question.profile.most)
        plan.notes.push_back(fmt::format("A ride goes no further than {}: the depth asked for is more.",
                                         to_string(question.profile.most)));
    return plan;
}

}  // namespace kedge::mix
