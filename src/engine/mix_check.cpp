// How a MixJob checks what it did: it listens to the loudest part once more, and corrects by what that tells.

#include "engine/calibration.hpp"
#include "engine/mix_job.hpp"
#include "engine/strip_identity.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

// Locating, rolling and stopping take about this much beside what is listened to.
constexpr Duration to_locate = std::chrono::seconds(1);

}  // namespace

std::vector<measure::StripGain> MixJob::gains_in_force(const MixerState& mixer) const {
    std::vector<measure::StripGain> gains;
    for (const Strip& strip : mixer.strips) {
        const bool plays =
            strip.name.kind == StripKind::audio_track || strip.name.kind == StripKind::midi_track;
        if (plays && strip.mute != Mute::muted) gains.push_back({strip.id, gain_of(strip)});
    }
    return gains;
}

/// What is left of the budget for each roll that a check takes.
Duration MixJob::time_for_a_roll(const Desk& desk) const {
    const auto rolls = static_cast<std::int64_t>(std::max<std::size_t>(1, desk.surface().meter_windows()));
    return check_.budget - (desk.now() - checks_began_) / rolls;
}

/// The loudest part that can be listened to; where the playhead goes only to the start, of what lies within
/// reach of it.
std::optional<SongRange> MixJob::part_to_check(const Desk& desk) const {
    const Duration length = time_to_listen(desk);
    if (length <= Duration::zero()) return std::nullopt;
    const auto gains = gains_in_force(desk.mixer());
    if (desk.surface().capabilities().locates)
        return measure::loudest_part(tape_, MeterPoint::after_fader, gains, length);
    const auto within_reach = measure::beginning_of(tape_, time_for_a_roll(desk) - to_locate);
    return measure::loudest_part(within_reach, MeterPoint::after_fader, gains, length);
}

/// What is left for a part to listen to; nothing when that is too short.
Duration MixJob::time_to_listen(const Desk& desk) const {
    if (settled_ || round_ >= check_.most_rounds) return {};
    const Duration length = std::min(check_.length, time_for_a_roll(desk) - check_.roll_in - to_locate);
    return length >= std::min(check_.shortest, check_.length) ? length : Duration::zero();
}

void MixJob::begin_check(Desk& desk) {
    const auto part = part_to_check(desk);
    if (!part) {
        if (round_ == 0 && !desk.surface().capabilities().locates)
            report_.notes.emplace_back(
                "Not listened to again: nothing plays near the start of the song, where alone this surface "
                "can begin.");
        if (round_ > 0 && !settled_)
            report_.notes.emplace_back("The last correction was confirmed but not listened to again.");
        finish(desk);
        return;
    }
    ++round_;
    listen_to(desk, *part);
}

void MixJob::check_heard(Desk& desk) {
    if (listener_->error()) {
        // The pass stands and is confirmed; only the check is missing.
        report_.notes.push_back("The check after applying did not end: " + listener_->error()->message);
        finish(desk);
        return;
    }
    const measure::Tape heard = listener_->take_tape();
    const bool changed = calibrate(desk, heard, judged_);
    // What answered otherwise than the tape promised is no second look at the same thing.
    const bool coarse = desk.surface().capabilities().meter.coarse();  // a look through other steps
    if (!changed && !order_.refine && !coarse && tape_.look_again(heard, judged_)) take_statistics(desk);
    hear_bus(desk, heard);
    if (changed || (report_.bus.after && !order_.refine)) {
        correct(desk);
    } else {
        finish(desk);
    }
}

void MixJob::hear_bus(Desk& desk, const measure::Tape& heard) {
    const Strip* master = desk.mixer().master();
    if (!master) return;
    // Half of what was played before the part as well: a peak at its rim may be read on either side.
    const SongRange part{std::max(SongTime(), judged_.from - check_.roll_in / 2), judged_.to};
    const auto peak = peak_in(heard, master->id, part, desk.surface().capabilities().meter);
    if (peak.likely.is_silence()) return;
    report_.bus.after = peak.likely;
    report_.bus.uncertainty = peak.at_most - peak.likely;
    const Decibels sum = sum_heard(desk);
    if (sum.is_silence()) return;
    const measure::TruePeak over{peak.likely - sum, peak.at_most - sum, peak.at_least - sum};
    // Where nothing has moved between strips each further look draws the readings anew, and of another part
    // perhaps: only what it heard louder than was believed is news.
    const bool seen_before = bus_over_sum_ && (round_ > 1 || report_.passes.empty());
    if (!seen_before) {
        bus_over_sum_ = over;
    } else {
        bus_over_sum_->likely = std::max(bus_over_sum_->likely, over.at_least);
        bus_over_sum_->at_most = std::max(bus_over_sum_->at_most, bus_over_sum_->likely);
    }
}

/// The power sum of the planned strips as the check heard them. One that stood too high counts with its
/// place: it goes down, and the bus need not, as it may peak where that strip rests.
Decibels MixJob::sum_heard(const Desk& desk) const {
    Decibels sum = Decibels::silence();
    for (const StripTarget& target : report_.plan.targets) {
        const Strip* strip = desk.mixer().find(target.strip);
        const auto* heard = report_.statistics_of(target.strip);
        if (!strip || !heard || heard->never_active) continue;
        sum = power_sum(sum, std::min(heard->robust_peak + gain_of(*strip), target.predicted_peak));
    }
    return sum;
}

