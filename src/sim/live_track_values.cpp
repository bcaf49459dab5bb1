#include "sim/live_track_values.hpp"

#include "core/fader_curve.hpp"
#include "sim/simulated_live.hpp"

#include <algorithm>
#include <array>

/// What a track's properties are.
namespace kedge::sim {

namespace {

constexpr std::array<std::string_view, 5> written_of_tracks = {"mute", "name", "panning", "solo", "volume"};
constexpr std::array<std::string_view, 11> read_of_tracks = {
    "fold_state",        "has_audio_input",    "has_audio_output",  "has_midi_input",
    "has_midi_output",   "is_foldable",        "is_grouped",        "is_visible",
    "output_meter_left", "output_meter_level", "output_meter_right"};

/// A MIDI track without an instrument sounds nowhere.
bool has_audio_output(const SimStrip& track) {
    return track.kind != StripKind::midi_track || track.stem;
}

float deflection(Decibels level) {
    return static_cast<float>(share_of(FaderCurve::live, level).normalised());
}

}  // namespace

bool is_written_of_tracks(std::string_view property) {
    return std::find(written_of_tracks.begin(), written_of_tracks.end(), property) != written_of_tracks.end();
}

bool is_known_of_tracks(std::string_view property) {
    return is_written_of_tracks(property) ||
           std::find(read_of_tracks.begin(), read_of_tracks.end(), property) != read_of_tracks.end();
}

std::optional<LiveValue> SimulatedLive::track_value(const SimStrip& track, std::string_view property) const {
    const bool audio = has_audio_output(track);
    const bool midi = track.kind == StripKind::midi_track;
    const bool group = track.kind == StripKind::audio_bus;
    if (property == "name") return track.name;
    if (property == "volume") return deflection(track.fader);
    if (property == "panning") return static_cast<float>(track.pan.position());
    if (property == "mute") return track.muted;
    if (property == "solo") return track.soloed;
    if (property == "has_audio_input") return !midi;
    if (property == "has_audio_output") return audio;
    if (property == "has_midi_input") return midi;
    if (property == "has_midi_output") return midi && !audio;
    if (property == "is_foldable") return group;
    if (property == "is_grouped") return track.output != RouteId{};
    if (property == "is_visible") return !track.hidden;
    if (property == "fold_state") return group ? LiveValue(std::int32_t{0}) : LiveValue(osc::Nil{});
    if (property == "output_meter_level") {
        const auto held = peaks_.find(track.id);
        return held == peaks_.end() ? 0.0F : held->second.shown;
    }
    if (!audio) return std::nullopt;
    if (property == "output_meter_left") return deflection(track.sides[0]);
    if (property == "output_meter_right") return deflection(track.sides[1]);
    return std::nullopt;
}

}  // namespace kedge::sim
