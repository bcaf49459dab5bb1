#include "engine/passive_listener.hpp"

#include "engine/song_ticks.hpp"
#include "measure/tape_difference.hpp"

#include <algorithm>

namespace kedge::engine {

using surface::Event;

namespace {

// A meter's report and a control's cross each other within a tick, and the tick before it.
constexpr int ticks_in_doubt = 2;
// Jumps, moved controls and the last second before the end leave holes.
constexpr double whole_song = 0.97;

bool can_sound(const Strip& strip) {
    const bool open = strip.mute != Mute::muted && !strip.fader.value_or(Decibels()).is_silence();
    return has_meter(strip) && open;
}

std::size_t cell_of(SongTime at) {
    return static_cast<std::size_t>(std::max(Duration(), at.since_start()) / measure::Tape::cell_length);
}

std::size_t cells_of_song(const MixerState& mixer) {
    const auto& end = mixer.session.end;
    return end ? static_cast<std::size_t>(end->since_start() / measure::Tape::cell_length) : 0;
}

}  // namespace

void PassiveListener::begin_anew() {
    tape_ = measure::Tape();
    tracks_.clear();
    last_position_.reset();
    anything_new_ = false;
    settled_ = false;
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
        const auto* transport = std::get_if<surface::TransportReported>(&event);
        if (transport && transport->rolling) settled_ = true;
    } else if (const auto* transport = std::get_if<surface::TransportReported>(&event)) {
        last_position_.reset();
        if (transport->rolling && surface.position()) jumped(surface, *surface.position());
        if (!transport->rolling) store(surface);
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
    if (settled_) begin_anew();
    last_position_ = to;
    roll_began_ = to;
    for (auto& [id, track] : tracks_) track.last_cell.reset();
    for (const Strip& strip : surface.mixer().strips) {
        if (!can_sound(strip)) continue;
        track_of(strip).tail = Tail{surface.meter(strip.id).value_or(Decibels::silence()), to};
    }
}

PassiveListener::Track& PassiveListener::track_of(const Strip& strip) {
    const auto [known, is_new] = tracks_.try_emplace(strip.id);
    if (is_new) known->second = {tape_.add_track(strip), gain_of(strip), 0, std::nullopt, std::nullopt, 0};
    return known->second;
}

void PassiveListener::record_tick(const surface::Surface& surface, SongTime next) {
    const auto& strips = surface.mixer().strips;
    count_anew(surface.mixer());
    const bool soloed = std::any_of(strips.begin(), strips.end(), [](const Strip& s) { return s.soloed; });
    if (soloed) {
        for (auto& [id, track] : tracks_) track.ticks_in_doubt = ticks_in_doubt;
        return;
    }
    for (const Strip& strip : strips)
        if (has_meter(strip) && surface.shows_meter(strip.id)) record_strip(surface, strip, next);
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
    const SongRange stretch{*last_position_, next};
    const std::size_t from = cell_of(stretch.from);
    const std::size_t to = std::max(from + 1, cell_of(stretch.to));
    const std::size_t before = heard_cells(track, from, std::min(to, song_cells_));
    if (news) {
        record_news(track, strip, stretch, shown);
    } else {
        record_stretch(tape_, track.on_tape, stretch, Decibels::silence(), strip);
    }
    track.heard += heard_cells(track, from, std::min(to, song_cells_)) - before;
    anything_new_ = true;
}

/// What this roll comes to for the first time is not what it was.
void PassiveListener::record_news(Track& track, const Strip& strip, SongRange stretch, Decibels shown) {
    const std::size_t to = std::max(cell_of(stretch.from) + 1, cell_of(stretch.to));
    for (std::size_t cell = cell_of(stretch.from); cell < to; ++cell) {
        const SongTime at(measure::Tape::cell_length * static_cast<std::int64_t>(cell));
        const bool first_time = !track.last_cell || cell > *track.last_cell;
        if (first_time && at >= *roll_began_ && stretch.from >= SongTime()) tape_.forget(track.on_tape, at);
        track.last_cell = std::max(cell, track.last_cell.value_or(0));
    }
    record_stretch(tape_, track.on_tape, stretch, shown, strip);
}

bool PassiveListener::is_news(Track& track, Decibels shown, SongTime at, const MeterLaw& law) {
    if (!track.tail) return true;
    if (!shown.is_silence() && may_have_fallen(track.tail->level, at - track.tail->since, shown, law))
        return false;
    track.tail.reset();
    return true;
}

/// Of the cells [from, to), those that were heard.
std::size_t PassiveListener::heard_cells(const Track& track, std::size_t from, std::size_t to) const {
    const measure::CellSeries& cells = tape_.tracks()[track.on_tape].cells;
    to = std::min(to, cells.size());
    if (from >= to) return 0;
    std::vector<measure::Cell> part(to - from);
    cells.read(from, part);
    return static_cast<std::size_t>(
        std::count_if(part.begin(), part.end(), [](const measure::Cell& cell) { return cell.heard(); }));
}

/// The end of the session was moved.
void PassiveListener::count_anew(const MixerState& mixer) {
    if (cells_of_song(mixer) == song_cells_) return;
    song_cells_ = cells_of_song(mixer);
    for (auto& [id, track] : tracks_) track.heard = heard_cells(track, 0, song_cells_);
}

double PassiveListener::share_of(const Strip& strip, std::size_t song_cells) const {
    const auto track = tracks_.find(strip.id);
    if (track == tracks_.end() || song_cells == 0) return 0.0;
    // The end may have been moved since the last tick.
    const auto heard =
        song_cells == song_cells_ ? track->second.heard : heard_cells(track->second, 0, song_cells);
    return static_cast<double>(heard) / static_cast<double>(song_cells);
}

double PassiveListener::share_heard(const MixerState& mixer) const {
    if (!mixer.session.end) return 0.0;
    const std::size_t cells = cells_of_song(mixer);
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
void PassiveListener::store(const surface::Surface& surface) {
    const MixerState& mixer = surface.mixer();
    if (!anything_new_ || share_heard(mixer) < whole_song) return;
    anything_new_ = false;
    auto kept = shelf_.load(mixer.session);
    if (kept && fits(*kept, mixer) &&
        !measure::differ_clearly(kept->tape, tape_, surface.capabilities().meter_point)) {
        settled_ = true;
        return;
    }
    measure::Tape whole = tape_;
    for (const Strip& strip : mixer.strips)
        if (has_meter(strip) && !whole.find(strip.id)) whole.add_track(strip);
    const auto stored = shelf_.store({mixer.session, {SongTime(), *mixer.session.end}, whole, std::nullopt});
    not_stored_ = stored ? std::nullopt : std::optional(stored.error());
    settled_ = stored.has_value();
}

}  // namespace kedge::engine
