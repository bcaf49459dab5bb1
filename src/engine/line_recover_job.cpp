#include "engine/line_recover_job.hpp"

#include "engine/heard_pass.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/live_ride_report.hpp"

#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

/// Gives the outcome of what is written now to the pass that was cut off, which is in the journal already.
class LineRecoverJob::Outcome : public surface::PassRecorder {
  public:
    Outcome(Recovery recovery, journal::Journal& journal) : recovery_(recovery), recorder_(journal) {}

    /// The lines numbered in `left` are not touched, and are perhaps written.
    void of(Pass pass, const std::vector<std::size_t>& left) {
        pass_ = std::move(pass);
        const bool finishes = recovery_ == Recovery::finish;
        // What was left alone by the pass itself is so still.
        for (PassLine& line : pass_.lines)
            if (line.verdict != Verdict::conflict)
                line.verdict = finishes ? Verdict::confirmed : Verdict::rolled_back;
        for (const std::size_t each : left) pass_.lines[each].verdict = Verdict::unheard;
        pass_.state = state_by_verdicts(pass_.lines);
    }

    Result<PassId> record_prepared(const Pass&) override { return pass_.id; }

    Result<void> record_outcome(const Pass& run) override {
        // What could not be completed leaves the pass as it was: unfinished.
        if (run.state != PassState::applied) return {};
        return settle();
    }

    Result<void> settle() {
        auto recorded = recorder_.record_outcome(pass_);
        settled_ = recorded.has_value();
        return recorded;
    }

    [[nodiscard]] bool settled() const { return settled_; }
    [[nodiscard]] const Pass& pass() const { return pass_; }

  private:
    Recovery recovery_;
    JournalRecorder recorder_;
    Pass pass_;
    bool settled_ = false;
};

LineRecoverJob::LineRecoverJob(Recovery recovery, bool force, journal::Journal& journal)
    : LineRecoverJob(recovery, force, journal, std::make_unique<Outcome>(recovery, journal)) {}

LineRecoverJob::LineRecoverJob(Recovery recovery, bool force, journal::Journal& journal,
                               std::unique_ptr<Outcome> outcome)
    : LinePassJob(recovery == Recovery::finish ? "finishing" : "rolling back", *outcome),
      recovery_(recovery),
      force_(force),
      journal_(journal),
      outcome_(std::move(outcome)) {}

LineRecoverJob::~LineRecoverJob() = default;

Result<void> LineRecoverJob::look_up(const Desk& desk) {
    auto unfinished = journal_.unfinished(desk.mixer().session.name);
    if (!unfinished) return tl::unexpected(unfinished.error());
    if (unfinished->empty()) return {};
    report_.cut_off = std::move(unfinished->back());
    auto recorded = recognise_lines(report_.cut_off->lines, desk.mixer(), desk.surface().capabilities());
    if (!recorded) return tl::unexpected(recorded.error());
    recorded_ = std::move(*recorded);
    for (const PassLine& each : report_.cut_off->lines) report_.lines.push_back({each, StandsAt::gone});
    return {};
}

void LineRecoverJob::start(Desk& desk) {
    if (auto found = look_up(desk); !found) return refuse(found.error());
    if (!report_.cut_off) return finish();
    if (auto can = need_fader_lines(desk.surface().capabilities()); !can) return refuse(can.error());
    auto there = recorded_.there(desk.mixer());
    if (!there.empty()) return read(desk, std::move(there));
    if (recovery_ == Recovery::look) return finish();
    settle(desk);
}

void LineRecoverJob::lines_read(Desk& desk) {
    judge(desk);
    if (recovery_ == Recovery::look) return finish();
    settle(desk);
}

