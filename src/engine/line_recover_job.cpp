#include "engine/line_recover_job.hpp"

#include "engine/journal_recorder.hpp"
#include "engine/line_return_job.hpp"
#include "engine/live_ride_job.hpp"

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
        for (PassLine& line : pass_.lines)
            line.verdict = finishes ? Verdict::confirmed : Verdict::rolled_back;
        for (const std::size_t each : left) pass_.lines[each].verdict = Verdict::unheard;
        pass_.state = !left.empty() ? PassState::broken
                      : finishes    ? PassState::applied
                                    : PassState::rolled_back;
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
    auto strips = recognise_lines(report_.cut_off->lines, desk.mixer(), desk.surface().capabilities());
    if (!strips) return tl::unexpected(strips.error());
    strips_ = std::move(*strips);
    for (const PassLine& each : report_.cut_off->lines) report_.lines.push_back({each, StandsAt::gone});
    return {};
}

void LineRecoverJob::start(Desk& desk) {
    if (auto found = look_up(desk); !found) return refuse(found.error());
    if (!report_.cut_off) return finish();
    if (!desk.surface().capabilities().fader_lines)
        return refuse(
            {ErrorKind::refused,
             fmt::format("Pass {} wrote automation, which cannot be read now.", report_.cut_off->id.value),
             "Run 'kedge doctor': it says what is missing, and how to install the companion script."});
    std::vector<StripId> there;
    for (const CutOffLine& each : report_.lines)
        if (const Strip* strip = find_recorded(strips_, each.line.strip, desk.mixer()))
            there.push_back(strip->id);
    if (!there.empty()) return read(desk, std::move(there));
    if (recovery_ == Recovery::look) return finish();
    settle(desk);
}

void LineRecoverJob::lines_read(Desk& desk) {
    judge(desk.mixer());
    if (recovery_ == Recovery::look) return finish();
    settle(desk);
}

void LineRecoverJob::judge(const MixerState& mixer) {
    for (CutOffLine& each : report_.lines) {
        const Strip* strip = find_recorded(strips_, each.line.strip, mixer);
        if (!strip) continue;
        const FaderLine& now = line(strip->id);
        if (same_line(now, each.line.after)) {
            each.stands_at = StandsAt::after;
        } else if (same_line(now, each.line.before)) {
            each.stands_at = StandsAt::before;
        } else {
            each.stands_at = StandsAt::neither;
        }
    }
}

void LineRecoverJob::settle(Desk& desk) {
    LineOrder order;
    order.header = *report_.cut_off;
    order.header.lines.clear();
    order.undo_name = fmt::format("kedge: {} pass {}", recovery_ == Recovery::finish ? "finish" : "roll back",
                                  report_.cut_off->id.value);
    const bool finishes = recovery_ == Recovery::finish;
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < report_.lines.size(); ++i) {
        const CutOffLine& each = report_.lines[i];
        const Strip* strip = find_recorded(strips_, each.line.strip, desk.mixer());
        if (!strip || each.stands_at == StandsAt::gone) {
            report_.gone.push_back({each.line.strip, "it is not in the session any more"});
            left.push_back(i);
        } else if (each.stands_at == StandsAt::neither && each.line.rule != live_ride_rule && !force_) {
            report_.conflicts.push_back({each.line.strip, "its automation was changed since"});
            left.push_back(i);
        } else if (each.stands_at != (finishes ? StandsAt::after : StandsAt::before)) {
            order.writes.push_back(
                {strip->id,
                 {each.line.strip, line(strip->id), finishes ? each.line.after : each.line.before,
                  Verdict::pending, each.line.rule, each.line.reason}});
        }
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
