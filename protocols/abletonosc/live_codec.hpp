#pragma once

#include "core/decibels.hpp"
#include "core/pan.hpp"
#include "core/strip.hpp"
#include "core/time.hpp"
#include "osc/osc.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// AbletonOSC, the script that gives Ableton Live an OSC: its words and numbers to values and back. Pure;
/// safe from any thread.
namespace kedge::abletonosc {

/// A number of ours behind a track's. What was subscribed with one is reported with it, before the value; and
/// an answer repeats that of its question, behind the value, where the script is new enough.
struct Mark {
    std::int32_t number = 0;
    constexpr auto operator<=>(const Mark&) const = default;
};

/// Of tracks. In the order in which they are subscribed to.
enum class TrackProperty : std::uint8_t { volume, panning, mute, solo, meter };
inline constexpr std::array all_track_properties = {TrackProperty::volume, TrackProperty::panning,
                                                    TrackProperty::mute, TrackProperty::solo,
                                                    TrackProperty::meter};
/// "volume", "panning", "mute", "solo", "output_meter_level".
[[nodiscard]] std::string_view wire_word(TrackProperty property);
/// nullopt for another word.
[[nodiscard]] std::optional<TrackProperty> track_property_from(std::string_view word);
/// The property that a control is; nullopt for the trim, which a track has not.
[[nodiscard]] std::optional<TrackProperty> property_of(Control control);

/// Of the song.
enum class SongProperty : std::uint8_t { playing, time, tempo, loop, loop_start, loop_length, length };
inline constexpr std::array all_song_properties = {
    SongProperty::playing,    SongProperty::time,        SongProperty::tempo, SongProperty::loop,
    SongProperty::loop_start, SongProperty::loop_length, SongProperty::length};
/// "is_playing", "current_song_time" …
[[nodiscard]] std::string_view wire_word(SongProperty property);
[[nodiscard]] std::optional<SongProperty> song_property_from(std::string_view word);

/// A place in the song, or a length of it, as Live counts: quarter notes, from 0.
struct Beats {
    double count = 0.0;
    constexpr auto operator<=>(const Beats&) const = default;
};
/// Quarter notes a minute, above 0.
struct Tempo {
    double beats_per_minute = 120.0;
    constexpr auto operator<=>(const Tempo&) const = default;
};
[[nodiscard]] SongTime time_at(Beats place, Tempo tempo);
[[nodiscard]] Beats beats_at(SongTime time, Tempo tempo);

/// What is said of a track's property: a report, an answer, or a value that is neither for certain.
struct TrackValue {
    std::int32_t track = 0;              ///< from 0
    std::optional<Mark> subscription{};  ///< of a report
    std::optional<Mark> question{};      ///< of an answer of a newer script; an older one's has no mark
    double value = 0.0;                  ///< as it came; true is 1
};
/// nullopt when the arguments are of other types, or the track's number is none.
[[nodiscard]] std::optional<TrackValue> read_track_value(const osc::Message& message);

/// A line of the list of tracks.
struct TrackFacts {
    std::string name;
    bool audio = false;  ///< it has audio output
    bool midi = false;   ///< it takes MIDI
    bool group = false;  ///< it holds other tracks
    bool operator==(const TrackFacts&) const = default;
    [[nodiscard]] StripKind kind() const;
};
/// What ask_track_list() asked for; nullopt for a list of something else, or of more tracks than any song
/// has.
[[nodiscard]] std::optional<std::vector<TrackFacts>> read_track_list(const osc::Message& message);

/// Values as they are on the wire to those of kedge; nullopt out of range. Levels go by FaderCurve::live.
[[nodiscard]] std::optional<Decibels> level_from_wire(double share);
[[nodiscard]] std::optional<Pan> pan_from_wire(double panning);
/// The scale of a meter is not known: it is taken for the fader's.
[[nodiscard]] std::optional<Decibels> meter_from_wire(double deflection);
[[nodiscard]] std::optional<ControlValue> value_from_wire(Control control, double value);

[[nodiscard]] std::vector<std::byte> test_message();
/// All tracks at once, as they are at that moment.
[[nodiscard]] std::vector<std::byte> ask_track_list();
[[nodiscard]] std::vector<std::byte> ask(std::int32_t track, TrackProperty property, Mark question);
[[nodiscard]] std::vector<std::byte> ask(SongProperty property);
[[nodiscard]] std::vector<std::byte> listen_to(std::int32_t track, TrackProperty property, Mark subscription);
[[nodiscard]] std::vector<std::byte> listen_to(SongProperty property);
[[nodiscard]] std::vector<std::byte> stop_listening_to(std::int32_t track, TrackProperty property,
                                                       Mark subscription);
[[nodiscard]] std::vector<std::byte> stop_listening_to(SongProperty property);
/// Not for the trim (asserted).
[[nodiscard]] std::vector<std::byte> set_control(std::int32_t track, Control control,
                                                 const ControlValue& value);
/// A value for a control of the track that was subscribed to with this mark.
struct GuardedSet {
    std::int32_t track = 0;
    Mark subscription;
    Control control = Control::fader;
    ControlValue value;
};
/// All of them in one bundle, in their order. Where another track has a number by now the script breaks off
/// there: neither that value nor those behind it are set. Not for the trim (asserted).
[[nodiscard]] std::vector<std::byte> set_guarded(std::span<const GuardedSet> sets);
/// The list of tracks, by a bundle: no script answers that does not know bundles.
[[nodiscard]] std::vector<std::byte> ask_track_list_in_bundle();
[[nodiscard]] std::vector<std::byte> go_to(Beats place);
[[nodiscard]] std::vector<std::byte> switch_loop(bool on);

}  // namespace kedge::abletonosc
