#include "mix/ride_bus.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kedge::mix {

using measure::Cell;
using measure::TapeTrack;

namespace {

// Where the bus peaks is what counts: cells this far under its loudest one, and nothing softer.
constexpr double loud_places_db = 10.0;
// A reading may miss a peak: the bus stands higher over its tracks than this in one loud cell of ten.
constexpr double share_of_cells = 0.9;

std::vector<Cell> cells_of_track(const TapeTrack& track) {
    std::vector<Cell> cells(track.cells.size());
    track.cells.read(0, cells);
    return cells;
}

/// The power sum of what the tracks' meters showed, cell by cell, as they stood on the tape.
std::vector<double> powers_of_tracks(const RideQuestion& question, std::size_t size) {
    const bool before_fader = question.capabilities.meter_point == MeterPoint::before_fader;
    std::vector<double> powers(size, 0.0);
    for (const TapeTrack& track : question.tape.tracks()) {
        const bool source =
            track.name.kind == StripKind::audio_track || track.name.kind == StripKind::midi_track;
        if (!source || track.muted) continue;
        const auto cells = cells_of_track(track);
        for (std::size_t i = 0; i < std::min(size, cells.size()); ++i) {
            const Decibels level = cells[i].level() + (before_fader ? track.fader : Decibels());
            if (!level.is_silence()) powers[i] += std::pow(10.0, level.db() / 10.0);
        }
    }
    return powers;
}

}  // namespace

std::optional<BusLimit> bus_limit(const RideQuestion& question, Decibels highest) {
    const Strip* master = question.mixer.master();
    const TapeTrack* track = master ? question.tape.find(master->id) : nullptr;
    if (!track || track->cells.empty()) return std::nullopt;
    const Cell loudest = track->cells.loudest();
    if (loudest.level().is_silence() || track->fader.is_silence()) return std::nullopt;
    const auto bus = cells_of_track(*track);
    const auto tracks = powers_of_tracks(question, bus.size());
    std::vector<double> over;
    for (std::size_t i = 0; i < bus.size(); ++i) {
        const Decibels level = bus[i].level();
        if (level < loudest.level() - Decibels(loud_places_db) || tracks[i] <= 0.0) continue;
        over.push_back(level.db() - 10.0 * std::log10(tracks[i]));
    }
    if (over.empty()) return std::nullopt;
    const auto place =
        over.begin() + static_cast<std::ptrdiff_t>(share_of_cells * static_cast<double>(over.size() - 1));
    std::nth_element(over.begin(), place, over.end());
    const Decibels since_then = gain_of(*master) - track->trim - track->fader;
    return BusLimit{highest, Decibels(*place) + since_then};
}

}  // namespace kedge::mix
