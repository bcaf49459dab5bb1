#include "engine/recover_job.hpp"

#include "engine/journal_recorder.hpp"
#include "surface/same_value.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

constexpr std::array<std::string_view, 5> where_words = {"before", "after", "neither", "gone", "unread"};

}  // namespace

std::string_view to_string(StandsAt where) {
    return where_words[static_cast<std::size_t>(where)];
}

/// Gives the runner's outcome to the pass that was cut off, which is in the journal already.
class RecoverJob::Outcome : public surface::PassRecorder {
  public:
    Outcome(Recovery recovery, journal::Journal& journal) : recovery_(recovery), journal_(journal) {}

    /// `wished`: the entry of each of the runner's wishes; entries that are `left` get no value.
    void of(Pass pass, std::vector<std::size_t> wished, const std::vector<std::size_t>& left) {
        pass_ = std::move(pass);
        wished_ = std::move(wished);
        for (const std::size_t entry : left) pass_.entries[entry].verdict = Verdict::conflict;
    }

    Result<PassId> record_prepared(const Pass&) override { return pass_.id; }

    Result<void> record_outcome(const Pass& run) override {
        // What could not be completed leaves the pass as it was: unfinished.
        if (run.state != PassState::applied) return {};
        for (std::size_t i = 0; i < wished_.size(); ++i) {
            Verdict verdict = run.entries[i].verdict;
            if (recovery_ == Recovery::roll_back && verdict == Verdict::confirmed)
                verdict = Verdict::rolled_back;
            pass_.entries[wished_[i]].verdict = verdict;
        }
        return settle();
    }

    Result<void> settle() {
        pass_.state = recovery_ == Recovery::finish ? PassState::applied : PassState::rolled_back;
        settled_ = true;
        return JournalRecorder(journal_).record_outcome(pass_);
    }

    [[nodiscard]] bool settled() const { return settled_; }
    [[nodiscard]] const Pass& pass() const { return pass_; }

  private:
    Recovery recovery_;
    journal::Journal& journal_;
    Pass pass_;
    std::vector<std::size_t> wished_;
    bool settled_ = false;
};

RecoverJob::RecoverJob(Recovery recovery, bool force, journal::Journal& journal)
    : RecoverJob(recovery, force, journal, std::make_unique<Outcome>(recovery, journal)) {}

RecoverJob::RecoverJob(Recovery recovery, bool force, journal::Journal& journal,
                       std::unique_ptr<Outcome> outcome)
    : PassJob(recovery == Recovery::finish ? "finishing" : "rolling back", *outcome),
      recovery_(recovery),
      force_(force),
      journal_(journal),
      outcome_(std::move(outcome)) {}

RecoverJob::~RecoverJob() = default;

void RecoverJob::start(Desk& desk) {
    const auto any = look_up(desk);
    if (!any) return end_with(any.error());
    if (!*any) return finish();
    if (const auto asked = ask(desk); !asked) return end_with(asked.error());
    advance(desk);
}

Result<bool> RecoverJob::look_up(const Desk& desk) {
    auto unfinished = journal_.unfinished(desk.mixer().session.name);
    if (!unfinished) return tl::unexpected(unfinished.error());
    if (unfinished->empty()) return false;
    report_.others = unfinished->size() - 1;
    report_.cut_off = std::move(unfinished->back());
    return true;
}

Result<void> RecoverJob::ask(Desk& desk) {
    auto strips = recognise_recorded(report_.cut_off->entries, desk.mixer());
    if (!strips) return tl::unexpected(strips.error());
    strips_ = std::move(*strips);
    reader_.emplace(desk.surface().capabilities());
    for (const PassEntry& entry : report_.cut_off->entries) {
        // What the pass never meant to send is none of this.
        if (entry.verdict != Verdict::pending) continue;
        const Strip* strip = find_recorded(strips_, entry.strip, desk.mixer());
        report_.controls.push_back({entry, std::nullopt, StandsAt::gone});
        questions_.push_back(strip ? std::optional(reader_->add(strip->id, entry.control)) : std::nullopt);
    }
    reader_->start(desk);
    return {};
}

void RecoverJob::event(Desk& desk, const surface::Event& event) {
    if (applying()) return PassJob::event(desk, event);
    if (done()) return;
    reader_->event(desk, event);
    advance(desk);
}

