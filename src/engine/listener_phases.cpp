// From phase to phase: what a Listener asks of the DAW's transport, and what it does when that is not done.

#include "engine/listener.hpp"
#include "engine/transport_patience.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::engine {

namespace {

// Strips that change while all windows are heard anew are not to be caught.
constexpr int most_rounds_anew = 1;

}  // namespace

void Listener::wait(Desk& desk, Duration span) {
    deadline_ = desk.now() + span;
    desk.wake_at(deadline_);
}

void Listener::start(Desk& desk) {
    const auto at = desk.surface().position();
    was_rolling_ = desk.surface().rolling().value_or(false);
    song_end_ = desk.mixer().session.end;
    if (!desk.surface().capabilities().locates) {
        if (wishes_.from.value_or(SongTime()) != SongTime()) return begins_elsewhere();
        left_at_start_ = was_rolling_ || (at && !is_near(*at, SongTime()));
        was_rolling_ = false;
    } else {
        original_ = at.value_or(SongTime());
    }
    if (desk.surface().rolling().value_or(false)) {
        phase_ = Phase::stopping_first;
        desk.send(surface::Stop{});
        wait(desk, stop_patience);
        return;
    }
    enter_finding_end(desk);
}

void Listener::begins_elsewhere() {
    error_ = Error{ErrorKind::usage,
                   fmt::format("This surface sends the playhead to the start of the song and nowhere else: "
                               "what begins at {} cannot be listened to.",
                               to_string(*wishes_.from)),
                   "Leave --from and --section out; --to and --listen may end it early."};
    finish();
}

/// Anew each time: since the last one the song may have grown.
void Listener::enter_finding_end(Desk& desk) {
    if (wishes_.to || !desk.surface().capabilities().finds_end) return enter_showing_meters(desk);
    phase_ = Phase::finding_end;
    desk.send(surface::FindEnd{});
    wait(desk, find_end_patience);
}

void Listener::enter_showing_meters(Desk& desk) {
    tries_ = 0;
    refusal_.reset();
    windows_ = std::max<std::size_t>(1, desk.surface().meter_windows());
    window_ = std::min(window_, windows_ - 1);
    heard_to_.resize(windows_);
    if (windows_ < 2) return enter_locating(desk);
    last_position_.reset();
    phase_ = Phase::showing_meters;
    desk.send(surface::ShowMeters{window_});
    wait(desk, show_meters_patience);
}

void Listener::enter_locating(Desk& desk) {
    phase_ = Phase::locating;
    from_ = wishes_.from.value_or(SongTime());
    loop_.lift(desk, from_);
    desk.send(surface::Locate{from_});
    // A locate to where the transport stands already is not reported: the deadline goes on.
    wait(desk, locate_patience);
}

void Listener::enter_starting(Desk& desk) {
    to_ = wishes_.to ? wishes_.to : song_end_;
    // Once more, as others sounded longer: up to there, and no further.
    if (ends_by_silence() && heard_to_[window_]) to_ = silent_from_;
    if (wishes_.at_most) {
        const SongTime limit = from_ + *wishes_.at_most;
        to_ = to_ ? std::min(*to_, limit) : limit;
    }
    if (to_ && *to_ <= from_) {
        error_ = Error{ErrorKind::usage,
                       fmt::format("There is nothing to listen to: the range ends at {} and begins at {}.",
                                   to_string(*to_), to_string(from_)),
                       "Give --from and --to inside the song, or leave both out for the whole song."};
        enter_returning(desk);
        return;
    }
    begin_tracks(desk);
    last_position_.reset();
    silent_since_.reset();
    anything_heard_ = false;
    phase_ = Phase::starting;
    play(desk);
}

void Listener::play(Desk& desk) {
    desk.send(surface::Play{});
    play_sent_ = desk.now();
    wait(desk, transport_patience);
}

/// It rolls, but not from where it should: the locate was lost on the way.
void Listener::start_over(Desk& desk) {
    if (++tries_ >= transport_tries) {
        fail_and_stop(
            desk,
            Error{ErrorKind::refused, fmt::format("The DAW does not go to {}.", to_string(from_)),
                  "Locate by hand once, check for an external sync source, and run the command again."});
        return;
    }
    phase_ = Phase::stopping_first;
    desk.send(surface::Stop{});
    wait(desk, stop_patience);
}

void Listener::rest(Desk& desk, Phase phase) {
    phase_ = phase;
    wait(desk, rest_after_stop);
}

void Listener::enter_stopping(Desk& desk) {
    phase_ = Phase::stopping_last;
    tries_ = 0;
    desk.send(surface::Stop{});
    // Where nothing moves there will be no report of a stop.
    wait(desk, stands_still_now(desk) ? rest_after_stop : stop_patience);
}

void Listener::enter_returning(Desk& desk) {
    phase_ = Phase::returning;
    tries_ = 0;
    desk.send(surface::Locate{original_});
    wait(desk, locate_patience);
}

bool Listener::stands_still_now(const Desk& desk) const {
    return desk.now() - last_report_ > stands_still;
}

/// No report of the stop: it was lost, or nothing rolled, or the stop itself was lost. True when it is to be
/// waited for again.
bool Listener::stop_again(Desk& desk, Phase then) {
    if (stands_still_now(desk)) {
        rest(desk, then);
        return true;
    }
    if (++tries_ >= transport_tries) return false;
    desk.send(surface::Stop{});
    wait(desk, stop_patience);
    return true;
}

