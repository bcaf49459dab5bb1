#include "abletonosc/live_session.hpp"

#include "abletonosc/session_limits.hpp"

namespace kedge::abletonosc {

using surface::Effects;
using surface::Event;

namespace {

constexpr double fader_top_db = 6.0;
// How fast Live's meters fall, nobody has measured: this is a guess.
constexpr double fall_off_db_per_second = 20.0;
// Values go and come as floats of the fader's way.
constexpr double level_tolerance_db = 0.02;
constexpr double pan_tolerance_of_unit = 0.002;

}  // namespace

LiveSession::LiveSession(Duration longest_detour) {
    mixer_.session.name = "Live";  // the wire does not say what the song is called
    capabilities_.longest_detour = longest_detour;
    capabilities_.fader_top = Decibels(fader_top_db);
    capabilities_.pan = true;
    capabilities_.meters = true;
    capabilities_.meter.tick = script_tick;
    capabilities_.meter.fall_off_per_second = Decibels(fall_off_db_per_second);
    capabilities_.meter_point = MeterPoint::after_fader;
    capabilities_.loop = true;
    capabilities_.read_back = true;
    capabilities_.level_tolerance = Decibels(level_tolerance_db);
    capabilities_.pan_tolerance = pan_tolerance_of_unit;
}

std::optional<SongTime> LiveSession::position() const {
    if (!position_ || !tempo_) return std::nullopt;
    return time_at(*position_, *tempo_);
}

std::optional<SongLoop> LiveSession::loop() const {
    if (!loop_on_ || !tempo_) return std::nullopt;
    SongLoop loop{*loop_on_, {}};
    if (loop_start_ && loop_length_)
        loop.range = {time_at(*loop_start_, *tempo_),
                      time_at({loop_start_->count + loop_length_->count}, *tempo_)};
    return loop;
}

std::optional<Decibels> LiveSession::meter(StripId strip) const {
    const auto place = place_of(strip);
    return place ? slots_[*place].meter : std::nullopt;
}

Duration LiveSession::memory() const {
    return capabilities_.longest_detour + answer_memory;
}

void LiveSession::send(std::vector<std::byte> bytes, Effects& out) {
    ++counters_.datagrams_out;
    out.emplace_back(surface::SendBytes{std::move(bytes)});
}

void LiveSession::receive(Instant now, std::span<const std::byte> bytes, Effects& out) {
    ++counters_.datagrams_in;
    if (phase_ == Phase::idle) return;
    const auto decoded = osc::decode(bytes);
    if (decoded.malformed) ++counters_.malformed;
    for (const auto& message : decoded.messages) on_message(now, message, out);
}

void LiveSession::on_message(Instant now, const osc::Message& message, Effects& out) {
    ++counters_.messages_in;
    constexpr std::string_view track = "/live/track/get/";
    constexpr std::string_view song = "/live/song/get/";
    const auto address = message.address();
    if (!address.starts_with("/live/")) {
        ++counters_.unknown_path;
        return;
    }
    last_sign_ = now;
    if (address.starts_with(track)) {
        if (const auto property = track_property_from(address.substr(track.size())))
            on_track(now, *property, message, out);
        else
            ++counters_.unknown_path;
    } else if (address == "/live/song/get/track_data") {
        on_list(now, message, out);
    } else if (address.starts_with(song)) {
        on_song(address.substr(song.size()), message, out);
    } else if (address == "/live/startup") {
        on_startup(now, out);
    } else if (address == "/live/test") {
        ++counters_.heartbeats;
        if (phase_ == Phase::greeting || phase_ == Phase::lost) begin_listing(now, out);
    } else if (address != "/live/error") {
        // What went wrong in the script, it does not say in a way that could be told from other errors: what
        // is missing because of it is asked for again.
        ++counters_.unknown_path;
    }
}

void LiveSession::on_song(std::string_view word, const osc::Message& message, Effects& out) {
    const auto property = song_property_from(word);
    if (!property) {
        ++counters_.unknown_path;
        return;
    }
    const auto value = message.number(0);
    if (!value) {
        ++counters_.wrong_type;
        return;
    }
    on_song_value(*property, *value, out);
}

void LiveSession::on_song_value(SongProperty property, double value, Effects& out) {
    const bool is_tempo = property == SongProperty::tempo;
    const double least = is_tempo ? slowest_tempo : 0.0;
    const double most = is_tempo ? fastest_tempo : most_beats;
    if (!(value >= least && value <= most)) {
        ++counters_.out_of_range;
        return;
    }
    song_heard_.at(static_cast<std::size_t>(property)) = true;
    switch (property) {
        case SongProperty::playing:
            on_playing(value != 0.0, out);
            return;
        case SongProperty::time:
            position_ = Beats{value};
            if (was_ready_ && tempo_) out.emplace_back(Event(surface::PositionReported{*position()}));
            return;
        case SongProperty::tempo:
            next_tempo_ = Tempo{value};
            if (!tempo_ || rolling_ != true) tempo_ = next_tempo_;
            return;
        case SongProperty::loop:
            loop_on_ = value != 0.0;
            return;
        case SongProperty::loop_start:
            loop_start_ = Beats{value};
            return;
        case SongProperty::loop_length:
            loop_length_ = Beats{value};
            return;
        case SongProperty::length:
            song_length_ = Beats{value};
            return;
    }
}

/// While the song plays, time is counted on by the tempo with which it began: else its own past would move.
void LiveSession::on_playing(bool playing, Effects& out) {
    if (!playing && next_tempo_) tempo_ = next_tempo_;
    if (rolling_ == playing) return;
    rolling_ = playing;
    if (!was_ready_) return;
    out.emplace_back(Event(surface::TransportReported{playing}));
    if (playing) return;
    // A meter may keep what it showed last: nobody tells that it has nothing to show any more.
    for (Slot& slot : slots_) {
        if (!slot.meter || slot.meter->is_silence()) continue;
        slot.meter = Decibels::silence();
        if (phase_ == Phase::ready) out.emplace_back(Event(surface::MeterRead{slot.id, *slot.meter}));
    }
}

void LiveSession::on_track(Instant now, TrackProperty property, const osc::Message& message, Effects& out) {
    const auto value = read_track_value(message);
    if (!value) {
        ++counters_.wrong_type;
        return;
    }
    const auto place = static_cast<std::size_t>(value->track);
    if (place >= slots_.size()) {
        ++counters_.out_of_range;
        return;
    }
    Slot& slot = slots_[place];
    if (!value->subscription) {
        on_answer(now, slot, property, *value, out);
    } else if (*value->subscription == slot.subscription) {
        on_report(slot, property, value->value, out);
    }
    // Else it is of a track that has another number by now, under the one it had.
}

void LiveSession::on_report(Slot& slot, TrackProperty property, double value, Effects& out) {
    if (take_value(slot, property, value, out))
        slot.heard.at(static_cast<std::size_t>(property)) = true;
    else
        ++counters_.out_of_range;
}

bool LiveSession::take_value(Slot& slot, TrackProperty property, double value, Effects& out) {
    switch (property) {
        case TrackProperty::volume:
            return take_control(slot, Control::fader, value, out);
        case TrackProperty::panning:
            return take_control(slot, Control::pan, value, out);
        case TrackProperty::mute:
            return take_control(slot, Control::mute, value, out);
        case TrackProperty::solo:
            if (value != 0.0 && value != 1.0) return false;
            slot.soloed = value != 0.0;
            if (phase_ == Phase::ready) strip_of(slot).soloed = slot.soloed;
            return true;
        case TrackProperty::meter:
            break;
    }
    const auto level = meter_from_wire(value);
    if (!level) return false;
    slot.meter = level;
    if (phase_ == Phase::ready) out.emplace_back(Event(surface::MeterRead{slot.id, *level}));
    return true;
}

bool LiveSession::take_control(Slot& slot, Control control, double value, Effects& out) {
    const auto known = value_from_wire(control, value);
    if (!known) return false;
    keep(slot, control, *known);
    overtake(slot, control);
    if (phase_ == Phase::ready)
        out.emplace_back(Event(surface::ControlReported{slot.id, control, *known, false, {}}));
    return true;
}

void LiveSession::keep(Slot& slot, Control control, const ControlValue& value) {
    slot.values.at(index(control)) = value;
    if (phase_ == Phase::ready) strip_of(slot).set_control(control, value);
}

}  // namespace kedge::abletonosc