void LineRecoverJob::judge(const Desk& desk) {
    const Capabilities& capabilities = desk.surface().capabilities();
    for (CutOffLine& each : report_.lines) {
        const Strip* strip = recorded_.strip(each.line, desk.mixer());
        if (!strip) continue;
        const FaderLine& now = line(strip->id);
        const auto holds = [&](const FaderLine& side) {
            return is_heard(each.line) ? holds_heard(now, each.line, side, capabilities)
                                       : same_line(now, side);
        };
        each.stands_at = holds(each.line.after)    ? StandsAt::after
                         : holds(each.line.before) ? StandsAt::before
                                                   : StandsAt::neither;
    }
}

/// What the fader is to hold, as it holds `now`.
FaderLine LineRecoverJob::target(const PassLine& cut_off, const FaderLine& now) const {
    const bool finishes = recovery_ == Recovery::finish;
    // What was not listened to may be a person's.
    if (is_heard(cut_off) && cut_off.verdict == Verdict::conflict)
        return {cut_off.before.mode, cut_off.before.rest, now.points};
    const FaderLine& side = finishes ? cut_off.after : cut_off.before;
    return is_heard(cut_off) ? heard_target(now, cut_off, side) : side;
}

/// Whether nobody but us can have left the fader as it is.
bool LineRecoverJob::ours(const CutOffLine& found, const FaderLine& now) const {
    if (found.stands_at != StandsAt::neither || force_) return true;
    if (is_heard(found.line)) return perhaps_ours(now.mode, Decibels::from_gain(now.rest), found.line);
    return written_live(found.line);
}

void LineRecoverJob::settle(Desk& desk) {
    LineOrder order;
    order.header = *report_.cut_off;
    order.header.lines.clear();
    order.undo_name = fmt::format("kedge: {} pass {}", recovery_ == Recovery::finish ? "finish" : "roll back",
                                  report_.cut_off->id.value);
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < report_.lines.size(); ++i) {
        const CutOffLine& each = report_.lines[i];
        const Strip* strip = recorded_.strip(each.line, desk.mixer());
        if (!strip || each.stands_at == StandsAt::gone) {
            report_.gone.push_back({each.line.strip, "it is not in the session any more"});
            left.push_back(i);
            continue;
        }
        const FaderLine& now = line(strip->id);
        if (!ours(each, now)) {
            report_.conflicts.push_back({each.line.strip, "its automation was changed since"});
            left.push_back(i);
            continue;
        }
        FaderLine to = target(each.line, now);
        if (same_line(now, to)) continue;
        order.writes.push_back(
            {strip->id,
             {each.line.strip, now, std::move(to), Verdict::pending, each.line.rule, each.line.reason}});
    }
    outcome_->of(*report_.cut_off, left);
    if (!order.writes.empty()) return write(desk, std::move(order));
    settle_alone();
}

/// Nothing is to be written: the record alone is settled.
void LineRecoverJob::settle_alone() {
    LineEnd end;
    if (auto settled = outcome_->settle(); !settled) end.cause = settled.error();
    finish();
    ended(std::move(end));
}

void LineRecoverJob::ended(LineEnd end) {
    if (end.refused) {
        report_.error = std::move(end.refused);
        return;
    }
    if (!outcome_->settled()) {
        const Error cause = end.cause.value_or(Error{ErrorKind::refused, "Nothing is known of why.", {}});
        report_.error =
            Error{cause.kind,
                  fmt::format("Pass {} is still unfinished: {}", report_.cut_off->id.value, cause.message),
                  cause.next.empty() || cause.kind == ErrorKind::no_daw
                      ? "`kedge recover` says where it stands; run it again once the DAW answers."
                      : cause.next};
        return;
    }
    report_.pass = outcome_->pass();
    if (const auto left = report_.conflicts.size() + report_.gone.size(); left > 0)
        report_.error = Error{
            ErrorKind::conflict,
            fmt::format("{} of {} faders left alone: changed since, or gone.", left, report_.lines.size()),
            fmt::format("`kedge revert {} --force` takes them along.", report_.pass->id.value)};
}

}  // namespace kedge::engine
