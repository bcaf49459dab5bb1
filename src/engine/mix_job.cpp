#include "engine/mix_job.hpp"

#include "engine/calibration.hpp"
#include "engine/strip_identity.hpp"
#include "engine/unfinished.hpp"
#include "surface/levels_known.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace kedge::engine {

using surface::Event;

namespace {

// Locating, rolling and stopping take about this much beside what is listened to.
constexpr Duration to_locate = std::chrono::seconds(1);

double seconds(Duration span) {
    return std::chrono::duration<double>(span).count();
}

}  // namespace

MixJob::MixJob(MixOrder order, const mix::RoleBook& roles, const mix::BalanceProfile& profile,
               TapeShelf& shelf, surface::PassRecorder& recorder, CheckRules check)
    : order_(std::move(order)),
      planner_(order_, roles, profile),
      shelf_(shelf),
      recorder_(recorder),
      check_(check),
      taker_(shelf, {.roll_in = check.roll_in, .worth_listening_anew = check.worth_a_move}) {}

void MixJob::start(Desk& desk) {
    report_.before = desk.mixer();
    if (auto known = surface::check_levels_known(desk.surface().capabilities()); !known)
        return finish_with(desk, known.error());
    if (order_.journal != nullptr && order_.depth == MixDepth::apply)
        if (auto clear = check_nothing_unfinished(*order_.journal, desk.mixer().session.name); !clear)
            return finish_with(desk, clear.error());
    phase_ = Phase::hearing;
    taker_.start(desk, order_.listen, !order_.fresh_tape && order_.depth != MixDepth::listen);
    if (taker_.done()) tape_taken(desk);
}

/// Only the part that is judged, and a little before it.
void MixJob::listen_to(Desk& desk, SongRange part) {
    judged_ = part;
    phase_ = Phase::checking;
    ListenWishes wishes;
    if (desk.surface().capabilities().locates)
        wishes.from = std::max(SongTime(), out_of_step(part.from - check_.roll_in));
    wishes.to = part.to;
    listener_.emplace(wishes);
    listener_->start(desk);
    if (listener_->done()) check_heard(desk);
}

/// The nearest place before this one from where the ticks will fall half-way between those of the tape: a
/// peak that fell off for long before the one is fresh at the other. A roll begins at a tick, as it answers
/// the locate's report, and a little later.
SongTime MixJob::out_of_step(SongTime from) const {
    constexpr Duration cell = measure::Tape::cell_length;
    const auto phase = tape_phase_.in(judged_);
    if (!phase || !start_delay_) return from;
    const Duration wanted = *phase + cell / 2 + *start_delay_;
    return from - (from.since_start() - wanted % cell + cell) % cell;
}

void MixJob::event(Desk& desk, const Event& event) {
    switch (phase_) {
        case Phase::hearing:
            taker_.event(desk, event);
            if (taker_.done()) tape_taken(desk);
            return;
        case Phase::checking:
            listener_->event(desk, event);
            if (listener_->done()) check_heard(desk);
            return;
        case Phase::applying: {
            surface::RunnerOutbox out;
            runner_->event(desk.now(), event, desk.mixer(), out);
            pump_runner(desk, out);
            return;
        }
        default:
            return;
    }
}

void MixJob::wake(Desk& desk) {
    if (phase_ == Phase::applying) {
        surface::RunnerOutbox out;
        runner_->wake(desk.now(), desk.mixer(), out);
        pump_runner(desk, out);
    } else if (phase_ == Phase::hearing) {
        taker_.wake(desk);
        if (taker_.done()) tape_taken(desk);
    } else if (phase_ == Phase::checking) {
        listener_->wake(desk);
        if (listener_->done()) check_heard(desk);
    }
}

void MixJob::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (phase_ == Phase::applying) {
        surface::RunnerOutbox out;
        if (const auto* set = std::get_if<surface::SetControl>(&command)) {
            runner_->event(desk.now(), surface::ControlRefused{set->strip, set->control}, desk.mixer(), out);
        }
        pump_runner(desk, out);
    } else if (phase_ == Phase::hearing) {
        taker_.refused(desk, error);
        if (taker_.done()) tape_taken(desk);
    } else if (phase_ == Phase::checking) {
        listener_->refused(desk, error);
        if (listener_->done()) check_heard(desk);
    }
}

void MixJob::interrupt(Desk& desk) {
    if (phase_ == Phase::applying) {
        surface::RunnerOutbox out;
        runner_->interrupt(desk.now(), desk.mixer(), out);
        report_.error =
            Error{ErrorKind::interrupted, "Stopped while applying; what was sent is being taken back.", {}};
        pump_runner(desk, out);
        return;
    }
    if (phase_ == Phase::hearing) {
        taker_.interrupt(desk);
        if (taker_.done()) tape_taken(desk);
    } else if (phase_ == Phase::checking) {
        report_.notes.emplace_back("The check was stopped: the bus was not measured.");
        listener_->interrupt(desk);
        if (listener_->done()) check_heard(desk);
    }
}

