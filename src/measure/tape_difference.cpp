#include "measure/tape_difference.hpp"

#include <algorithm>

namespace kedge::measure {

namespace {

constexpr std::size_t window = 10;    // cells: a second
constexpr std::size_t to_a_side = 2;  // cells
constexpr int clear_windows = 3;
const Decibels clearly_louder(3.0);
const Decibels under_loudest(40.0);
const Decibels floor_level(-50.0);

bool tells_levels(const TapeTrack& track) {
    const bool plays = track.name.kind == StripKind::audio_track || track.name.kind == StripKind::midi_track;
    return plays && !track.muted && !track.fader.is_silence();
}

/// Every cell of a part was heard.
bool heard_all(const CellSeries& cells, std::size_t from, std::size_t to) {
    if (to > cells.size()) return false;
    std::vector<Cell> part(to - from);
    cells.read(from, part);
    return std::all_of(part.begin(), part.end(), [](const Cell& cell) { return cell.heard(); });
}

/// Seconds in which the one was clearly louder than the other.
int louder_windows(const TapeTrack& one, const TapeTrack& other, MeterPoint point) {
    const Decibels least = std::max(floor_level, one.source(one.cells.loudest(), point) - under_loudest);
    int louder = 0;
    for (std::size_t from = 0; from + window <= one.cells.size(); from += window) {
        const Decibels level = one.source(one.cells.loudest(from, from + window), point);
        if (level.is_silence() || level < least) continue;
        const std::size_t around_from = from - std::min(from, to_a_side);
        const std::size_t around_to = std::min(from + window + to_a_side, other.cells.size());
        if (!heard_all(one.cells, from, from + window) || !heard_all(other.cells, from, from + window))
            continue;
        const Decibels around = other.source(other.cells.loudest(around_from, around_to), point);
        if (around.is_silence() || level - around > clearly_louder) ++louder;
    }
    return louder;
}

}  // namespace

bool differ_clearly(const Tape& a, const Tape& b, MeterPoint point) {
    const auto tracks = a.tracks();
    return std::any_of(tracks.begin(), tracks.end(), [&](const TapeTrack& track) {
        const TapeTrack* other = b.find(track.strip);
        if (!other || !tells_levels(track) || !tells_levels(*other)) return false;
        return louder_windows(track, *other, point) >= clear_windows ||
               louder_windows(*other, track, point) >= clear_windows;
    });
}

}  // namespace kedge::measure
