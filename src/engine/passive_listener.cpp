#include "engine/passive_listener.hpp"

#include "engine/song_ticks.hpp"

#include <algorithm>

namespace kedge::engine {

using surface::Event;

namespace {

// A meter's report and a control's cross each other within a tick, and the tick before it.
constexpr int ticks_in_doubt = 2;
// Jumps, moved controls and the last second before the end leave holes.
constexpr double whole_song = 0.97;

Decibels gain_of(const Strip& strip) {
    return strip.trim.value_or(Decibels()) + strip.fader.value_or(Decibels());
}

bool can_sound(const Strip& strip) {
    const bool open = strip.mute != Mute::muted && !strip.fader.value_or(Decibels()).is_silence();
    return has_meter(strip) && open;
}

}  // namespace

void PassiveListener::begin_anew() {
    tape_ = measure::Tape();
    tracks_.clear();
    last_position_.reset();
    anything_new_ = false;
}

void PassiveListener::job_began() {
    job_at_work_ = true;
    last_position_.reset();
}

void PassiveListener::event(Instant, const surface::Surface& surface, const Event& event) {
    if (std::holds_alternative<surface::Lost>(event) || std::holds_alternative<surface::Ready>(event) ||
        std::holds_alternative<surface::StripsChanged>(event)) {
        begin_anew();
    } else if (job_at_work_) {
        return;
    } else if (const auto* transport = std::get_if<surface::TransportReported>(&event)) {
        last_position_.reset();
        if (transport->rolling && surface.position()) jumped(surface, *surface.position());
        if (!transport->rolling) store(surface.mixer());
    } else if (const auto* reported = std::get_if<surface::PositionReported>(&event)) {
        if (surface.rolling() == true) position(surface, reported->at);
    }
}

void PassiveListener::position(const surface::Surface& surface, SongTime at) {
    const bool went_on = last_position_ && at > *last_position_ && at - *last_position_ <= largest_tick;
    if (went_on) {
        record_tick(surface, at);
        last_position_ = at;
    } else {
        jumped(surface, at);
    }
}

/// From here on the song is another one than the meters still show.
void PassiveListener::jumped(const surface::Surface& surface, SongTime to) {
    last_position_ = to;
    for (const Strip& strip : surface.mixer().strips) {
        if (!can_sound(strip)) continue;
        track_of(strip).tail = Tail{surface.meter(strip.id).value_or(Decibels::silence()), to};
    }
}

PassiveListener::Track& PassiveListener::track_of(const Strip& strip) {
    const auto [known, is_new] = tracks_.try_emplace(strip.id);
    if (is_new) known->second = {tape_.add_track(strip), gain_of(strip), 0, std::nullopt};
    return known->second;
}

void PassiveListener::record_tick(const surface::Surface& surface, SongTime next) {
    const auto& strips = surface.mixer().strips;
    const bool soloed = std::any_of(strips.begin(), strips.end(), [](const Strip& s) { return s.soloed; });
    if (soloed) {
        for (auto& [id, track] : tracks_) track.ticks_in_doubt = ticks_in_doubt;
        return;
    }
    for (const Strip& strip : strips)
        if (has_meter(strip)) record_strip(surface, strip, next);
}

void PassiveListener::record_strip(const surface::Surface& surface, const Strip& strip, SongTime next) {
    if (!can_sound(strip)) {
        const auto known = tracks_.find(strip.id);
        if (known != tracks_.end()) known->second.ticks_in_doubt = ticks_in_doubt;
        return;
    }
    Track& track = track_of(strip);
    const Decibels shown = surface.meter(strip.id).value_or(Decibels::silence());
    const Decibels gain = gain_of(strip);
    if (gain != track.gain) {
        track.ticks_in_doubt = ticks_in_doubt;
        // What is louder than the strip can be now falls off for a while.
        if (gain < track.gain) track.tail = Tail{shown, *last_position_};
        track.gain = gain;
    }
    if (track.ticks_in_doubt > 0) {
        --track.ticks_in_doubt;
        if (track.tail) track.tail = Tail{std::max(shown, track.tail->level), *last_position_};
        return;
    }
    const bool news = is_news(track, shown, *last_position_, surface.capabilities().meter);
    record_stretch(tape_, track.on_tape, {*last_position_, next}, news ? shown : Decibels::silence(), strip);
    anything_new_ = true;
}

bool PassiveListener::is_news(Track& track, Decibels shown, SongTime at, const MeterLaw& law) {
    if (!track.tail) return true;
    if (!shown.is_silence() && shown <= fallen(track.tail->level, at - track.tail->since, law)) return false;
    track.tail.reset();
    return true;
}

double PassiveListener::share_of(const Strip& strip, std::size_t song_cells) const {
    const auto* track = tape_.find(strip.id);
    if (!track || song_cells == 0) return 0.0;
    std::vector<measure::Cell> cells(std::min(track->cells.size(), song_cells));
    track->cells.read(0, cells);
    const auto heard =
        std::count_if(cells.begin(), cells.end(), [](const measure::Cell& cell) { return cell.heard(); });
    return static_cast<double>(heard) / static_cast<double>(song_cells);
}

double PassiveListener::share_heard(const MixerState& mixer) const {
    if (!mixer.session.end) return 0.0;
    const auto cells =
        static_cast<std::size_t>(mixer.session.end->since_start() / measure::Tape::cell_length);
    double least = 1.0;
    bool any = false;
    for (const Strip& strip : mixer.strips) {
        if (!can_sound(strip)) continue;
        any = true;
        least = std::min(least, share_of(strip, cells));
    }
    return any ? least : 0.0;
}

/// A tape that fits the session knows more already: what its checks found out.
void PassiveListener::store(const MixerState& mixer) {
    if (!anything_new_ || share_heard(mixer) < whole_song) return;
    anything_new_ = false;
    auto kept = shelf_.load(mixer.session);
    if (kept && fits(*kept, mixer)) return;
    measure::Tape whole = tape_;
    for (const Strip& strip : mixer.strips)
        if (has_meter(strip) && !whole.find(strip.id)) whole.add_track(strip);
    const auto stored = shelf_.store({mixer.session, {SongTime(), *mixer.session.end}, whole, std::nullopt});
    not_stored_ = stored ? std::nullopt : std::optional(stored.error());
}

}  // namespace kedge::engine