void MixJob::tape_taken(Desk& desk) {
    TakenTape taken = taker_.take();
    tape_ = std::move(taken.tape);
    tape_phase_ = std::move(taken.tick_phase);
    start_delay_ = taken.start_delay;
    bus_over_sum_ = taken.bus_over_sum;
    keeps_tape_ = taken.whole;
    report_.heard = taken.heard;
    report_.song_length = taken.song_length;
    report_.tape_reused = taken.reused;
    report_.notes = std::move(taken.notes);
    if (taker_.error()) {
        finish_with(desk, *taker_.error());
        return;
    }
    plan(desk);
}

void MixJob::store_tape(Desk& desk) {
    if (!keeps_tape_) return;
    const auto stored = shelf_.store(
        {desk.mixer().session, report_.heard, tape_, bus_reckoned_ ? std::nullopt : bus_over_sum_});
    if (!stored) report_.notes.push_back(stored.error().message + " " + stored.error().next);
}

void MixJob::take_statistics(Desk& desk) {
    report_.statistics = measure::statistics(tape_, desk.surface().capabilities().meter,
                                             MeterPoint::after_fader, planner_.profile().activity);
    const MeterLaw& law = desk.surface().capabilities().meter;
    report_.meter_of_steps = law.coarse();
    for (measure::StripStatistics& one : report_.statistics) {
        const auto known = known_.find(one.strip);
        if (known == known_.end()) continue;
        one.uncertainty = known->second + law.largest_under_read();
        one.open_above = false;
    }
    report_.share_heard = {1.0};
    if (report_.song_length && *report_.song_length > Duration::zero())
        report_.share_heard = {std::min(1.0, seconds(tape_.heard()) / seconds(*report_.song_length))};
}

MixFacts MixJob::facts(const Desk& desk) const {
    return {desk.mixer(),       desk.surface().capabilities(),
            report_.statistics, report_.song_length,
            bus_over_sum_,      bus_reckoned_};
}

/// Whether the bus is reckoned from its strips: a control surface shows no meter of the master. Where meters
/// show all levels, a session in which none was heard has no bus to speak of.
bool MixJob::bus_is_unheard(const Desk& desk) const {
    if (!desk.surface().capabilities().meter.coarse()) return false;
    const Strip* master = desk.mixer().master();
    const auto* track = master ? tape_.find(master->id) : nullptr;
    return !track || !track->cells.loudest().heard();
}

Decibels MixJob::reckoned_bus(const MixerState& mixer) const {
    return measure::reckoned_bus_peak(tape_, MeterPoint::after_fader, gains_in_force(mixer));
}

/// Where the bus cannot be heard it is reckoned from the strips, as the plan would leave them.
void MixJob::reckon_bus(const Desk& desk, const Plan& plan) {
    MixerState applied = desk.mixer();
    for (const Move& move : plan.moves)
        if (Strip* strip = applied.find(move.strip)) strip->set_control(move.control, move.to);
    const Decibels sum = mix::sum_of_targets(plan);
    const Decibels bus = reckoned_bus(applied);
    if (sum.is_silence() || bus.is_silence()) return;
    bus_over_sum_ = measure::TruePeak{bus - sum, bus - sum, bus - sum};
    bus_reckoned_ = true;
}

void MixJob::plan(Desk& desk) {
    take_statistics(desk);
    if (order_.depth == MixDepth::listen) {
        finish(desk);
        return;
    }
    auto made = planner_.plan(facts(desk));
    if (made && bus_is_unheard(desk)) {
        reckon_bus(desk, *made);
        made = planner_.plan(facts(desk));
    }
    if (!made) {
        finish_with(desk, made.error());
        return;
    }
    report_.plan = std::move(*made);
    if (order_.depth == MixDepth::plan) {
        finish(desk);
        return;
    }
    apply(desk, report_.plan, order_.refine ? PassKind::refine : PassKind::mix);
}

void MixJob::apply(Desk& desk, const Plan& plan, PassKind kind) {
    Pass header;
    header.kind = kind;
    header.surface = order_.surface_name;
    header.session = desk.mixer().session.name;
    header.created = order_.created;
    if (!report_.passes.empty()) header.continues = report_.passes.front().id;
    std::vector<surface::PassRunner::Wish> wishes;
    for (const Move& move : plan.moves)
        wishes.push_back({move.strip, move.control, move.to, std::nullopt, move.rule, move.reason});
    std::vector<StripId> moved;
    for (const Move& move : plan.moves) moved.push_back(move.strip);
    if (const auto told_apart = refuse_twins(moved, desk.mixer()); !told_apart) {
        finish_with(desk, told_apart.error());
        return;
    }
    if (wishes.empty()) {
        if (report_.passes.empty())
            report_.notes.emplace_back("Everything stands where it should: nothing to move.");
        checks_began_ = round_ == 0 ? desk.now() : checks_began_;
        begin_check(desk);
        return;
    }
    phase_ = Phase::applying;
    runner_.emplace(std::move(header), std::move(wishes), false, desk.surface().capabilities(),
                    surface::RunnerPacing{}, recorder_);
    surface::RunnerOutbox out;
    runner_->start(desk.now(), desk.mixer(), out);
    pump_runner(desk, out);
}

