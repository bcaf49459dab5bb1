// The phases of a ReaperSession: counting tracks, collecting their values, ready, lost; and what a wake-up
// means in each.

#include "reaper/reaper_session.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::reaper {

using surface::Effects;
using surface::Event;

namespace {

constexpr std::string_view no_answer =
    "it does not answer. In REAPER, Options > Preferences > Control/OSC/web must hold an entry \"OSC\" in "
    "the mode \"Local port\", which answers whoever asks, or with kedge's address and port as the "
    "device's. Its local port is the one kedge sends to, its pattern config the file kedge was told of";

}  // namespace

void ReaperSession::start(Instant now, Effects& out) {
    last_heard_ = now;
    if (!able_.usable) {
        phase_ = Phase::counting;
        return lose(now, able_.lacks.front(), out);
    }
    greet(now, out);
    plan_wake(now, out);
}

/// From nothing; also the way back after REAPER was lost: it may be another one, which knows nothing of our
/// bank.
void ReaperSession::greet(Instant now, Effects& out) {
    phase_ = Phase::counting;
    phase_since_ = now;
    heard_in_phase_ = false;
    zero_counted_ = false;
    asks_ = 0;
    packets_.clear();
    forget_questions();
    slots_.assign(1, {});
    tracks_ = 0;
    other_tracks_told_ = 0;
    count_.reset();
    told_places_.forget();
    zero_is_master_ = false;
    master_hears_.clear();
    shown_mark_.clear();
    vain_batches_ = 0;
    questions_answered_ = false;
    touches_cleared_ = false;
    unheard_count_ = !able_.tells_count;
    set_up_bank();
    if (unheard_count_) {
        collect(now, first_scan);
    } else {
        ask_count(now);
    }
    send_packets(now, out);
}

/// The bank begins at the first track and stays there; nothing that the user does moves the current track. Of
/// sends and effects as little is told as can be: with the stock file they are some 250 messages a track.
void ReaperSession::set_up_bank() {
    for (const Word word : {Word::send_count, Word::receive_count, Word::fx_count, Word::fx_param_count,
                            Word::fx_inst_param_count})
        if (book_.has(word)) say(number_message(book_.address(word, 0), Flag::integer, 1.0));
    for (const Word word : {Word::bank_follows, Word::current_track_follows, Word::fx_follows})
        if (book_.has(word)) say(text_message(book_.address(word, 0), "DEVICE"));
    if (book_.has(Word::reaper_track_follows))
        say(text_message(book_.address(Word::reaper_track_follows, 0), "REAPER"));
    if (book_.has(Word::bank_select))
        say(number_message(book_.address(Word::bank_select, 0), Flag::integer, 1.0));
}

/// The strips may have changed: everything is counted and told anew.
void ReaperSession::unsettle(Instant now, Effects& out) {
    if (phase_ == Phase::ready) out.emplace_back(Event(surface::StripsUnsettled{}));
    // What has not left yet would meet the new numbers: it counts as lost on the way.
    packets_.clear();
    forget_questions();
    drop_project_question(out);
    phase_ = Phase::counting;
    phase_since_ = now;
    heard_in_phase_ = false;
    zero_counted_ = false;
    asks_ = 0;
    if (unheard_count_) {
        collect(now, std::max(first_scan, bank_));
    } else {
        ask_count(now);
    }
}

void ReaperSession::collect(Instant now, int tracks) {
    phase_ = Phase::collecting;
    phase_since_ = now;
    heard_in_phase_ = false;
    last_fill_ = now;
    vain_rounds_ = 0;
    changed_while_collecting_ = false;
    bank_doubted_ = false;
    project_asked_ = false;
    cover(tracks);
    missing_ = count_missing();
    // What a bank grows by is told at once, and only once when the refresh went before.
    const bool grows = bank_ > setup_.patterns.settings().track_count;
    if (!grows && book_.has(Word::track_count)) tell_again(now);
    if (able_.can_refresh) refresh(now);
    if (grows && book_.has(Word::track_count)) tell_again(now);
    say_master_question(now);
    if (!unheard_count_) say_count_question();
    ask_places();
    if (!able_.can_refresh) ask_missing(now);
}

void ReaperSession::wake(Instant now, Effects& out) {
    if (next_wake_ && *next_wake_ <= now) next_wake_.reset();
    switch (phase_) {
        case Phase::idle:
            return;
        case Phase::counting:
            wake_counting(now, out);
            break;
        case Phase::collecting:
            wake_collecting(now, out);
            break;
        case Phase::ready:
            wake_ready(now, out);
            break;
        case Phase::lost:
            if (now - asked_at_ >= retry_period && able_.usable) greet(now, out);
            break;
    }
    if (phase_ != Phase::lost) wake_companion(now, out);
    send_packets(now, out);
    plan_wake(now, out);
}

bool ReaperSession::is_busy(Instant now) const {
    return now < burst_end(phase_since_, busy_wire);
}

/// When a burst that was under way at `since` is over, or has lasted too long to be waited for: so long after
/// its last full packet.
Instant ReaperSession::burst_end(Instant since, Duration pause) const {
    return std::min(last_full_packet_ + pause, since + longest_burst);
}

void ReaperSession::wake_counting(Instant now, Effects& out) {
    if (now - asked_at_ < greeting_period) return;
    if (!heard_in_phase_ && now - phase_since_ >= greeting_patience)
        return lose(now, std::string(no_answer), out);
    // An answer comes behind whatever REAPER has to send before it.
    if (heard_in_phase_ && asks_ >= most_count_questions && !is_busy(now)) {
        unheard_count_ = true;
        return collect(now, std::max(first_scan, bank_));
    }
    // The set-up may have been lost with the first question.
    if (!was_ready_) set_up_bank();
    ask_count(now);
    // One that does not tell the count may be there all the same.
    if (asks_ >= most_count_questions) ask_first_name(now);
}

