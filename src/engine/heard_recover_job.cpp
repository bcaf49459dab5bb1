#include "engine/heard_recover_job.hpp"

#include "engine/heard_settlement.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/live_ride_report.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

/// The pass has points to write, and the stretch for them was heard to be free.
bool has_to_be_written(const PassLine& line) {
    return line.verdict == Verdict::pending && line.before.points != line.after.points;
}

}  // namespace

HeardRecoverJob::HeardRecoverJob(Recovery recovery, bool force, journal::Journal& journal, KnownStyle& known)
    : recovery_(recovery), force_(force), journal_(journal), known_(known) {}

Result<void> HeardRecoverJob::look_up(const Desk& desk) {
    const Capabilities& can = desk.surface().capabilities();
    if (auto touch = need_touch(can); !touch) return touch;
    auto unfinished = journal_.unfinished(desk.mixer().session.name);
    if (!unfinished) return tl::unexpected(unfinished.error());
    if (unfinished->empty()) return {};
    auto recorded = recognise_lines(unfinished->back().lines, desk.mixer(), can);
    if (!recorded) return tl::unexpected(recorded.error());
    report_.cut_off = std::move(unfinished->back());
    recorded_ = std::move(*recorded);
    for (const PassLine& each : report_.cut_off->lines) report_.lines.push_back({each, StandsAt::gone});
    return {};
}

void HeardRecoverJob::start(Desk& desk) {
    if (auto found = look_up(desk); !found || !report_.cut_off) {
        if (!found) report_.error = found.error();
        phase_ = Phase::done;
        return;
    }
    phase_ = Phase::reading;
    levels_.emplace(desk, recorded_.there(desk.mixer()));
    go_on(desk);
}

void HeardRecoverJob::judge(const Desk& desk) {
    const Capabilities& capabilities = desk.surface().capabilities();
    for (CutOffLine& each : report_.lines) {
        const Strip* strip = recorded_.strip(each.line, desk.mixer());
        if (!strip) continue;
        const FoundFader found{strip, levels_->level(strip->id)};
        if (!found.level) {
            each.stands_at = StandsAt::unread;
        } else if (found.stands_as(each.line.before, capabilities)) {
            each.stands_at = StandsAt::before;
        } else if (!has_to_be_written(each.line) && each.line.verdict != Verdict::conflict &&
                   found.stands_as(each.line.after, capabilities)) {
            each.stands_at = StandsAt::after;
        } else {
            // Whether its points are written whole nobody can tell.
            each.stands_at = StandsAt::neither;
        }
    }
}

bool HeardRecoverJob::finishes(const PassLine& line) const {
    return recovery_ == Recovery::finish && line.verdict == Verdict::pending;
}

/// Which lines are put right, and which are left alone.
void HeardRecoverJob::take(const Desk& desk) {
    for (std::size_t i = 0; i < report_.lines.size(); ++i) {
        const CutOffLine& each = report_.lines[i];
        const Strip* strip = recorded_.strip(each.line, desk.mixer());
        if (!strip) {
            report_.gone.push_back({each.line.strip, "it is not in the session any more"});
            continue;
        }
        const auto level = levels_->level(strip->id);
        const bool ours = level && (each.stands_at != StandsAt::neither ||
                                    perhaps_ours(strip->fader_automation, *level, each.line));
        if (!ours && !force_) {
            report_.conflicts.push_back(
                {each.line.strip,
                 level ? "its fader was moved since" : "the DAW did not tell where its fader stands"});
            continue;
        }
        taken_.push_back({i, strip->id, finishes(each.line) && has_to_be_written(each.line)});
    }
}

void HeardRecoverJob::set(Desk& desk) {
    phase_ = Phase::setting;
    std::vector<FadersBack::Wish> wishes;
    for (const Taken& taken : taken_) {
        const PassLine& line = report_.lines[taken.place].line;
        const FaderLine& to = finishes(line) && !taken.to_write ? line.after : line.before;
        FadersBack::Wish wish{taken.strip, to.mode, std::nullopt};
        if (to.mode == AutomationMode::manual) wish.fader = Decibels::from_gain(to.rest);
        // It may be held still, by a kedge that is not there any more.
        desk.send(surface::TouchControl{taken.strip, Control::fader, false});
        wishes.push_back(wish);
    }
    back_.emplace(desk.surface().capabilities());
    back_->start(desk, std::move(wishes));
    go_on(desk);
}

void HeardRecoverJob::write(Desk& desk) {
    LiveOrder order;
    for (const Taken& taken : taken_) {
        if (!taken.to_write) continue;
        const PassLine& line = report_.lines[taken.place].line;
        order.rides.push_back(ride_of(line, taken.strip));
        order.after = line.after.mode;
    }
    if (order.rides.empty()) return settle();
    phase_ = Phase::writing;
    writer_.emplace(std::move(order), std::vector<HeardLine>{}, known_);
    writer_->start(desk);
    go_on(desk);
}

