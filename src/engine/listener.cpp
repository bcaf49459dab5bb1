#include "engine/listener.hpp"

#include "engine/song_ticks.hpp"
#include "engine/transport_patience.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kedge::engine {

using surface::Event;

namespace {

constexpr Duration silent_end = std::chrono::seconds(12);
// A song that has not begun by then has nothing to play.
constexpr Duration longest_lead_in = std::chrono::minutes(1);
// Somebody may locate while the song plays; a loop does it again and again.
constexpr int most_jumps_back = 3;

}  // namespace

Listener::Listener(ListenWishes wishes) : wishes_(wishes) {}

void Listener::begin_tracks(Desk& desk) {
    const MeterLaw& law = desk.surface().capabilities().meter;
    tails_.clear();
    tails_.resize(tape_.tracks().size());
    add_missing_tracks(desk.mixer());
    for (std::size_t i = 0; i < tails_.size(); ++i) {
        const auto shown = desk.surface().meter(tape_.tracks()[i].strip);
        if (shown && !shown->is_silence() && law.fall_off_per_second > Decibels()) tails_[i] = *shown;
    }
}

void Listener::add_missing_tracks(const MixerState& mixer) {
    for (const Strip& strip : mixer.strips) {
        if (!has_meter(strip) || track_of_.contains(strip.id)) continue;
        track_of_[strip.id] = tape_.add_track(strip);
        tails_.emplace_back();
    }
}

void Listener::event(Desk& desk, const Event& event) {
    if (phase_ == Phase::done || phase_ == Phase::idle) return;
    if (const auto* lost = std::get_if<surface::Lost>(&event)) {
        error_ = Error{ErrorKind::no_daw, fmt::format("The DAW was lost while listening: {}", lost->why),
                       "Bring the DAW back and run the command again; nothing was changed."};
        finish();
        return;
    }
    if (const auto* reported = std::get_if<surface::PositionReported>(&event)) {
        last_report_ = desk.now();
        position(desk, reported->at);
        return;
    }
    if (const auto* end = std::get_if<surface::EndFound>(&event)) {
        if (phase_ != Phase::finding_end) return;
        song_end_ = end->at;
        enter_showing_meters(desk);
        return;
    }
    if (const auto* shown = std::get_if<surface::MetersShown>(&event)) {
        if (phase_ == Phase::showing_meters && shown->window == window_) enter_locating(desk);
        return;
    }
    if (std::holds_alternative<surface::StripsChanged>(event)) {
        add_missing_tracks(desk.mixer());
        strips_changed_ = true;
        return;
    }
    if (const auto* transport = std::get_if<surface::TransportReported>(&event)) {
        if (!transport->rolling && phase_ == Phase::stopping_first) rest(desk, Phase::resting_first);
        if (!transport->rolling && phase_ == Phase::stopping_last) rest(desk, Phase::resting_last);
        if (!transport->rolling && phase_ == Phase::rolling) {
            if (!near_end()) {
                error_ = Error{
                    ErrorKind::interrupted,
                    fmt::format("The transport was stopped at {} while kedge was listening.",
                                to_string(last_position_.value_or(from_))),
                    "Run the command again and let it play, or give a shorter range with --from and --to."};
            }
            rest(desk, Phase::resting_last);
        }
    }
}

void Listener::position(Desk& desk, SongTime at) {
    switch (phase_) {
        case Phase::locating:
            if (is_near(at, from_)) enter_starting(desk);
            return;
        case Phase::starting:
            // The first position that moves on from the start says that the song rolls.
            if (at > from_ && at - from_ < largest_tick) {
                phase_ = Phase::rolling;
                last_position_ = from_;
                start_delay_ = desk.now() - (at - from_) - play_sent_;
                close_tick(desk, at);
                wait(desk, stall_patience);
            } else if (at != from_) {
                start_over(desk);
            }
            return;
        case Phase::returning:
            if (is_near(at, original_)) returned(desk);
            return;
        case Phase::rolling:
            if (at < *last_position_ && ++jumps_back_ > most_jumps_back) {
                fail_and_stop(desk, Error{ErrorKind::refused, "The transport keeps jumping back: it loops.",
                                          "Turn loop playback off in the DAW and run the command again."});
                return;
            }
            close_tick(desk, at);
            return;
        default:
            return;
    }
}