void RecoverJob::wake(Desk& desk) {
    if (applying()) return PassJob::wake(desk);
    if (done()) return;
    reader_->wake(desk);
    advance(desk);
}

void RecoverJob::refused(Desk& desk, const surface::Command& command, const Error& error) {
    if (applying()) return PassJob::refused(desk, command, error);
    if (done()) return;
    reader_->refused(desk, command);
    advance(desk);
}

void RecoverJob::interrupt(Desk& desk) {
    if (applying()) return PassJob::interrupt(desk);
    if (!done()) end_with({ErrorKind::interrupted, "Stopped: the pass is as unfinished as it was.", {}});
}

void RecoverJob::advance(Desk& desk) {
    if (!reader_->done()) return;
    if (reader_->lost())
        return end_with({ErrorKind::no_daw, *reader_->lost(), "The pass is as unfinished as it was."});
    judge(desk);
    if (recovery_ == Recovery::look) return finish();
    settle(desk);
}

void RecoverJob::judge(const Desk& desk) {
    const Capabilities& can = desk.surface().capabilities();
    for (std::size_t i = 0; i < report_.controls.size(); ++i) {
        CutOffControl& control = report_.controls[i];
        if (!questions_[i]) continue;
        control.now = reader_->answer(*questions_[i]);
        if (!control.now) {
            control.stands_at = StandsAt::unread;
        } else if (surface::same_value(*control.now, control.entry.after, can)) {
            control.stands_at = StandsAt::after;
        } else if (surface::same_value(*control.now, control.entry.before, can)) {
            control.stands_at = StandsAt::before;
        } else {
            control.stands_at = StandsAt::neither;
        }
    }
}

std::optional<surface::PassRunner::Wish> RecoverJob::wish_for(const CutOffControl& control,
                                                              const MixerState& mixer) {
    const PassEntry& entry = control.entry;
    const Strip* strip = find_recorded(strips_, entry.strip, mixer);
    if (!strip) {
        report_.gone.push_back(entry);
        return std::nullopt;
    }
    if (strip->automation(entry.control) != AutomationMode::manual) {
        report_.automated.push_back(entry);
        return std::nullopt;
    }
    const bool finishes = recovery_ == Recovery::finish;
    surface::PassRunner::Wish wish{strip->id, entry.control, finishes ? entry.after : entry.before,
                                   {},        entry.rule,    entry.reason};
    // Where it stands at neither, this names what it does not hold: a conflict.
    wish.expected = control.stands_at == StandsAt::after ? entry.after : entry.before;
    return wish;
}

void RecoverJob::settle(Desk& desk) {
    const auto unread =
        std::find_if(report_.controls.begin(), report_.controls.end(),
                     [](const CutOffControl& each) { return each.stands_at == StandsAt::unread; });
    if (unread != report_.controls.end())
        return end_with(
            {ErrorKind::refused,
             fmt::format("The {} of \"{}\" could not be read: the pass is as unfinished as it was.",
                         to_string(unread->entry.control), unread->entry.strip.name),
             "Check that the DAW is not busy or showing a dialog, and try again."});
    PassOrder order;
    order.header = *report_.cut_off;
    order.header.entries.clear();
    order.forced = force_;
    std::vector<std::size_t> wished;
    std::vector<std::size_t> left;
    const auto& entries = report_.cut_off->entries;
    auto control = report_.controls.begin();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].verdict != Verdict::pending) continue;
        auto wish = wish_for(*control++, desk.mixer());
        (wish ? wished : left).push_back(i);
        if (wish) order.wishes.push_back(std::move(*wish));
    }
    outcome_->of(*report_.cut_off, std::move(wished), left);
    if (!order.wishes.empty()) return apply(desk, std::move(order));
    finish();
    PassEnd end;
    if (auto settled = outcome_->settle(); !settled) end.cause = settled.error();
    ended(std::move(end));
}

void RecoverJob::end_with(Error error) {
    report_.error = std::move(error);
    finish();
}

void RecoverJob::ended(PassEnd end) {
    const bool finishes = recovery_ == Recovery::finish;
    if (outcome_->settled()) {
        end.pass = outcome_->pass();
        end.wanted = end.pass->state;
    }
    settle_report(report_, std::move(end), finishes ? "recovery" : "roll-back",
                  fmt::format("What is there was {}.", finishes ? "finished" : "rolled back"));
}

}  // namespace kedge::engine