/// What became of a line that was put back, and perhaps written again.
void HeardRecoverJob::note_verdict(const Taken& taken, PassLine& line) {
    if (back_->mode_failed(taken.strip) || back_->fader_failed(taken.strip)) {
        line.verdict = Verdict::failed;
        return;
    }
    if (line.verdict == Verdict::conflict) return;
    if (taken.to_write) {
        // Put back was found proven: so it is where nothing was written.
        line.verdict = Verdict::rolled_back;
        settle_written(line, taken.strip, writer_->report());
        return;
    }
    line.verdict = finishes(line) ? Verdict::confirmed : Verdict::rolled_back;
    if (line.before.points != line.after.points)
        report_.stays.push_back({line.strip,
                                 "what was written of the ride is still in its list, and does not "
                                 "play in manual mode"});
}

void HeardRecoverJob::settle() {
    phase_ = Phase::done;
    if (writer_ && writer_->report().error) return still_unfinished(*writer_->report().error);
    Pass& pass = *report_.cut_off;
    for (std::size_t i = 0; i < pass.lines.size(); ++i) {
        const auto taken =
            std::find_if(taken_.begin(), taken_.end(), [&](const Taken& each) { return each.place == i; });
        if (taken == taken_.end()) {
            pass.lines[i].verdict = Verdict::unheard;
        } else {
            note_verdict(*taken, pass.lines[i]);
        }
    }
    pass.state = state_by_verdicts(pass.lines);
    report_.pass = pass;
    JournalRecorder recorder(journal_);
    if (auto recorded = recorder.record_outcome(pass); !recorded) {
        report_.error = recorded.error();
    } else {
        report_.error = what_is_left();
    }
}

std::optional<Error> HeardRecoverJob::what_is_left() const {
    const auto id = report_.pass->id.value;
    if (const auto left = report_.conflicts.size() + report_.gone.size(); left > 0)
        return Error{
            ErrorKind::conflict,
            fmt::format("{} of {} faders left alone: changed since, or gone.", left, report_.lines.size()),
            fmt::format("`kedge revert {} --force` takes them along.", id)};
    if (report_.pass->state != PassState::broken) return std::nullopt;
    return Error{
        ErrorKind::refused, "Not every fader could be put right.",
        fmt::format("`kedge show {}` says which; `kedge revert {}` takes back what was written.", id, id)};
}

void HeardRecoverJob::still_unfinished(const Error& why) {
    phase_ = Phase::done;
    report_.error = Error{
        why.kind, fmt::format("Pass {} is still unfinished: {}", report_.cut_off->id.value, why.message),
        why.kind == ErrorKind::no_daw
            ? "`kedge recover` says where it stands; run it again once the DAW answers."
            : "`kedge recover --roll-back` puts modes and faders back as they were."};
}

void HeardRecoverJob::go_on(Desk& desk) {
    if (phase_ == Phase::reading && levels_->done()) {
        judge(desk);
        if (recovery_ == Recovery::look) {
            phase_ = Phase::done;
            return;
        }
        take(desk);
        set(desk);
    }
    if (phase_ == Phase::setting && back_->done()) write(desk);
    if (phase_ == Phase::writing && writer_->done()) settle();
}

void HeardRecoverJob::event(Desk& desk, const surface::Event& event) {
    const auto* lost = std::get_if<surface::Lost>(&event);
    if (lost && (phase_ == Phase::reading || phase_ == Phase::setting))
        return still_unfinished({ErrorKind::no_daw, lost->why, {}});
    if (phase_ == Phase::reading) levels_->event(desk, event);
    if (phase_ == Phase::setting) back_->event(desk, event);
    if (phase_ == Phase::writing) writer_->event(desk, event);
    go_on(desk);
}

void HeardRecoverJob::wake(Desk& desk) {
    if (phase_ == Phase::reading) levels_->wake(desk);
    if (phase_ == Phase::setting) back_->wake(desk);
    if (phase_ == Phase::writing) writer_->wake(desk);
    go_on(desk);
}

void HeardRecoverJob::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (phase_ == Phase::reading) levels_->refused(desk, command);
    if (phase_ == Phase::setting) back_->refused(desk, command);
    if (phase_ == Phase::writing) writer_->refused(desk, command, error);
    go_on(desk);
}

void HeardRecoverJob::interrupt(Desk& desk) {
    if (phase_ == Phase::reading) return still_unfinished({ErrorKind::interrupted, "Stopped.", {}});
    if (phase_ == Phase::writing) writer_->interrupt(desk);
    go_on(desk);
}

Progress HeardRecoverJob::progress() const {
    if (phase_ == Phase::writing) return writer_->progress();
    const bool finish = recovery_ == Recovery::finish;
    return {finish ? "finishing" : "rolling back", phase_ == Phase::setting ? 0.5 : 0.0};
}

}  // namespace kedge::engine
