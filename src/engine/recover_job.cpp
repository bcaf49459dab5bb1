#include "engine/recover_job.hpp"

#include "engine/journal_recorder.hpp"
#include "surface/same_value.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

constexpr std::array<std::string_view, 6> where_words = {"before",     "after", "neither",
                                                         "on its way", "gone",  "unread"};

}  // namespace

std::string_view to_string(StandsAt where) {
    return where_words[static_cast<std::size_t>(where)];
}

/// Gives the runner's outcome to the pass that was cut off, which is in the journal already.
class RecoverJob::Outcome : public surface::PassRecorder {
  public:
    Outcome(Recovery recovery, journal::Journal& journal) : recovery_(recovery), recorder_(journal) {}

    /// `wished`: the entry of each of the runner's wishes; the entries that are `left` are not touched.
    void of(Pass pass, std::vector<std::size_t> wished, const std::vector<std::size_t>& left) {
        pass_ = std::move(pass);
        wished_ = std::move(wished);
        for (const std::size_t entry : left) leave(entry);
    }

    Result<PassId> record_prepared(const Pass&) override { return pass_.id; }

    Result<void> record_outcome(const Pass& run) override {
        // What could not be completed leaves the pass as it was: unfinished.
        if (run.state != PassState::applied) return {};
        for (std::size_t i = 0; i < wished_.size(); ++i) {
            const PassEntry& done = run.entries[i];
            if (done.verdict == Verdict::conflict) {
                leave(wished_[i]);
                moved_by_hand_.push_back(done);
            } else {
                pass_.entries[wished_[i]].verdict =
                    recovery_ == Recovery::finish ? Verdict::confirmed : Verdict::rolled_back;
            }
        }
        return settle(recovery_ == Recovery::finish ? PassState::applied : PassState::rolled_back);
    }

    /// `whole`: the state of a pass of which nothing is left.
    Result<void> settle(PassState whole) {
        pass_.state = some_left_ ? PassState::broken : whole;
        auto recorded = recorder_.record_outcome(pass_);
        settled_ = recorded.has_value();
        return recorded;
    }

    [[nodiscard]] bool settled() const { return settled_; }
    [[nodiscard]] const Pass& pass() const { return pass_; }
    [[nodiscard]] const std::vector<PassEntry>& moved_by_hand() const { return moved_by_hand_; }

  private:
    void leave(std::size_t entry) {
        pass_.entries[entry].verdict = Verdict::unheard;
        some_left_ = true;
    }

    Recovery recovery_;
    JournalRecorder recorder_;
    Pass pass_;
    std::vector<std::size_t> wished_;
    std::vector<PassEntry> moved_by_hand_;
    bool some_left_ = false;
    bool settled_ = false;
};

RecoverJob::RecoverJob(Recovery recovery, bool force, journal::Journal& journal)
    : RecoverJob(recovery, force, journal, std::make_unique<Outcome>(recovery, journal)) {}

RecoverJob::RecoverJob(Recovery recovery, bool force, journal::Journal& journal,
                       std::unique_ptr<Outcome> outcome)
    : ReadingPassJob(recovery == Recovery::finish ? "finishing" : "rolling back", *outcome,
                     "the pass is as unfinished as it was"),
      recovery_(recovery),
      force_(force),
      journal_(journal),
      outcome_(std::move(outcome)) {}

RecoverJob::~RecoverJob() = default;

void RecoverJob::start(Desk& desk) {
    const auto any = look_up(desk);
    if (!any) return refuse(any.error());
    if (!*any) return finish();
    if (auto may = check_kind(); !may) return refuse(may.error());
    auto questions = take_up(desk);
    if (!questions) return refuse(questions.error());
    read(desk, *questions);
}

Result<bool> RecoverJob::look_up(const Desk& desk) {
    auto unfinished = journal_.unfinished(desk.mixer().session.name);
    if (!unfinished) return tl::unexpected(unfinished.error());
    if (unfinished->empty()) return false;
    report_.others = unfinished->size() - 1;
    report_.cut_off = std::move(unfinished->back());
    return true;
}

/// A pass that was only for a while is over when everything stands as it was.
Result<void> RecoverJob::check_kind() const {
    const bool only_back =
        report_.cut_off->kind == PassKind::rebuild || report_.cut_off->kind == PassKind::fader_law;
    if (recovery_ != Recovery::finish || !only_back) return {};
    if (report_.cut_off->kind == PassKind::fader_law)
        return fail(
            ErrorKind::usage,
            fmt::format("Pass {} moved a fader along its way, to learn its law: there is nothing in it "
                        "to finish.",
                        report_.cut_off->id.value),
            "`kedge recover --roll-back` puts the fader back.");
    return fail(
        ErrorKind::usage,
        fmt::format("Pass {} is a rebuild: to finish it would mute every track.", report_.cut_off->id.value),
        "`kedge recover --roll-back` opens what it muted.");
}

