// Questions of a ReaperSession. REAPER knows none; but it forgets what it told at an address when anything
// comes in there, and tells it again when it goes over its tracks the next time. README.md says why that is
// an answer.

#include "reaper/reaper_session.hpp"

#include <algorithm>
#include <utility>

namespace kedge::reaper {

using surface::Effects;

Result<void> ReaperSession::query(Instant, const surface::QueryControl& command) {
    const auto number = addressed(command.strip, command.control);
    if (!number) return tl::unexpected(number.error());
    if (!able_.capabilities.read_back)
        return fail(ErrorKind::refused, "REAPER's pattern file leaves no way to read a value back.",
                    "Use kedge's own pattern file in REAPER.");
    Talk& talk = slot(*number).talks[index(command.control)];
    if (talk.open && talk.open_asked) return {};  // on its way
    talk.asked = true;
    ask_in_next_batch(*number, command.control);
    return {};
}

void ReaperSession::ask_in_next_batch(int number, Control control) {
    Talk& talk = slot(number).talks[index(control)];
    if (std::exchange(talk.waiting, true)) return;
    waiting_.push_back({number, control});
}

/// How long a refresh of everything keeps the wire busy, and a margin.
Duration ReaperSession::refresh_time() const {
    return between_refreshes + between_refreshes_for_each_track * bank_;
}

/// When the answers are taken for lost. REAPER answers in order: while it still sends full packets, they may
/// be behind those.
Instant ReaperSession::end_of(const Batch& batch) const {
    return std::max(batch.patience, burst_end(batch.left, flood_pause));
}

std::optional<Instant> ReaperSession::batch_due() const {
    if (batch_) return end_of(*batch_);
    if (waiting_.empty()) return std::nullopt;
    return batches_may_leave_;
}

void ReaperSession::ask_when_due(Instant now) {
    if (batch_ && (batch_->is_answered() || now >= end_of(*batch_))) end_batch(now);
    if (batch_ || waiting_.empty() || now < batches_may_leave_) return;
    std::vector<Question> questions;
    while (!waiting_.empty() && questions.size() < questions_a_batch) {
        questions.push_back(waiting_.front());
        waiting_.pop_front();
    }
    send_batch(now, std::move(questions));
}

/// Makes REAPER tell everything.
void ReaperSession::refresh(Instant now) {
    refreshed_at_ = now;
    say(number_message(book_.address(Word::action, 0), Flag::integer, action_refresh_surfaces));
}

/// Makes REAPER go over its tracks, and tell what it has not told.
void ReaperSession::tell_again(Instant now) {
    if (book_.has(Word::track_count)) {
        say(number_message(book_.address(Word::track_count, 0), Flag::integer, bank_));
    } else if (book_.has(Word::bank_select)) {
        say(number_message(book_.address(Word::bank_select, 0), Flag::integer, 1.0));
    } else if (able_.can_refresh) {
        refresh(now);
    }
}

/// The count of tracks goes first: REAPER answers in order, so what comes after its answer was said after the
/// questions had come in.
void ReaperSession::send_batch(Instant now, std::vector<Question> questions) {
    Batch batch;
    batch.left = now;
    batch.by_refresh = able_.can_refresh && (!able_.can_ask || vain_batches_ >= most_vain_batches);
    batch.fenced = !able_.tells_count || unheard_count_;
    const auto is_masters = [](const Question& each) { return is_master_mute(each.number, each.control); };
    if (std::any_of(questions.begin(), questions.end(), is_masters)) say_master_question(now);
    if (!batch.fenced) say_count_question();
    for (const Question& question : questions) {
        Talk& talk = slot(question.number).talks[index(question.control)];
        talk.waiting = false;
        talk.open = true;
        talk.open_asked = std::exchange(talk.asked, false);
        if (talk.verifications > 0) --talk.verifications;
        const Word word = word_of(question.control);
        if (!batch.by_refresh && !is_masters(question))
            say(question_message(book_.address(word, question.number), book_.flag(word, question.number)));
    }
    note_sign_asked(now);
    batch.unanswered = questions.size();
    batch.patience = now + batch_patience + batch_patience_for_each * questions.size();
    if (batch.by_refresh) {
        refresh(now);
        batch.patience = now + batch_patience + refresh_time();
    } else {
        tell_again(now);
    }
    batch.questions = std::move(questions);
    batch_ = std::move(batch);
}

/// What was not answered was lost, or REAPER is busy: who asked asks again; what was set is asked for again.
void ReaperSession::end_batch(Instant now) {
    const Batch batch = std::move(*batch_);
    batch_.reset();
    batches_may_leave_ = batch.by_refresh ? batch.left + refresh_time() : now + between_batches;
    // Values that were set meanwhile took their questions back: nothing was left to be answered.
    if (batch.unanswered > 0 && !batch.any_answer && heard_in_phase_) ++vain_batches_;
    for (const Question& question : batch.questions) {
        Talk& talk = slot(question.number).talks[index(question.control)];
        if (!std::exchange(talk.open, false) || !talk.requested) continue;
        if (talk.verifications > 0) {
            ask_in_next_batch(question.number, question.control);
        } else {
            talk.requested.reset();
        }
    }
}

void ReaperSession::hear_value(Instant now, int number, Control control, const ControlValue& value,
                               Effects& out) {
    Talk& talk = slot(number).talks[index(control)];
    talk.open = false;
    talk.value = value;
    // A value sent since then is asked for by a question of its own.
    if (!talk.waiting) talk.requested.reset();
    batch_->any_answer = true;
    --batch_->unanswered;
    // What was answered before will be again: REAPER stood still for a moment, and a refresh takes long.
    if (!batch_->by_refresh) questions_answered_ = true;
    if (questions_answered_) vain_batches_ = 0;
    report(number, control, talk.open_asked, talk.open_asked ? batch_->left : Instant{}, out);
    if (batch_->is_answered()) ask_when_due(now);
}

/// The places mean other tracks now.
void ReaperSession::forget_questions() {
    batch_.reset();
    waiting_.clear();
    for (TrackPlace& each : slots_)
        for (Talk& talk : each.talks) talk = Talk{talk.value, {}};
}

}  // namespace kedge::reaper
