#include "engine/live_strip.hpp"

#include "surface/same_value.hpp"

#include <algorithm>
#include <utility>

namespace kedge::engine {

namespace {

// A staircase within a tenth of a decibel of the curve, no finer in time than the blocks of a DAW.
constexpr double step_db = 0.1;
constexpr Duration least_interval = std::chrono::milliseconds(25);
// On the level the exact value is wanted.
constexpr double exact_db = 0.01;
constexpr Duration touch_lead = std::chrono::milliseconds(150);
constexpr Duration value_lead = std::chrono::milliseconds(50);
// A touch that was lost is one of about a second in some DAWs: told again well before it ends by itself.
constexpr Duration touch_again_after = std::chrono::milliseconds(400);
constexpr Duration release_again_after = std::chrono::milliseconds(80);
constexpr int more_releases = 2;
// How far beyond the end the last value may wait for its confirmation.
constexpr Duration end_patience = std::chrono::milliseconds(500);
constexpr Duration longest_sleep = std::chrono::milliseconds(100);
constexpr Duration shortest_sleep = std::chrono::milliseconds(1);
// A pause in sending is worth a word when it is longer and the curve went further meanwhile.
constexpr Duration pause_to_tell = std::chrono::milliseconds(150);
constexpr double move_to_tell_db = 0.3;

}  // namespace

LiveStrip::LiveStrip(Ride ride, SongRange stretch, const LiveHands& hands, const Capabilities& capabilities)
    : ride_(std::move(ride)),
      stretch_(stretch),
      hands_(hands),
      capabilities_(capabilities),
      sent_(capabilities) {}

Decibels LiveStrip::wanted_at(SongTime at) const {
    const Decibels planned = std::min(ride_.value_at(at), capabilities_.fader_top);
    if (!way_back_ || at >= way_back_->over.to) return planned;
    const double share =
        std::chrono::duration<double>(std::max(at, way_back_->over.from) - way_back_->over.from) /
        std::chrono::duration<double>(way_back_->over.length());
    const double from = std::max(way_back_->from.db(), -100.0);
    return Decibels(from + share * (planned.db() - from));
}

std::optional<SongTime> LiveStrip::level_until(SongTime at) const {
    if (way_back_ && at < way_back_->over.to) return std::nullopt;
    const auto& points = ride_.points;
    const auto next = std::upper_bound(points.begin(), points.end(), at,
                                       [](SongTime time, const RidePoint& point) { return time < point.at; });
    if (next == points.end()) return SongTime(Duration::max());
    if (next != points.begin() && (next - 1)->offset != next->offset) return std::nullopt;
    return next->at;
}

Duration LiveStrip::due_in(SongTime lands) const {
    Duration due = longest_sleep;
    if (phase_ == Phase::waiting) due = stretch_.from - touch_lead - lands;
    if (phase_ == Phase::touched) due = stretch_.from - value_lead - lands;
    if (phase_ == Phase::releasing) due = release_again_after;
    if (phase_ == Phase::doubting || phase_ == Phase::theirs) due = least_interval;
    if (phase_ == Phase::writing) {
        const auto level = level_until(lands);
        due = level && confirmed_ ? std::min(*level, stretch_.to) - lands : least_interval;
    }
    return std::clamp(due, shortest_sleep, longest_sleep);
}

void LiveStrip::touch(Desk& desk) {
    desk.send(surface::TouchControl{ride_.strip, Control::fader, true});
    held_ = true;
    touched_at_ = desk.now();
}

void LiveStrip::send(Desk& desk, Decibels value, const WireDelay& wire) {
    desk.send(surface::SetControl{ride_.strip, Control::fader, value});
    sent_.sent(desk.now(), value);
    ++values_;
    confirmed_ = false;
    sent_at_ = desk.now();
    ask_at_ = desk.now() + wire.patience(in_vain_);
}

void LiveStrip::ask(Desk& desk, const WireDelay& wire) {
    desk.send(surface::QueryControl{ride_.strip, Control::fader});
    ask_at_ = desk.now() + wire.patience(in_vain_);
}

void LiveStrip::run(Desk& desk, const std::optional<SongPlace>& place, const WireDelay& wire) {
    if (phase_ == Phase::releasing) release_again(desk);
    if (phase_ == Phase::doubting && !strange_ && desk.now() >= ask_at_) ask(desk, wire);
    if (!place) return;
    const SongTime lands = place->lands;
    switch (phase_) {
        case Phase::waiting:
            if (lands < stretch_.from - touch_lead) return;
            touch(desk);
            phase_ = Phase::touched;
            return;
        case Phase::touched:
            if (lands < stretch_.from - value_lead) return;
            first_ = last_ = lands;
            phase_ = Phase::writing;
            // The first value may be what the fader holds already, which is not reported.
            send(desk, wanted_at(lands), wire);
            ask(desk, wire);
            return;
        case Phase::writing:
            write(desk, lands, wire);
            return;
        case Phase::theirs:
            watch_hand(desk, lands, wire);
            return;
        case Phase::doubting:
            settle_doubt(desk, *place);
            return;
        default:
            return;
    }
}

/// A song that jumped lets go of its faders, which then move by themselves: only where it is seen to roll on
/// after the strange value was that a person's.
void LiveStrip::settle_doubt(Desk& desk, const SongPlace& place) {
    if (strange_ && place.steady > doubt_since_) {
        take_over(desk, place.lands);
    } else if (is_over(place.lands)) {
        theirs_from_ = last_;
        end_theirs(place.lands);
        release(desk, LiveEnd::theirs);
    }
}

bool LiveStrip::is_over(SongTime lands) const {
    return lands >= stretch_.to + end_patience;
}

/// What lay between now and the last time that the ride was seen to.
void LiveStrip::note_gap(SongTime lands) {
    const auto last = sent_.last();
    const bool moved = last && distance(wanted_at(lands), *last) > Decibels(move_to_tell_db);
    if (moved && lands - last_ > pause_to_tell) missed_.push_back({last_, lands});
    last_ = lands;
}

void LiveStrip::write(Desk& desk, SongTime lands, const WireDelay& wire) {
    note_gap(lands);
    if (desk.now() - touched_at_ >= touch_again_after) touch(desk);
    const SongTime aim = std::min(lands + least_interval / 2, stretch_.to);
    const Decibels wanted = wanted_at(aim);
    const bool level = level_until(aim).has_value() || aim == stretch_.to;
    const auto last = sent_.last();
    const Decibels off = last ? distance(wanted, *last) : Decibels(step_db);
    const bool moves = off >= Decibels(step_db) || (level && off > Decibels(exact_db));
    if (moves) {
        if (desk.now() - sent_at_ >= least_interval) {
            in_vain_ = 0;
            send(desk, wanted, wire);
        }
        return;
    }
    if (lands >= stretch_.to && (confirmed_ || is_over(lands))) {
        if (!confirmed_)
            why_ = Error{ErrorKind::refused, "The DAW did not confirm the last value of the ride.",
                         "Play the end of the ride once and look at the fader."};
        release(desk, LiveEnd::written);
        return;
    }
    if (confirmed_ || desk.now() < ask_at_) return;
    ++in_vain_;
    ++repeated_;
    send(desk, wanted, wire);
    ask(desk, wire);
}

void LiveStrip::release(Desk& desk, LiveEnd end) {
    end_ = end;
    phase_ = Phase::releasing;
    releases_left_ = more_releases;
    held_ = false;
    touched_at_ = desk.now();
    desk.send(surface::TouchControl{ride_.strip, Control::fader, false});
}

void LiveStrip::release_again(Desk& desk) {
    if (desk.now() - touched_at_ < release_again_after) return;
    touched_at_ = desk.now();
    desk.send(surface::TouchControl{ride_.strip, Control::fader, false});
    if (--releases_left_ == 0) phase_ = Phase::done;
}

void LiveStrip::reported(Desk& desk, const surface::ControlReported& report,
                         const std::optional<SongPlace>& place, WireDelay& wire) {
    const auto* value = std::get_if<Decibels>(&report.value);
    if (report.strip != ride_.strip || report.control != Control::fader || value == nullptr) return;
    if (report.asked) wire.answered(desk.now() - report.asked_at);
    const auto echo = sent_.heard(desk.now(), *value);
    if (echo && echo->delay && !report.asked) wire.answered(*echo->delay);
    if (phase_ == Phase::writing) {
        heard_while_writing(desk, *value, echo, wire);
    } else if (phase_ == Phase::doubting) {
        heard_in_doubt(desk, report, echo);
    } else if (phase_ == Phase::theirs) {
        heard_of_hand(desk, *value, report.asked, place);
    }
}

void LiveStrip::heard_while_writing(Desk& desk, Decibels value, const std::optional<SentValues::Echo>& echo,
                                    const WireDelay& wire) {
    if (echo) {
        // An older value reported after the newest: it came later, and stands.
        if (confirmed_ && !echo->newest) ask_at_ = desk.now() + wire.patience(0);
        confirmed_ = echo->newest;
        if (confirmed_) in_vain_ = 0;
        return;
    }
    phase_ = Phase::doubting;
    doubt_since_ = desk.now();
    strange_ = false;
    hand_ = value;
    ask(desk, wire);
}

void LiveStrip::heard_in_doubt(Desk& desk, const surface::ControlReported& report,
                               const std::optional<SentValues::Echo>& echo) {
    if (!echo) hand_ = std::get<Decibels>(report.value);
    if (!report.asked || report.asked_at < doubt_since_) return;
    if (echo) {
        phase_ = Phase::writing;
        confirmed_ = echo->newest;
        ask_at_ = desk.now();
    } else if (report.asked_at >= sent_at_ + capabilities_.longest_detour) {
        strange_ = true;
    }
}

void LiveStrip::take_over(Desk& desk, SongTime at) {
    phase_ = Phase::theirs;
    theirs_from_ = at;
    hand_at_ = desk.now();
    still_asked_ = false;
    way_back_.reset();
    sent_.forget();
    if (hands_.then != TakenOver::let_go) return;
    end_theirs(at);
    release(desk, LiveEnd::theirs);
}

void LiveStrip::taken(Desk& desk, const std::optional<SongPlace>& place) {
    if (phase_ != Phase::touched && phase_ != Phase::writing && phase_ != Phase::doubting &&
        phase_ != Phase::theirs)
        return;
    in_hand_ = true;
    handed_back_ = false;
    if (phase_ == Phase::theirs) return;
    hand_ = sent_.last().value_or(hand_);
    take_over(desk, place ? place->lands : last_);
}

void LiveStrip::handed_back(Desk& desk, const WireDelay& wire) {
    if (!std::exchange(in_hand_, false) || phase_ != Phase::theirs) return;
    handed_back_ = still_asked_ = true;
    touch(desk);  // before the hand's own touch ends: the DAW would go back to its old curve
    ask(desk, wire);
}

void LiveStrip::heard_of_hand(Desk& desk, Decibels value, bool asked, const std::optional<SongPlace>& place) {
    if (asked && handed_back_ && place) {
        hand_ = value;
        begin_way_back(desk, place->lands);
    } else if (!surface::same_value(value, hand_, capabilities_)) {
        hand_ = value;
        hand_at_ = desk.now();
        still_asked_ = false;
    } else if (asked && still_asked_ && place && !in_hand_) {
        begin_way_back(desk, place->lands);
    }
}

void LiveStrip::watch_hand(Desk& desk, SongTime lands, const WireDelay& wire) {
    if (lands >= stretch_.to) {
        end_theirs(lands);
        release(desk, LiveEnd::theirs);
        return;
    }
    if (handed_back_ && desk.now() >= ask_at_) ask(desk, wire);
    if (in_hand_ || hands_.then != TakenOver::resumes || desk.now() - hand_at_ < hands_.still) return;
    // Its last report may have been lost: it is asked whether it stands where it was seen.
    if (still_asked_ && desk.now() < ask_at_) return;
    still_asked_ = true;
    ask(desk, wire);
}

void LiveStrip::begin_way_back(Desk& desk, SongTime lands) {
    end_theirs(lands);
    if (!first_) first_ = lands;
    handed_back_ = false;
    touch(desk);
    way_back_ = WayBack{hand_, {lands, lands + std::max(hands_.ramp, least_interval)}};
    sent_.sent(desk.now(), hand_);
    confirmed_ = true;
    in_vain_ = 0;
    last_ = lands;
    phase_ = Phase::writing;
}

void LiveStrip::end_theirs(SongTime at) {
    theirs_.push_back({theirs_from_.value_or(last_), at});
    theirs_from_.reset();
}

void LiveStrip::give_up(LiveEnd end, Error why) {
    if (phase_ == Phase::done) return;
    if (theirs_from_) end_theirs(last_);
    phase_ = Phase::done;
    held_ = false;
    end_ = end == LiveEnd::partly && values_ == 0 ? LiveEnd::untouched : end;
    why_ = std::move(why);
}

void LiveStrip::stop(Desk& desk, bool can_send, const Error& why) {
    if (phase_ == Phase::done) return;
    const bool was_held = held_;
    if (phase_ == Phase::releasing) {
        phase_ = Phase::done;
    } else {
        give_up(theirs_from_ ? LiveEnd::theirs : LiveEnd::partly, why);
    }
    if (was_held && can_send) desk.send(surface::TouchControl{ride_.strip, Control::fader, false});
}

void LiveStrip::tell(LiveStripReport& report) const {
    report.end = end_;
    report.written = first_ ? std::optional(SongRange{*first_, std::max(*first_, last_)}) : std::nullopt;
    report.missed = missed_;
    report.theirs = theirs_;
    report.values = values_;
    report.repeated = repeated_;
    if (why_) report.why = why_;
}

}  // namespace kedge::engine