void MixJob::pump_runner(Desk& desk, const surface::RunnerOutbox& out) {
    for (const auto& command : out.commands) desk.send(command);
    if (out.wake_at) desk.wake_at(*out.wake_at);
    if (phase_ == Phase::applying && runner_->done()) runner_ended(desk);
}

void MixJob::runner_ended(Desk& desk) {
    if (runner_->refused()) {
        finish_with(desk, *runner_->refused());
        return;
    }
    const Pass& pass = runner_->pass();
    report_.passes.push_back(pass);
    if (pass.state == PassState::applied) {
        if (round_ == 0) checks_began_ = desk.now();
        begin_check(desk);
        return;
    }
    if (pass.state == PassState::prepared) {
        report_.error = Error{ErrorKind::no_daw,
                              fmt::format("The DAW was lost while pass {} was applied: {}.", pass.id.value,
                                          runner_->cause()->message),
                              runner_->cause()->next};
    } else if (report_.error) {  // interrupted by the user
        report_.error->message = pass.state == PassState::rolled_back
                                     ? "Stopped while applying; every move was taken back."
                                     : "Stopped while applying; not every move could be taken back.";
    } else if (pass.state == PassState::rolled_back) {
        report_.error = Error{
            ErrorKind::rolled_back,
            "The pass was not completed, so every move of it was taken back. " + runner_->cause()->message,
            runner_->cause()->next};
    } else {
        report_.error =
            Error{ErrorKind::refused,
                  "The pass was not completed, nor wholly taken back. " + runner_->cause()->message,
                  fmt::format("`kedge show {0}` says where each control stands; `kedge revert {0}` tries "
                              "again once the DAW answers.",
                              pass.id.value)};
    }
    finish(desk);
}

std::vector<measure::StripGain> MixJob::gains_in_force(const MixerState& mixer) const {
    std::vector<measure::StripGain> gains;
    for (const Strip& strip : mixer.strips) {
        const bool sounds = strip.mute != Mute::muted && strip.name.kind == StripKind::audio_track;
        if (sounds) gains.push_back({strip.id, gain_of(strip)});
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

void MixJob::finish_with(Desk& desk, Error error) {
    report_.error = std::move(error);
    finish(desk);
}

void MixJob::finish(Desk& desk) {
    phase_ = Phase::done;
    if (round_ > 0) store_tape(desk);
    report_.after = desk.mixer();
    report_.bus.range = report_.plan.bus_range;
    if (bus_reckoned_) {
        report_.bus.reckoned = true;
        report_.bus.before = reckoned_bus(report_.before);
        if (!report_.passes.empty()) report_.bus.after = reckoned_bus(report_.after);
    }
    if (const Strip* master = desk.mixer().master()) {
        if (const auto* track = tape_.find(master->id); track && !track->cells.empty()) {
            const measure::Cell loudest = track->cells.loudest();
            if (loudest.heard()) report_.bus.before = loudest.level();
        }
    }
    for (const Strip& strip : desk.mixer().strips) {
        const auto* statistics = report_.statistics_of(strip.id);
        if (!statistics || statistics->never_active) continue;
        StripOutcome outcome;
        outcome.strip = strip.id;
        outcome.peak = statistics->robust_peak + gain_of(strip);
        outcome.known = measure::exactness_of(*statistics, desk.surface().capabilities().meter);
        const auto* target = report_.target_of(strip.id);
        if (target && target->range)
            outcome.in_range = may_be_in(*target->range, outcome.peak, outcome.known, Decibels(0.5));
        report_.outcomes.push_back(outcome);
    }
}

Progress MixJob::progress() const {
    switch (phase_) {
        case Phase::idle:
            return {"starting", 0.0};
        case Phase::hearing:
            return taker_.progress();
        case Phase::applying:
            return {fmt::format("applying {} of {} moves", runner_->settled(), runner_->total()),
                    runner_->total() == 0
                        ? 1.0
                        : static_cast<double>(runner_->settled()) / static_cast<double>(runner_->total())};
        case Phase::checking:
            return {"checking the loudest part: " + listener_->progress().doing, listener_->progress().share};
        case Phase::done:
            return {"done", 1.0};
    }
    return {};
}

}  // namespace kedge::engine
