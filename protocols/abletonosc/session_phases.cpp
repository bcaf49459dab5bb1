// The phases of a LiveSession: greeting, listing, filling, checking, ready, lost; and what a wake-up means in
// each.

#include "abletonosc/live_session.hpp"
#include "abletonosc/session_limits.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kedge::abletonosc {

using surface::Effects;
using surface::Event;

namespace {

/// Without these nothing can be done with a song.
constexpr std::array needed_of_the_song = {SongProperty::playing, SongProperty::time, SongProperty::tempo};

}  // namespace

std::optional<Instant> LiveSession::lost_at() const {
    if (phase_ == Phase::idle || phase_ == Phase::greeting || phase_ == Phase::lost) return std::nullopt;
    return last_sign_ + silence_means_lost;
}

void LiveSession::wake_in(Instant now, Duration span, Effects& out) {
    Instant at = now + span;
    if (const auto end = lost_at()) at = std::max(now, std::min(at, *end));
    if (next_wake_ && *next_wake_ > now && *next_wake_ <= at) return;
    next_wake_ = at;
    out.emplace_back(surface::WakeAt{at});
}

void LiveSession::start(Instant now, Effects& out) {
    phase_since_ = now;
    last_sign_ = now;
    greet(now, out);
}

void LiveSession::greet(Instant now, Effects& out) {
    phase_ = Phase::greeting;
    send(test_message(), out);
    wake_in(now, greeting_period, out);
}

/// The script is there: everything is subscribed to anew, as it may have forgotten us.
void LiveSession::begin_listing(Instant now, Effects& out) {
    phase_ = Phase::listing;
    phase_since_ = now;
    asks_ = 0;
    slots_.clear();
    place_of_id_.clear();
    song_subscribed_ = false;
    song_heard_ = {};
    ask_list(now, out);
}

void LiveSession::ask_list(Instant now, Effects& out) {
    asked_at_ = now;
    list_asked_ = now;
    const bool tries_bundle = phase_ == Phase::checking && asks_ == 0;
    send(tries_bundle ? ask_track_list_in_bundle() : ask_track_list(), out);
    wake_in(now, answer_patience, out);
}

void LiveSession::begin_filling(Instant now, Effects& out) {
    phase_ = Phase::filling;
    phase_since_ = now;
    asks_ = 0;
    missing_ = 0;
    asked_at_ = now;
    // The answers of a tick are all there when the next one begins.
    (void)subscribe_portion(out);
    wake_in(now, script_tick, out);
}

/// Whether some are left for the next tick.
bool LiveSession::subscribe_portion(Effects& out) {
    if (!song_subscribed_) {
        song_subscribed_ = true;
        for (const SongProperty property : all_song_properties)
            send(property == SongProperty::length ? ask(property) : listen_to(property), out);
    }
    std::size_t sent = 0;
    for (Slot& slot : slots_) {
        if (slot.subscribed) continue;
        if (sent >= questions_a_tick) return true;
        slot.subscribed = true;
        const auto track = static_cast<std::int32_t>(&slot - slots_.data());
        for (const TrackProperty property : all_track_properties)
            send(listen_to(track, property, slot.subscription), out);
        sent += all_track_properties.size();
    }
    return false;
}

std::size_t LiveSession::count_missing() const {
    std::ptrdiff_t missing = 0;
    for (const SongProperty property : needed_of_the_song)
        if (!song_heard_.at(static_cast<std::size_t>(property))) ++missing;
    for (const Slot& slot : slots_) missing += std::count(slot.heard.begin(), slot.heard.end(), false);
    return static_cast<std::size_t>(missing);
}

/// Subscribing again brings the value, whether it was lost on its way or the subscription on its own.
void LiveSession::ask_missing(Effects& out) {
    std::size_t sent = 0;
    for (const SongProperty property : needed_of_the_song) {
        if (song_heard_.at(static_cast<std::size_t>(property))) continue;
        send(listen_to(property), out);
        ++sent;
    }
    for (const Slot& slot : slots_) {
        const auto track = static_cast<std::int32_t>(&slot - slots_.data());
        for (const TrackProperty property : all_track_properties) {
            if (slot.heard.at(static_cast<std::size_t>(property))) continue;
            if (sent >= questions_a_tick) return;
            send(listen_to(track, property, slot.subscription), out);
            ++sent;
        }
    }
}

void LiveSession::wake_filling(Instant now, Effects& out) {
    if (subscribe_portion(out)) {
        asked_at_ = now;
        wake_in(now, script_tick, out);
        return;
    }
    const std::size_t missing = count_missing();
    if (missing == 0) {
        begin_checking(now, out);
        return;
    }
    if (now - asked_at_ < answer_patience) {
        wake_in(now, script_tick, out);
        return;
    }
    // Only rounds that brought nothing count.
    asks_ = missing == missing_ ? asks_ + 1 : 0;
    missing_ = missing;
    if (asks_ >= most_asks) {
        give_up_filling(now, out);
        return;
    }
    asked_at_ = now;
    ask_missing(out);
    wake_in(now, answer_patience, out);
}

