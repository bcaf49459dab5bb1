// Signs of life of the REAPER that a ReaperSession knows, the count of its tracks foremost, and what becomes
// of it without them.

#include "reaper/reaper_session.hpp"

#include <utility>

namespace kedge::reaper {

using surface::Effects;
using surface::Event;

namespace {

// A wire that is never silent is asked for its tracks all the same.
constexpr Duration longest_without_count = std::chrono::seconds(10);

}  // namespace

/// REAPER forgets what it told of its current track's number, goes to the last track, and tells its number.
void ReaperSession::say_count_question() {
    packets_.add(
        {question_message(book_.address(Word::current_track_number, 0), Flag::text),
         number_message(book_.address(Word::current_track_select, 0), Flag::integer, beyond_every_track)});
}

void ReaperSession::ask_count(Instant now) {
    asked_at_ = now;
    ++asks_;
    say_count_question();
}

void ReaperSession::on_count(Instant now, const osc::Message& message, Effects& out) {
    const auto text = message.string(0);
    if (!text) {
        ++counters_.wrong_type;
        return;
    }
    const auto count = whole_number(*text);
    if (!count || *count < 0 || *count > most_tracks) {
        ++counters_.out_of_range;
        return;
    }
    ++counters_.heartbeats;
    if (is_answer_of_master(*count)) return;
    if (batch_) batch_->fenced = true;
    if (!able_.tells_count) return;
    // One that was only slow: from now on the end is certain.
    unheard_count_ = false;
    switch (phase_) {
        case Phase::counting:
            // A surface that was just set up says 0 by itself: its current track is the master.
            if (*count == 0 && !std::exchange(zero_counted_, true)) return ask_count(now);
            count_ = *count;
            return collect(now, *count);
        case Phase::collecting:
            if (count_ != *count) changed_while_collecting_ = true;
            return;
        case Phase::ready:
            // One that was not asked for is another track's number: so it is asked for again.
            if (count_ != *count) return unsettle(now, out);
            if (batch_ && batch_->is_answered()) ask_when_due(now);
            return;
        case Phase::idle:
        case Phase::lost:
            return;
    }
}

void ReaperSession::wake_ready(Instant now, Effects& out) {
    const Duration silent = now - last_heard_;
    if (silent >= silence_means_lost && is_unanswered(now))
        return lose(now, "no sign of life for four seconds", out);
    const bool thin = silent >= silence_before_asking && now - sign_asked_ >= asking_period;
    if (thin || sign_wanted_ || now - sign_asked_ >= longest_without_count) ask_sign(now);
    if (std::exchange(bank_doubted_, false)) tell_again(now);
    if (selection_is_due(now)) select_again();
    ask_when_due(now);
    ask_places_when_due(now);
    switch_loop_again(now);
    search_when_due(now, out);
}

/// A REAPER that stands still says nothing unasked: silence counts from the first question to it on. (Whoever
/// runs the session may have been busy for longer, and asked nothing.)
bool ReaperSession::is_unanswered(Instant now) const {
    return unanswered_since_ && now - *unanswered_since_ >= silence_means_lost - silence_before_asking;
}

void ReaperSession::note_sign_asked(Instant now) {
    sign_asked_ = now;
    if (!unanswered_since_) unanswered_since_ = now;
}

/// Something that REAPER always answers: how many tracks it has, else the first place's name.
void ReaperSession::ask_sign(Instant now) {
    // A batch asks as well.
    sign_wanted_ = batch_ || now - sign_asked_ < asking_period;
    if (sign_wanted_) return;
    note_sign_asked(now);
    if (unheard_count_) {
        ask_first_name(now);
    } else {
        if (now - master_asked_ >= between_looks_at_master) say_master_question(now);
        say_count_question();
    }
}

void ReaperSession::ask_first_name(Instant now) {
    if (bank_ == 0) bank_ = first_scan;
    say(question_message(book_.address(Word::track_name, 1), Flag::text));
    tell_again(now);
}

void ReaperSession::lose(Instant now, std::string why, Effects& out) {
    phase_ = Phase::lost;
    phase_since_ = now;
    asked_at_ = now;
    unanswered_since_.reset();
    was_ready_ = false;
    forget_questions();
    packets_.clear();
    touched_.clear();
    unselected_.clear();
    end_search_.reset();
    mixer_.session.end.reset();
    position_.reset();
    rolling_.reset();
    repeats_.reset();
    loop_switch_.reset();
    loop_start_ = loop_end_ = SongTime();
    bar_.reset();
    give_up_companion(out);
    if (!lost_said_) out.emplace_back(Event(surface::Lost{std::move(why)}));
    lost_said_ = true;
    plan_wake(now, out);
}

}  // namespace kedge::reaper
