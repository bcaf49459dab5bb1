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
    if (const auto* hand = std::get_if<surface::ControlTaken>(&event))
        in_hands_.emplace(hand->strip, hand->control);
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

/// Whether the bus is reckoned from its strips: the surface has no master, or as a control surface no meter
/// of it. Where meters show all levels, a session whose master was not heard has no bus to speak of.
bool MixJob::bus_is_unheard(const Desk& desk) const {
    const Strip* master = desk.mixer().master();
    if (!master) return true;
    if (!desk.surface().capabilities().meter.coarse()) return false;
    const auto* track = tape_.find(master->id);
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
        if (in_hands_.count({move.strip, move.control}) == 0)
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
        note_left_to_hands(pass);
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

/// Nothing else is in conflict with a mix.
void MixJob::note_left_to_hands(const Pass& pass) {
    for (const PassEntry& entry : pass.entries)
        if (entry.verdict == Verdict::conflict)
            report_.notes.push_back(fmt::format("The {} was left to the hand that had it.",
                                                surface::control_in_words(entry.strip, entry.control)));
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