/// Holds what the check heard against what the tape and the moves promised; true when the tape was corrected.
bool MixJob::calibrate(Desk& desk, const measure::Tape& heard, SongRange judged) {
    const MeterLaw& law = desk.surface().capabilities().meter;
    // Each look through other steps tells more.
    if (recalibrated_ && !law.coarse()) return false;
    const Decibels limit = comparison_limit(law, check_.worth_a_move);
    auto differences = differences_from_tape(tape_, heard, judged, desk.mixer(), law);
    for (StripDifference& one : differences) {
        const auto known = known_.find(one.strip);
        if (known == known_.end()) continue;
        one.promised_within = known->second;
        one.promised_open_above = false;
    }
    Correction correction = explain(differences, limit);
    if (law.coarse()) take_known(tape_, differences, correction, law);
    if (correction.empty()) {
        if (!known_.empty()) take_statistics(desk);
        return false;
    }
    recalibrated_ = true;
    for (const StripId strip : correction.before_fader) {
        report_.notes.push_back(
            fmt::format("The meter of '{}' listens before the fader (found from its first move).",
                        desk.mixer().find(strip)->name.name));
    }
    for (const StripShift& shift : correction.shifts) {
        report_.notes.push_back(fmt::format(
            "'{}' answered its move with {} more than asked (a dynamics insert, or an edit since the "
            "tape): measured anew and corrected.",
            desk.mixer().find(shift.strip)->name.name, to_string(shift.by)));
    }
    if (!correction.seen_closer.empty()) {
        const auto count = correction.seen_closer.size();
        report_.notes.push_back(
            fmt::format("The check saw {} {} through other steps of the meter, and so closer than before.",
                        count, count == 1 ? "strip" : "strips"));
    }
    tape_ = corrected(tape_, correction);
    take_statistics(desk);
    return true;
}

/// What is seen of a strip's loudest peak says as much of its robust peak only when both were read in the
/// same step.
void MixJob::take_known(const measure::Tape& tape, const std::vector<StripDifference>& differences,
                        Correction& correction, const MeterLaw& law) {
    const auto another_step = [&](const auto& item) {
        const auto* track = tape.find(item.strip);
        const auto* heard = report_.statistics_of(item.strip);
        const auto one = std::find_if(differences.begin(), differences.end(),
                                      [&](const StripDifference& d) { return d.strip == item.strip; });
        if (!track || !heard || heard->never_active || one == differences.end()) return true;
        const Decibels robust = heard->robust_peak + track->fader + track->trim;
        return law.step_of(robust) != law.step_of(one->read_then);
    };
    std::erase_if(correction.seen_closer, another_step);
    for (const StripKnown& known : correction.known) {
        const bool shifted = std::any_of(correction.shifts.begin(), correction.shifts.end(),
                                         [&](const StripShift& shift) { return shift.strip == known.strip; });
        if (shifted || !another_step(known)) known_[known.strip] = known.within;
    }
}

namespace {

/// What the moves of a step add up to, strip by strip; pans are not counted.
std::map<StripId, Decibels> changes_of(const Plan& step) {
    std::map<StripId, Decibels> by;
    for (const Move& move : step.moves) {
        const auto* from = std::get_if<Decibels>(&move.from);
        const auto* to = std::get_if<Decibels>(&move.to);
        if (from && to) by[move.strip] += *to - *from;
    }
    return by;
}

/// By how much strips change against each other.
Decibels unevenness(const std::map<StripId, Decibels>& changes) {
    const auto [least, most] = std::minmax_element(
        changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return changes.empty() ? Decibels() : most->second - least->second;
}

std::string words_for(const std::map<StripId, Decibels>& changes) {
    Decibels most;
    for (const auto& [strip, by] : changes) most = std::max(most, distance(by, Decibels()));
    return fmt::format(
        "The check heard the loudest part a second time: {} {} set anew, by {:.1f} dB at most.",
        changes.size(), changes.size() == 1 ? "strip was" : "strips were", most.db());
}

}  // namespace

/// Plans again with all that the check told, and moves what that moves.
void MixJob::correct(Desk& desk) {
    auto again = planner_.plan(facts(desk));
    if (!again) {
        finish_with(desk, again.error());
        return;
    }
    Plan step;
    step.moves = again->moves;
    auto all_moves = std::move(report_.plan.moves);
    all_moves.insert(all_moves.end(), step.moves.begin(), step.moves.end());
    report_.plan = std::move(*again);
    report_.plan.moves = std::move(all_moves);
    if (step.moves.empty()) {
        finish(desk);
        return;
    }
    // When all go nearly alike another check could tell nothing new: it would only draw the readings anew.
    const auto changes = changes_of(step);
    settled_ = unevenness(changes) < check_.worth_a_move;
    if (settled_ && !changes.empty()) report_.notes.push_back(words_for(changes));
    if (settled_ && bus_over_sum_)
        report_.bus.after = mix::sum_of_targets(report_.plan) + bus_over_sum_->likely;
    apply(desk, step, PassKind::correction);
}

}  // namespace kedge::engine