/// True when the transport is not yet where it was sent and was sent there again.
bool Listener::locate_again(Desk& desk, SongTime to) {
    const auto at = desk.surface().position();
    if (!at || is_near(*at, to) || ++tries_ >= transport_tries) return false;
    desk.send(surface::Locate{to});
    wait(desk, locate_patience);
    return true;
}

/// The next strips' meters, or back to where the song stood.
void Listener::rolled(Desk& desk) {
    if (error_) return enter_returning(desk);
    heard_to_[window_] = last_position_.value_or(from_);
    jumps_back_ = 0;
    if (!slipped(desk) && next_window()) return enter_showing_meters(desk);
    round_heard(desk);
}

/// The first that was not heard, or not as long as the song is by what was heard of the others.
bool Listener::next_window() {
    for (std::size_t window = 0; window < windows_; ++window) {
        const auto& heard = heard_to_[window];
        const bool too_short =
            heard && ends_by_silence() && silent_from_ && *heard + near_the_end < *silent_from_;
        if (heard && !too_short) continue;
        window_ = window;
        return true;
    }
    return false;
}

/// Strips changed since the first window was shown: some may have gone from one to another.
bool Listener::slipped(const Desk& desk) const {
    return strips_changed_ && desk.surface().meter_windows() > 1;
}

void Listener::round_heard(Desk& desk) {
    if (!slipped(desk)) return enter_returning(desk);
    if (rounds_++ >= most_rounds_anew) {
        error_ = Error{ErrorKind::refused,
                       "Strips kept changing in the DAW while bank after bank of them was listened to.",
                       "Let the session stand as it is, and run the command again."};
        return enter_returning(desk);
    }
    strips_changed_ = false;
    heard_to_.clear();
    window_ = 0;
    enter_showing_meters(desk);
}

void Listener::returned(Desk& desk) {
    loop_.put_back(desk);
    if (was_rolling_) desk.send(surface::Play{});
    finish();
}

/// Nothing is left to try; an earlier error says more.
void Listener::does_not_stop(Desk& desk) {
    loop_.put_back(desk);
    if (!error_) {
        error_ = Error{ErrorKind::refused, "The DAW's transport does not stop.",
                       "Stop it by hand and run the command again."};
    }
    finish();
}

void Listener::finish() {
    phase_ = Phase::done;
}

void Listener::fail_and_stop(Desk& desk, Error error) {
    error_ = std::move(error);
    enter_stopping(desk);
}

bool Listener::ending() const {
    return phase_ == Phase::stopping_last || phase_ == Phase::resting_last || phase_ == Phase::returning;
}

void Listener::wake(Desk& desk) {
    if (desk.now() < deadline_) return;
    switch (phase_) {
        case Phase::stopping_first:
            if (!stop_again(desk, Phase::resting_first)) does_not_stop(desk);
            return;
        case Phase::resting_first:
            enter_finding_end(desk);
            return;
        case Phase::finding_end:
            enter_showing_meters(desk);
            return;
        case Phase::showing_meters:
            error_ = Error{ErrorKind::refused, "The DAW does not go to the next bank of strips.",
                           "Check that no dialog is open in the DAW, and run the command again."};
            enter_returning(desk);
            return;
        case Phase::resting_last:
            rolled(desk);
            return;
        case Phase::returning:
            if (locate_again(desk, original_)) return;
            if (!error_) error_ = refusal_;
            returned(desk);
            return;
        case Phase::locating:
            if (!locate_again(desk, from_)) enter_starting(desk);
            return;
        case Phase::starting:
            if (++tries_ < transport_tries) {
                play(desk);
            } else {
                fail_and_stop(
                    desk,
                    Error{ErrorKind::refused, "The DAW does not play: its position stands still.",
                          "Check that its audio engine runs (Ardour: Window > Audio/MIDI Setup) and that "
                          "nothing else holds the transport, such as an external sync source."});
            }
            return;
        case Phase::rolling:
            if (near_end()) {
                enter_stopping(desk);
                return;
            }
            fail_and_stop(desk, Error{ErrorKind::refused,
                                      fmt::format("The song stood still at {} while kedge was listening.",
                                                  to_string(last_position_.value_or(from_))),
                                      "Check the DAW's audio engine and run the command again."});
            return;
        case Phase::stopping_last:
            if (!stop_again(desk, Phase::resting_last)) does_not_stop(desk);
            return;
        default:
            return;
    }
}

void Listener::refused(Desk& desk, const Error& error) {
    if (phase_ == Phase::done) return;
    if (!ending()) {
        fail_and_stop(desk, error);
        return;
    }
    refusal_ = error;  // on the way back nothing begins anew: wake() tries again, a few times
}

void Listener::interrupt(Desk& desk) {
    if (phase_ == Phase::done) return;
    Error stopped{ErrorKind::interrupted, "Stopped while listening; nothing was changed.", {}};
    if (ending()) {
        error_ = std::move(stopped);  // it is on its way back already
    } else {
        fail_and_stop(desk, std::move(stopped));
    }
}

}  // namespace kedge::engine