Result<std::vector<RecoverJob::Question>> RecoverJob::take_up(const Desk& desk) {
    auto strips = recognise_recorded(report_.cut_off->entries, desk.mixer(), desk.surface().capabilities());
    if (!strips) return tl::unexpected(strips.error());
    strips_ = std::move(*strips);
    std::vector<Question> questions;
    for (const PassEntry& entry : report_.cut_off->entries) {
        // What the pass never meant to send is none of this.
        if (entry.verdict != Verdict::pending) continue;
        const Strip* strip = find_recorded(strips_, entry.strip, desk.mixer());
        const bool there = strip && strip->control(entry.control);
        report_.controls.push_back({entry, std::nullopt, StandsAt::gone});
        questions_.push_back(there ? std::optional(questions.size()) : std::nullopt);
        if (there) questions.push_back({strip->id, entry.control});
    }
    return questions;
}

void RecoverJob::all_read(Desk& desk) {
    judge(desk);
    if (report_.controls.empty()) return settle_alone();
    if (recovery_ == Recovery::look) return finish();
    settle(desk);
}

void RecoverJob::judge(const Desk& desk) {
    const Capabilities& can = desk.surface().capabilities();
    for (std::size_t i = 0; i < report_.controls.size(); ++i) {
        CutOffControl& control = report_.controls[i];
        if (!questions_[i]) continue;
        control.now = answer(*questions_[i]);
        if (!control.now) {
            control.stands_at = StandsAt::unread;
        } else if (surface::same_value(*control.now, control.entry.after, can)) {
            control.stands_at = StandsAt::after;
        } else if (surface::same_value(*control.now, control.entry.before, can)) {
            control.stands_at = StandsAt::before;
        } else if (report_.cut_off->kind == PassKind::fader_law) {
            control.stands_at = StandsAt::on_its_way;
        } else {
            control.stands_at = StandsAt::neither;
        }
    }
}

std::optional<surface::PassRunner::Wish> RecoverJob::wish_for(const CutOffControl& control,
                                                              const MixerState& mixer) {
    const PassEntry& entry = control.entry;
    const Strip* strip = find_recorded(strips_, entry.strip, mixer);
    if (strip && control.stands_at == StandsAt::unread) {
        report_.unread.push_back(entry);
        return std::nullopt;
    }
    // What was gone when the questions were asked has no answer to be judged by.
    if (!report_.lets(control.stands_at == StandsAt::gone ? nullptr : strip, entry)) return std::nullopt;
    const bool finishes = recovery_ == Recovery::finish;
    surface::PassRunner::Wish wish{strip->id, entry.control, finishes ? entry.after : entry.before,
                                   {},        entry.rule,    entry.reason};
    // Where it stands at neither, this names what it does not hold: a conflict.
    wish.expected = control.stands_at == StandsAt::after ? entry.after : entry.before;
    if (control.stands_at == StandsAt::on_its_way) wish.expected = control.now;
    return wish;
}

void RecoverJob::settle(Desk& desk) {
    const auto unread =
        std::find_if(report_.controls.begin(), report_.controls.end(),
                     [](const CutOffControl& each) { return each.stands_at == StandsAt::unread; });
    if (unread != report_.controls.end() && !force_)
        return refuse(
            {ErrorKind::refused,
             fmt::format("The {} of \"{}\" could not be read: the pass is as unfinished as it was.",
                         to_string(unread->entry.control), unread->entry.strip.name),
             "Check that the DAW is not busy or showing a dialog, and try again; with --force it is left as "
             "it is, and the others are settled."});
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
    settle_alone();
}

/// Nothing is to be sent: the record alone is settled.
void RecoverJob::settle_alone() {
    if (report_.controls.empty()) outcome_->of(*report_.cut_off, {}, {});
    PassEnd end;
    // A pass that had nothing to send is what it would have been.
    const bool rolls_back = recovery_ == Recovery::roll_back && !report_.controls.empty();
    if (auto settled = outcome_->settle(rolls_back ? PassState::rolled_back : PassState::applied); !settled)
        end.cause = settled.error();
    finish();
    ended(std::move(end));
}

/// What was left alone stays in the record as perhaps written: what takes it along.
std::string RecoverJob::way_to_the_rest() const {
    const Pass& pass = *report_.cut_off;
    const PassId revertible = pass.reverts.value_or(pass.id);
    const bool finishes = recovery_ == Recovery::finish;
    // Finishing a revert takes its pass out, rolling it back puts that in.
    const bool takes_out = finishes == (pass.kind == PassKind::revert);
    return fmt::format("`kedge {} {} --force` takes what was left along, once it can be written.",
                       takes_out ? "revert" : "reapply", revertible.value);
}

void RecoverJob::ended(PassEnd end) {
    const std::string what = recovery_ == Recovery::finish ? "recovery" : "roll-back";
    if (end.refused) {
        report_.error = std::move(end.refused);
        return;
    }
    if (!outcome_->settled()) {
        const Error cause = end.cause.value_or(Error{ErrorKind::refused, "Nothing is known of why.", {}});
        report_.error =
            Error{end.interrupted ? ErrorKind::interrupted : cause.kind,
                  fmt::format("The {} was not completed: {} Pass {} is still unfinished.", what,
                              cause.message, report_.cut_off->id.value),
                  "`kedge recover` says where its controls stand now; run it again once the DAW answers."};
        return;
    }
    report_.conflicts = outcome_->moved_by_hand();
    end.pass = outcome_->pass();
    end.wanted = end.pass->state;
    settle_report(report_, std::move(end), what, way_to_the_rest());
}

}  // namespace kedge::engine