void ReaperSession::wake_collecting(Instant now, Effects& out) {
    const Duration silent = now - std::max(last_heard_, phase_since_);
    if (!heard_in_phase_ && now - phase_since_ >= greeting_patience && now - last_heard_ >= greeting_patience)
        return lose(now, std::string(no_answer), out);
    if (silent >= silence_means_lost) return lose(now, "it stopped answering while it told its tracks", out);
    if (changed_while_collecting_ && now - last_fill_ >= quiet) return unsettle(now, out);
    const std::size_t missing = count_missing();
    if (missing == 0) {
        if (now - last_fill_ < quiet || awaits_master(now)) return;
        const int end = unheard_count_ ? scanned_end() : tracks_;
        if (unheard_count_ && able_.grows && end + spare_places > bank_ && bank_ < most_tracks)
            return collect(now, std::min(2 * bank_, most_tracks));
        tracks_ = end;
        if (asks_project(now)) return;
        return settle(now, out);
    }
    if (now - std::max(last_fill_, phase_since_) < round_patience || now - asked_at_ < round_patience) return;
    // What was asked for comes behind whatever REAPER has to send before it.
    if (is_busy(now)) return;
    if (missing < missing_) vain_rounds_ = 0;
    missing_ = missing;
    if (vain_rounds_ >= most_vain_rounds) {
        const int number = first_incomplete();
        return lose(now,
                    fmt::format("it never told everything of track {} ('{}')", number,
                                slot(number).name.value_or("unnamed")),
                    out);
    }
    collect_round(now);
}

/// Single values are asked for; where that brings nothing, everything is told again.
void ReaperSession::collect_round(Instant now) {
    ++vain_rounds_;
    asked_at_ = now;
    if (able_.can_refresh && vain_rounds_ % 2 == 0) {
        if (book_.has(Word::track_count)) tell_again(now);
        refresh(now);
        last_fill_ = now + between_refreshes_for_each_track * bank_;
    } else {
        ask_missing(now);
    }
}

void ReaperSession::settle(Instant now, Effects& out) {
    std::vector<StripId> added;
    std::vector<StripId> removed;
    rebuild_mixer(added, removed);
    phase_ = Phase::ready;
    phase_since_ = now;
    sign_asked_ = now;
    places_asked_ = now;
    places_tries_ = 0;
    if (able_.capabilities.touch && !std::exchange(touches_cleared_, true)) clear_touches();
    if (was_ready_) {
        out.emplace_back(Event(surface::StripsChanged{std::move(added), std::move(removed), crossed()}));
        return;
    }
    if (ever_ready_) ++counters_.reconnects;
    was_ready_ = true;
    ever_ready_ = true;
    lost_said_ = false;
    // A refresh tells the position, unless it is the start: that is what REAPER takes for told.
    if (!position_ && book_.has(Word::time)) position_ = SongTime();
    out.emplace_back(Event(surface::Ready{}));
    if (position_) out.emplace_back(Event(surface::PositionReported{*position_}));
    if (rolling_) out.emplace_back(Event(surface::TransportReported{*rolling_}));
}

void ReaperSession::close(Instant, Effects& out) {
    if (phase_ == Phase::ready || phase_ == Phase::collecting || phase_ == Phase::counting) {
        for (const auto& [held, number] : touched_) say_touch(number, held.second, false);
        if (phase_ == Phase::ready) select_again();
        for (auto& bytes : packets_.take_all()) {
            ++counters_.datagrams_out;
            out.emplace_back(surface::SendBytes{std::move(bytes)});
        }
    }
    touched_.clear();
    if (exchange_.busy()) out.emplace_back(surface::HandOver{});
    exchange_.forget();
    asked_lines_.reset();
    phase_ = Phase::idle;
}

void ReaperSession::send_packets(Instant now, Effects& out) {
    for (auto& bytes : packets_.take(now)) {
        ++counters_.datagrams_out;
        out.emplace_back(surface::SendBytes{std::move(bytes)});
    }
}

/// One wake-up at a time: another one is asked for only when it is to come sooner.
void ReaperSession::plan_wake(Instant now, Effects& out) {
    if (phase_ == Phase::idle) return;
    Instant due = now + retry_period;
    const auto by = [&](Instant when) { due = std::min(due, when); };
    if (!packets_.empty()) by(packets_.due());
    if (const auto call = exchange_.due(); call && phase_ != Phase::lost) by(*call);
    if (phase_ == Phase::counting) by(asked_at_ + greeting_period);
    if (phase_ == Phase::collecting) by(now + quiet / 2);
    if (phase_ == Phase::ready) {
        const bool silent = now - last_heard_ >= silence_before_asking;
        // A batch asks for a sign as well, and its patience is waited for below.
        if (!batch_) by(silent ? sign_asked_ + asking_period : last_heard_ + silence_before_asking);
        if (bank_doubted_) by(now + quiet);
        if (sign_wanted_) by(std::max(sign_asked_ + asking_period, now + quiet));
        if (!unselected_.empty() && touched_.empty()) by(last_set_ + selection_rest);
        if (loop_switch_) by(loop_switch_->sent + loop_patience);
        if (end_search_) by(end_search_->since + end_search_patience);
        if (const auto batch = batch_due()) by(*batch);
    }
    due = std::max(due, now);
    if (next_wake_ && *next_wake_ <= due) return;
    next_wake_ = due;
    out.emplace_back(surface::WakeAt{due});
}

}  // namespace kedge::reaper