void Listener::close_tick(Desk& desk, SongTime next) {
    const Duration moved = next - *last_position_;
    if (moved > Duration::zero() && moved <= largest_tick) {
        record_tick(desk.surface(), next);
        tick_phase_.ticked(*last_position_);
    }
    last_position_ = next;
    wait(desk, stall_patience);
    const bool over = to_ ? next >= *to_ : ends_in_silence(desk.surface(), next);
    if (over) enter_stopping(desk);
}

/// Meter messages of a tick may come before or after its position: read at the next position, they are all
/// there, and they speak of the stretch that began at the last one.
void Listener::record_tick(const surface::Surface& surface, SongTime next) {
    const MeterLaw& law = surface.capabilities().meter;
    for (const Strip& strip : surface.mixer().strips) {
        const auto known = track_of_.find(strip.id);
        if (known == track_of_.end()) continue;
        const std::size_t track = known->second;
        if (!surface.shows_meter(strip.id)) continue;
        const Decibels shown = surface.meter(strip.id).value_or(Decibels::silence());
        const Decibels reading = without_tail(track, shown, *last_position_ - from_, law);
        if (!reading.is_silence()) anything_heard_ = true;
        record_stretch(tape_, track, {*last_position_, next}, reading, strip);
    }
}

/// Whether a song without a known end is over, or never begins. A window that is silent says nothing of the
/// others: it is heard up to where they ended.
bool Listener::ends_in_silence(const surface::Surface& surface, SongTime at) {
    if (!everything_silent(surface)) {
        silent_since_.reset();
    } else if (!silent_since_) {
        silent_since_ = at;
    }
    if (silent_from_ && at < *silent_from_) return false;
    if (!anything_heard_) return at - from_ >= longest_lead_in;
    const bool silent_long = silent_since_ && at - *silent_since_ >= silent_end;
    if (silent_long) silent_from_ = std::max(silent_from_.value_or(*silent_since_), *silent_since_);
    return silent_long;
}

/// A DAW may stop by itself at the end of the session: then the song was heard.
bool Listener::near_end() const {
    return to_ && last_position_ && *to_ - *last_position_ < near_the_end;
}

/// What a meter shows just after the roll began may be the fall-off of something played before it.
Decibels Listener::without_tail(std::size_t track, Decibels reading, Duration since_roll,
                                const MeterLaw& law) {
    auto& tail = tails_[track];
    if (!tail) return reading;
    if (reading.is_silence() || !may_have_fallen(*tail, since_roll, reading, law)) {
        tail.reset();
        return reading;
    }
    return Decibels::silence();
}

bool Listener::everything_silent(const surface::Surface& surface) const {
    return std::all_of(tape_.tracks().begin(), tape_.tracks().end(), [&](const measure::TapeTrack& track) {
        const auto level = surface.meter(track.strip);
        return !level || *level < Decibels(-90.0);
    });
}

/// Nobody says where the song ends.
bool Listener::ends_by_silence() const {
    return !wishes_.to && !wishes_.at_most && !song_end_;
}

SongRange Listener::heard() const {
    SongTime to = last_position_.value_or(from_);
    for (const auto& window : heard_to_)
        if (windows_ > 1) to = std::min(to, window.value_or(to));
    return {from_, to};
}

/// Where it stands among the windows, and nothing where there is one.
std::string Listener::bank_in_words() const {
    return windows_ < 2 ? std::string() : fmt::format(", bank {} of {}", window_ + 1, windows_);
}

Progress Listener::progress() const {
    const auto share = [&](double of_window) {
        return (static_cast<double>(window_) + of_window) / static_cast<double>(windows_);
    };
    if (!last_position_) return {"starting the transport" + bank_in_words(), share(0.0)};
    const SongTime now = *last_position_;
    if (!to_) return {fmt::format("listening {}{}", to_string(now), bank_in_words()), share(0.0)};
    const double whole = std::chrono::duration<double>(*to_ - from_).count();
    const double part = std::chrono::duration<double>(now - from_).count();
    return {fmt::format("listening {} of {}{}", to_string(now), to_string(*to_), bank_in_words()),
            share(std::clamp(part / whole, 0.0, 1.0))};
}

}  // namespace kedge::engine
