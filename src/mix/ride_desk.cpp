#include "mix/ride_desk.hpp"

#include "measure/fresh_readings.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::mix {

using measure::CellRange;
using measure::Tape;

SongRange RideDesk::within() const {
    if (question.wishes.range) return *question.wishes.range;
    // What a song leaves behind its end is nobody's: a last ramp may lie there.
    return {SongTime(), SongTime(Tape::cell_length * static_cast<std::int64_t>(question.tape.length()) +
                                 std::chrono::seconds(1))};
}

RideSubject::RideSubject(const RideDesk& all, const HeardStrip& heard)
    : desk(all), strip(heard), backing(all.strips, heard, all.profile(), all.planned) {}

std::optional<Decibels> RideSubject::against(CellRange range) const {
    return mix::against(strip, backing, range);
}

CellRange RideSubject::cells(SongRange range) const {
    return cells_of(range, strip.cells.size());
}

namespace {

/// What a level may become under a bus that peaks at `highest` by the power sum; below every level when the
/// rest alone is too much.
Decibels room_beside(Decibels rest, Decibels highest) {
    if (rest.is_silence()) return highest;
    const double left = std::pow(10.0, highest.db() / 10.0) - std::pow(10.0, rest.db() / 10.0);
    return left > 0.0 ? Decibels(10.0 * std::log10(left)) : Decibels::silence();
}

}  // namespace

Decibels RideSubject::most_lift(CellRange range) const {
    const RideQuestion& question = desk.question;
    Decibels most = std::min(depth(), question.capabilities.fader_top - *strip.strip->fader);
    const auto cells = std::span(strip.cells).subspan(range.from, range.to - range.from);
    const Decibels peak = measure::true_peak(cells, question.capabilities.meter).at_most;
    if (!peak.is_silence()) most = std::min(most, desk.profile().strip_peak - peak);
    for (std::size_t i = range.from; question.bus && i < range.to; ++i) {
        const Decibels level = strip.cells[i].level();
        if (!strip.sounds[i] || level.is_silence()) continue;
        const Decibels room = room_beside(backing.peaks(i), question.bus->highest - question.bus->over_sum);
        most = room.is_silence() ? Decibels() : std::min(most, room - level);
    }
    return std::max(Decibels(), most);
}

std::optional<Ride> RideSubject::ride_through(std::vector<RideHold> holds, std::vector<RideCue> cues) const {
    const SongRange within = desk.within();
    thin_out_holds(holds, desk.profile(), within);
    const auto meant = curve_through(holds, desk.profile().phrase, within);
    if (meant.empty()) return std::nullopt;
    Ride ride;
    ride.strip = strip.strip->id;
    ride.base = *strip.strip->fader;
    ride.points = thinned(meant, desk.profile().thinning.most_error, holds);
    ride.thinning_error = largest_difference(meant, ride.points);
    ride.cues = std::move(cues);
    // What a cue got, when neighbours had to share an offset.
    for (RideCue& cue : ride.cues)
        if (cue.kind != CueKind::section)
            cue.offset = offset_at(ride.points, cue.range.from + cue.range.length() / 2);
    std::stable_sort(ride.cues.begin(), ride.cues.end(),
                     [](const RideCue& a, const RideCue& b) { return a.range.from < b.range.from; });
    return ride;
}

Decibels step_for(Decibels deviation, Decibels within, Decibels step) {
    const Decibels size = distance(deviation, Decibels());
    // A step that would overshoot is not taken; one that does not suffice is.
    if (distance(size, step) > within && size < step) return {};
    if (size <= within) return {};
    return deviation > Decibels() ? -step : step;
}

}  // namespace kedge::mix
