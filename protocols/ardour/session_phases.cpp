// The phases of an ArdourSession: greeting, listing, filling in what the burst lost, ready, lost; and what a
// wake-up means in each. What is a sign of life is told in session_signs.cpp.

#include "ardour/ardour_session.hpp"
#include "ardour/session_limits.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::ardour {

using surface::Effects;
using surface::Event;

void ArdourSession::send(std::vector<std::byte> bytes, Effects& out) {
    ++counters_.datagrams_out;
    out.emplace_back(surface::SendBytes{std::move(bytes)});
}

void ArdourSession::wake_in(Instant now, Duration span, Effects& out) {
    Instant at = now + span;
    if (const auto end = lost_at()) at = std::max(now, std::min(at, *end));
    if (next_wake_ && *next_wake_ > now && *next_wake_ <= at) return;
    next_wake_ = at;
    out.emplace_back(surface::WakeAt{at});
}

void ArdourSession::start(Instant now, Effects& out) {
    phase_since_ = now;
    last_heard_ = now;
    last_sign_ = now;
    greet(now, out);
}

/// The whole handshake; also the way back after the DAW was lost: its surface records live in memory only.
void ArdourSession::greet(Instant now, Effects& out) {
    phase_ = Phase::greeting;
    asked_at_ = now;
    asks_ = 1;
    doubts_ = 0;
    without_master_ = 0;
    heard_since_ask_ = false;
    feedback_asked_ = false;
    feedback_came_ = false;
    session_name_.clear();
    slots_.clear();
    place_of_id_.clear();
    forget_list();
    send(set_surface(wanted_types, listing_feedback), out);
    send(osc::encode("/strip/list"), out);
    wake_in(now, std::min(greeting_period, phase_since_ + greeting_patience - now), out);
}

/// The last greeting was lost on the way, though somebody answers.
void ArdourSession::repeat_lost_greeting(Instant now, Effects& out) {
    ++lost_greetings_;
    phase_since_ = now;
    greet(now, out);
}

void ArdourSession::ask_list(Instant now, Effects& out) {
    if (phase_ == Phase::ready) out.emplace_back(Event(surface::StripsUnsettled{}));
    phase_ = Phase::listing;
    phase_since_ = now;
    asked_at_ = now;
    asks_ = 1;
    heard_since_ask_ = false;
    forget_list();
    send(osc::encode("/strip/list"), out);
    wake_in(now, quiet, out);
}

/// The lines that came stay: on a wire that loses some of every list, it becomes whole piece by piece.
void ArdourSession::ask_list_again(Instant now, Effects& out) {
    ++asks_;
    asked_at_ = now;
    heard_since_ask_ = false;
    send(osc::encode("/strip/list"), out);
    wake_in(now, quiet, out);
}

/// Values came that do not fit to the list. Asking again settles it, but not for ever: a DAW that contradicts
/// itself is taken at its list's word.
void ArdourSession::ask_list_in_doubt(Instant now, Effects& out) {
    if (doubts_ >= most_asks) return;
    ++doubts_;
    ask_list(now, out);
}

Instant ArdourSession::may_close_at() const {
    return last_change_ + goodbye_after_change;
}

void ArdourSession::close(Instant now, Effects& out) {
    if (phase_ == Phase::idle) return;
    const bool knows_us = phase_ == Phase::ready || phase_ == Phase::filling;
    phase_ = Phase::idle;
    if (exchange_.busy()) out.emplace_back(surface::HandOver{});
    exchange_.forget();
    if (knows_us && now < may_close_at()) return;
    send(set_surface(wanted_types, 0), out);
}

void ArdourSession::wake(Instant now, Effects& out) {
    if (next_wake_ && *next_wake_ <= now) next_wake_.reset();
    if (const auto end = lost_at(); end && now >= *end) {
        lose(now, "no sign of life for three seconds", out);
        return;
    }
    wake_companion(now, out);
    switch (phase_) {
        case Phase::idle:
            return;
        case Phase::greeting:
            wake_greeting(now, out);
            return;
        case Phase::listing:
            wake_listing(now, out);
            return;
        case Phase::filling:
            wake_filling(now, out);
            return;
        case Phase::ready:
            wake_ready(now, out);
            return;
        case Phase::lost:
            if (now - asked_at_ < retry_period) {
                wake_in(now, retry_period - (now - asked_at_), out);
                return;
            }
            phase_since_ = now;
            greet(now, out);
            return;
    }
}

void ArdourSession::wake_greeting(Instant now, Effects& out) {
    if (!heard_since_ask_ && now - phase_since_ >= greeting_patience) {
        lose(now, "it does not answer", out);
    } else if (!heard_since_ask_ && now - asked_at_ >= greeting_period) {
        greet(now, out);
    } else if (heard_since_ask_ && now - asked_at_ >= list_patience && burst_is_over(now, asked_at_)) {
        ask_list(now, out);  // values came, the list did not
    } else {
        wake_in(now, quiet, out);
    }
}

void ArdourSession::wake_listing(Instant now, Effects& out) {
    const Duration waited = now - asked_at_;
    const bool unheard = !heard_since_ask_ && waited >= greeting_period;
    if (!unheard && (waited < list_patience || !burst_is_over(now, asked_at_))) {
        wake_in(now, quiet, out);
        return;
    }
    const bool in_vain = listed_count_ > 0 ? now - phase_since_ >= listing_patience : asks_ >= most_asks;
    if (in_vain) {
        lose(now, "the strip list never arrived whole", out);
    } else {
        ask_list_again(now, out);
    }
}

