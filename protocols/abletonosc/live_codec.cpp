#include "abletonosc/live_codec.hpp"

#include "core/enum_words.hpp"
#include "core/fader_curve.hpp"

#include <cassert>
#include <cmath>

namespace kedge::abletonosc {

namespace {

constexpr std::array<std::string_view, all_track_properties.size()> track_words = {
    "volume", "panning", "mute", "solo", "output_meter_level"};
constexpr std::array<std::string_view, all_song_properties.size()> song_words = {
    "is_playing", "current_song_time", "tempo", "loop", "loop_start", "loop_length", "song_length"};

// What a float's rounding may add to a value's range.
constexpr double range_margin = 0.001;
// A meter may stand above the top of its scale, though not far.
constexpr double most_deflection = 2.0;
constexpr std::size_t most_tracks = 10'000;
constexpr double seconds_per_minute = 60.0;

/// Columns of the list of tracks, in the order in which they are asked for.
constexpr std::array<std::string_view, 4> list_columns = {"track.name", "track.has_audio_output",
                                                          "track.has_midi_input", "track.is_foldable"};

std::string track_address(std::string_view deed, TrackProperty property) {
    return "/live/track/" + std::string(deed) + "/" + std::string(wire_word(property));
}

std::string song_address(std::string_view deed, SongProperty property) {
    return "/live/song/" + std::string(deed) + "/" + std::string(wire_word(property));
}

}  // namespace

std::string_view wire_word(TrackProperty property) {
    return track_words.at(static_cast<std::size_t>(property));
}

std::optional<TrackProperty> track_property_from(std::string_view word) {
    return enum_from_word<TrackProperty>(track_words, word);
}

std::optional<TrackProperty> property_of(Control control) {
    switch (control) {
        case Control::trim:
            return std::nullopt;
        case Control::fader:
            return TrackProperty::volume;
        case Control::pan:
            return TrackProperty::panning;
        case Control::mute:
            return TrackProperty::mute;
    }
    return std::nullopt;
}

std::string_view wire_word(SongProperty property) {
    return song_words.at(static_cast<std::size_t>(property));
}

std::optional<SongProperty> song_property_from(std::string_view word) {
    return enum_from_word<SongProperty>(song_words, word);
}

SongTime time_at(Beats place, Tempo tempo) {
    return SongTime::from_seconds(place.count * seconds_per_minute / tempo.beats_per_minute);
}

Beats beats_at(SongTime time, Tempo tempo) {
    return {time.seconds() * tempo.beats_per_minute / seconds_per_minute};
}

std::optional<TrackValue> read_track_value(const osc::Message& message) {
    const auto track = message.number(0);
    if (!track || !(*track >= 0.0 && *track < static_cast<double>(most_tracks))) return std::nullopt;
    TrackValue read;
    read.track = static_cast<std::int32_t>(*track);
    // Values are floats or booleans, marks are whole numbers.
    constexpr std::size_t with_mark = 3;
    const bool marked = message.size() == with_mark;
    if (!marked && message.size() + 1 != with_mark) return std::nullopt;
    const bool is_report = marked && message.types()[1] == 'i';
    const auto value = message.number(is_report ? 2 : 1);
    const auto mark = marked ? message.int32(is_report ? 1 : 2) : std::nullopt;
    if (!value || (marked && !mark)) return std::nullopt;
    read.value = *value;
    if (mark) (is_report ? read.subscription : read.question) = Mark{*mark};
    return read;
}

StripKind TrackFacts::kind() const {
    if (group) return StripKind::audio_bus;
    return midi ? StripKind::midi_track : StripKind::audio_track;
}

std::optional<std::vector<TrackFacts>> read_track_list(const osc::Message& message) {
    constexpr std::size_t columns = list_columns.size();
    if (message.size() % columns != 0 || message.size() > columns * most_tracks) return std::nullopt;
    std::vector<TrackFacts> tracks;
    for (std::size_t at = 0; at < message.size(); at += columns) {
        const auto name = message.string(at);
        const auto audio = message.number(at + 1);
        const auto midi = message.number(at + 2);
        const auto group = message.number(at + 3);
        if (!name || !audio || !midi || !group) return std::nullopt;
        tracks.push_back({std::string(*name), *audio != 0.0, *midi != 0.0, *group != 0.0});
    }
    return tracks;
}

std::optional<Decibels> level_from_wire(double share) {
    if (!(share >= -range_margin && share <= 1.0 + range_margin)) return std::nullopt;
    return level_at(FaderCurve::live, FaderShare(share));
}

std::optional<Pan> pan_from_wire(double panning) {
    if (!(std::abs(panning) <= 1.0 + range_margin)) return std::nullopt;
    return Pan(panning);
}

std::optional<Decibels> meter_from_wire(double deflection) {
    if (!(deflection >= -range_margin && deflection <= most_deflection)) return std::nullopt;
    return level_at(FaderCurve::live, FaderShare(deflection));
}

std::optional<ControlValue> value_from_wire(Control control, double value) {
    switch (control) {
        case Control::fader:
            if (const auto level = level_from_wire(value)) return *level;
            return std::nullopt;
        case Control::pan:
            if (const auto pan = pan_from_wire(value)) return *pan;
            return std::nullopt;
        case Control::mute:
            if (value != 0.0 && value != 1.0) return std::nullopt;
            return value != 0.0 ? Mute::muted : Mute::open;
        case Control::trim:
            break;
    }
    return std::nullopt;
}

std::vector<std::byte> test_message() {
    return osc::encode("/live/test");
}

std::vector<std::byte> ask_track_list() {
    // From the first to the last, however many there are.
    return osc::encode("/live/song/get/track_data", {std::int32_t{0}, std::int32_t{-1}, list_columns[0],
                                                     list_columns[1], list_columns[2], list_columns[3]});
}

std::vector<std::byte> ask(std::int32_t track, TrackProperty property, Mark question) {
    return osc::encode(track_address("get", property), {track, question.number});
}

std::vector<std::byte> ask(SongProperty property) {
    return osc::encode(song_address("get", property));
}

std::vector<std::byte> listen_to(std::int32_t track, TrackProperty property, Mark subscription) {
    return osc::encode(track_address("start_listen", property), {track, subscription.number});
}

std::vector<std::byte> listen_to(SongProperty property) {
    return osc::encode(song_address("start_listen", property));
}

std::vector<std::byte> stop_listening_to(std::int32_t track, TrackProperty property, Mark subscription) {
    return osc::encode(track_address("stop_listen", property), {track, subscription.number});
}

std::vector<std::byte> stop_listening_to(SongProperty property) {
    return osc::encode(song_address("stop_listen", property));
}

std::vector<std::byte> set_control(std::int32_t track, Control control, const ControlValue& value) {
    const auto property = property_of(control);
    assert(property);
    const auto address = track_address("set", *property);
    if (const auto* level = std::get_if<Decibels>(&value))
        return osc::encode(address,
                           {track, static_cast<float>(share_of(FaderCurve::live, *level).normalised())});
    if (const auto* pan = std::get_if<Pan>(&value))
        return osc::encode(address, {track, static_cast<float>(pan->position())});
    return osc::encode(address, {track, std::int32_t{std::get<Mute>(value) == Mute::muted ? 1 : 0}});
}

/// To subscribe to a volume once more the script first lets the listener go that it has under that mark; Live
/// lets it go at its own track alone, and the script does not go on after that failed. For properties that
/// are no parameters it would go on.
std::vector<std::byte> set_guarded(std::span<const GuardedSet> sets) {
    std::vector<std::vector<std::byte>> messages;
    std::optional<std::int32_t> guarded;
    for (const GuardedSet& set : sets) {
        if (guarded != set.track)
            messages.push_back(listen_to(set.track, TrackProperty::volume, set.subscription));
        guarded = set.track;
        messages.push_back(set_control(set.track, set.control, set.value));
    }
    return osc::encode_bundle(messages);
}

std::vector<std::byte> ask_track_list_in_bundle() {
    return osc::encode_bundle(std::array{ask_track_list()});
}

std::vector<std::byte> go_to(Beats place) {
    return osc::encode(song_address("set", SongProperty::time), {static_cast<float>(place.count)});
}

std::vector<std::byte> switch_loop(bool on) {
    return osc::encode(song_address("set", SongProperty::loop), {std::int32_t{on ? 1 : 0}});
}

}  // namespace kedge::abletonosc