/// Some tracks have no pan or no meter; a fader they all have.
void LiveSession::give_up_filling(Instant now, Effects& out) {
    for (const SongProperty property : needed_of_the_song) {
        if (song_heard_.at(static_cast<std::size_t>(property))) continue;
        lose(now, fmt::format("it never told its {}", wire_word(property)), out);
        return;
    }
    const auto without = std::find_if(slots_.begin(), slots_.end(), [](const Slot& slot) {
        return !slot.values.at(index(Control::fader));
    });
    if (without != slots_.end())
        lose(now, fmt::format("it never told the volume of '{}'", without->facts.name), out);
    else
        begin_checking(now, out);
}

void LiveSession::begin_checking(Instant now, Effects& out) {
    phase_ = Phase::checking;
    phase_since_ = now;
    asks_ = 0;
    ask_list(now, out);
}

void LiveSession::settle(Instant now, Effects& out) {
    std::vector<StripId> added;
    std::vector<StripId> removed;
    rebuild_mixer(added, removed);
    phase_ = Phase::ready;
    phase_since_ = now;
    list_seen_ = now;
    wake_in(now, list_period, out);
    if (was_ready_) {
        out.emplace_back(Event(surface::StripsChanged{std::move(added), std::move(removed), crossed()}));
        return;
    }
    if (ever_ready_) ++counters_.reconnects;
    was_ready_ = true;
    ever_ready_ = true;
    lost_said_ = false;
    out.emplace_back(Event(surface::Ready{}));
    if (const auto at = position()) out.emplace_back(Event(surface::PositionReported{*at}));
    if (rolling_) out.emplace_back(Event(surface::TransportReported{*rolling_}));
}

void LiveSession::lose(Instant now, std::string why, Effects& out) {
    phase_ = Phase::lost;
    phase_since_ = now;
    asked_at_ = now;
    was_ready_ = false;
    rolling_.reset();
    tempo_.reset();
    next_tempo_.reset();
    position_.reset();
    loop_on_.reset();
    song_length_.reset();
    recent_sets_.clear();
    sets_waiting_.clear();
    held_.clear();
    if (!lost_said_) out.emplace_back(Event(surface::Lost{std::move(why)}));
    lost_said_ = true;
    wake_in(now, retry_period, out);
}

/// Said when the script is loaded: Live was started, or another song was opened. Its tracks are other tracks,
/// whatever they are called, and nothing is subscribed to.
void LiveSession::on_startup(Instant now, Effects& out) {
    if (was_ready_) lose(now, "it was started anew, or has another song open", out);
    mixer_.strips.clear();
    begin_listing(now, out);
}

void LiveSession::wake(Instant now, Effects& out) {
    if (next_wake_ && *next_wake_ <= now) next_wake_.reset();
    if (const auto end = lost_at(); end && now >= *end) {
        lose(now, "no sign of life for three seconds", out);
        return;
    }
    switch (phase_) {
        case Phase::idle:
            return;
        case Phase::greeting:
            if (now - phase_since_ >= greeting_patience)
                lose(now, "nobody answers", out);
            else
                greet(now, out);
            return;
        case Phase::lost:
            send(test_message(), out);
            wake_in(now, retry_period, out);
            return;
        case Phase::listing:
        case Phase::checking:
            wake_asking(now, out);
            return;
        case Phase::filling:
            wake_filling(now, out);
            return;
        case Phase::ready:
            send_sets(out);
            if (wants_list_for_answers(now) || now - list_asked_ >= list_period)
                ask_list(now, out);
            else
                wake_in(now, held_.empty() ? list_period - (now - list_asked_) : answers_gather, out);
            return;
    }
}

/// Only the list is waited for.
void LiveSession::wake_asking(Instant now, Effects& out) {
    if (now - asked_at_ < answer_patience) {
        wake_in(now, answer_patience - (now - asked_at_), out);
        return;
    }
    if (++asks_ >= most_asks)
        lose(now, "it does not tell its tracks", out);
    else
        ask_list(now, out);
}

void LiveSession::close(Instant now, Effects& out) {
    (void)now;
    const bool subscribed = phase_ == Phase::ready || phase_ == Phase::checking || phase_ == Phase::filling;
    phase_ = Phase::idle;
    if (!subscribed) return;
    for (const SongProperty property : all_song_properties)
        if (property != SongProperty::length) send(stop_listening_to(property), out);
    for (const Slot& slot : slots_) {
        if (!slot.subscribed) continue;
        const auto track = static_cast<std::int32_t>(&slot - slots_.data());
        for (const TrackProperty property : all_track_properties)
            send(stop_listening_to(track, property, slot.subscription), out);
    }
}

}  // namespace kedge::abletonosc