bool ArdourSession::burst_is_over(Instant now, Instant since) const {
    return now - last_value_ >= quiet || now - since >= burst_patience;
}

// --- filling: rounds of questions for what the burst did not bring ---

void ArdourSession::wake_filling(Instant now, Effects& out) {
    const bool asking = asks_ > 0;
    if (!asking) {
        if (burst_is_over(now, phase_since_)) {
            begin_round(now, out);
        } else {
            wake_in(now, quiet / 2, out);
        }
    } else if (next_question_ < slots_.size() * all_controls.size()) {
        if (now - asked_at_ >= between_portions) {
            ask_portion(now, out);
        } else {
            wake_in(now, between_portions - (now - asked_at_), out);
        }
    } else if (now - asked_at_ >= query_patience) {
        begin_round(now, out);
    } else {
        wake_in(now, query_patience - (now - asked_at_), out);
    }
}

void ArdourSession::begin_round(Instant now, Effects& out) {
    if (greeting_was_lost()) {
        repeat_lost_greeting(now, out);
        return;
    }
    if (slots_.size() > static_cast<std::size_t>(listed_count_)) {
        // Values of strips beyond the list: either its last lines were lost, or somebody talks nonsense.
        if (doubts_ < most_asks) {
            ask_list_in_doubt(now, out);
            return;
        }
        slots_.resize(static_cast<std::size_t>(listed_count_));
    }
    // All that it tells of itself comes after the list: without its session's name nobody knows whose strips
    // these are.
    if (session_name_.empty() && doubts_ < most_asks) {
        ask_list_in_doubt(now, out);
        return;
    }
    const std::size_t missing = count_missing();
    // Only rounds that brought nothing count.
    if (asks_ > 0 && missing < missing_) asks_ = 0;
    missing_ = missing;
    if (missing == 0) {
        settle(now, out);
    } else if (asks_ >= most_asks) {
        give_up_asking(now, out);
    } else {
        ++asks_;
        next_question_ = 0;
        ask_portion(now, out);
    }
}

/// A DAW that never got the greeting answers questions, but says nothing by itself, and its numbers may be
/// those of another selection of strips.
bool ArdourSession::greeting_was_lost() const {
    return asks_ == 0 && !feedback_came_ && lost_greetings_ < most_asks;
}

void ArdourSession::ask_portion(Instant now, Effects& out) {
    const std::size_t end = slots_.size() * all_controls.size();
    std::size_t asked = 0;
    for (; next_question_ < end && asked < questions_a_wake; ++next_question_) {
        Slot& slot = slots_[next_question_ / all_controls.size()];
        const Control control = all_controls[next_question_ % all_controls.size()];
        if (!is_missing(slot, control)) continue;
        send(query_control(ssid_of(slot), control, slot.controls[index(control)].asked(now)), out);
        ++asked;
    }
    asked_at_ = now;
    heard_since_ask_ = false;
    wake_in(now, next_question_ < end ? between_portions : query_patience, out);
}

/// Some strips lack a trim, a pan or a mute that strips of their kind have; a fader they all have.
void ArdourSession::give_up_asking(Instant now, Effects& out) {
    const auto without_fader = std::find_if(
        slots_.begin(), slots_.end(), [&](const Slot& slot) { return is_missing(slot, Control::fader); });
    if (!heard_since_ask_ && now - last_heard_ < silence_after_questions) {
        wake_in(now, quiet, out);
    } else if (!heard_since_ask_) {
        lose(now, "it stopped answering while it told its values", out);
    } else if (without_fader != slots_.end()) {
        lose(now, fmt::format("it never told the fader of '{}'", without_fader->name.name), out);
    } else {
        settle(now, out);
    }
}

std::size_t ArdourSession::count_missing() const {
    std::ptrdiff_t missing = 0;
    for (const Slot& slot : slots_)
        missing += std::count_if(all_controls.begin(), all_controls.end(),
                                 [&](Control control) { return is_missing(slot, control); });
    return static_cast<std::size_t>(missing);
}

bool ArdourSession::is_missing(const Slot& slot, Control control) const {
    return !slot.controls[index(control)].value() && expects(slot, control);
}

bool ArdourSession::expects(const Slot& slot, Control control) const {
    const bool vca = slot.name.kind == StripKind::vca;
    switch (control) {
        case Control::fader:
        case Control::mute:
            return true;
        case Control::trim:
            return !vca && slot.outputs > 0;
        case Control::pan:
            return !vca && slot.outputs >= 2;
    }
    return false;
}

void ArdourSession::settle(Instant now, Effects& out) {
    std::vector<StripId> added;
    std::vector<StripId> removed;
    rebuild_mixer(added, removed);
    phase_ = Phase::ready;
    phase_since_ = now;
    doubts_ = 0;
    lost_greetings_ = 0;
    last_sign_ = last_heard_;
    wake_in(now, silence_before_asking, out);
    if (was_ready_) {
        out.emplace_back(Event(surface::StripsChanged{std::move(added), std::move(removed), crossed()}));
        return;
    }
    if (ever_ready_) ++counters_.reconnects;
    was_ready_ = true;
    ever_ready_ = true;
    lost_said_ = false;
    out.emplace_back(Event(surface::Ready{}));
    if (position_) out.emplace_back(Event(surface::PositionReported{*position_}));
    if (rolling_) out.emplace_back(Event(surface::TransportReported{*rolling_}));
}

}  // namespace kedge::ardour
