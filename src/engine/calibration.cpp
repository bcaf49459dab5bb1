#include "engine/calibration.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::engine {

namespace {

constexpr double clearly_heard_dbfs = -50.0;

// A strip that answers with more than this was not playing the same thing: no move explains it.
constexpr double largest_believable_shift_db = 15.0;

/// The loudest fresh reading of a stretch; unheard when there is none.
measure::Cell loudest(const measure::TapeTrack& track, SongRange part, const MeterLaw& law) {
    const measure::CellRange range = track.cells_in(part);
    // Whether a reading is fresh shows in its neighbours.
    const std::size_t from = range.from - std::min<std::size_t>(range.from, 2);
    const std::size_t to = std::min(track.cells.size(), range.to + 2);
    std::vector<measure::Cell> cells(range.from < range.to ? to - from : 0);
    track.cells.read(from, cells);
    const measure::FallOff fall_off = measure::fall_off_of(law);
    measure::Cell loudest;
    for (std::size_t i = range.from; i < range.to; ++i) {
        const measure::Cell cell = cells[i - from];
        if (cell > loudest && measure::freshness(cells, i - from, fall_off) != measure::Freshness::stale)
            loudest = cell;
    }
    return loudest;
}

/// Looks closer at a strip that was heard where it was promised, in wide steps.
void look_closer(const StripDifference& d, Correction& correction) {
    constexpr double same_level_db = 0.05;  // not worth a move
    const bool coarse = d.promised_within > Decibels() || d.promised_open_above;
    const auto both = coarse ? d.in_both() : std::nullopt;
    if (!both) return;
    // Steps that only just meet do not make it exact: no two looks are of quite the same sound.
    constexpr double never_closer_db = 0.4;
    const Decibels half((both->high - both->low).db() / 2.0);
    const Decibels remains = std::max(half, Decibels(never_closer_db));
    const Decibels by = both->low + half - d.promised;
    const bool stays = distance(by, {}) <= Decibels(same_level_db);
    if (!stays) correction.seen_closer.push_back({d.strip, by});
    // One that stays believed where it was is known to the further end of what is left.
    correction.known.push_back({d.strip, stays ? remains + distance(by, {}) : remains});
}

}  // namespace

bool StripDifference::surely_apart(Decibels limit) const {
    if (promised_open_above && heard > promised) return false;
    if (heard_open_above && promised > heard) return false;
    return apart() > limit + promised_within + heard_within;
}

std::optional<LevelRange> StripDifference::in_both() const {
    if (promised_open_above && heard_open_above) return std::nullopt;
    Decibels low = std::max(promised - promised_within, heard - heard_within);
    Decibels high = std::min(promised + promised_within, heard + heard_within);
    if (promised_open_above) high = heard + heard_within;
    if (heard_open_above) high = promised + promised_within;
    if (high < low) return std::nullopt;
    return LevelRange{low, high};
}

std::vector<StripDifference> differences_from_tape(const measure::Tape& tape, const measure::Tape& heard,
                                                   SongRange part, const MixerState& mixer,
                                                   const MeterLaw& law) {
    std::vector<StripDifference> differences;
    for (const Strip& strip : mixer.strips) {
        if (strip.name.kind == StripKind::master || strip.mute == Mute::muted) continue;
        const auto* then = tape.find(strip.id);
        const auto* now = heard.find(strip.id);
        if (!then || !now || then->muted || now->muted || then->fader.is_silence()) continue;
        const measure::Cell before = loudest(*then, part, law);
        const measure::Cell after = loudest(*now, part, law);
        const SongRange wider{part.from - measure::Tape::cell_length, part.to + measure::Tape::cell_length};
        const measure::Cell nearby = loudest(*then, wider, law);
        if (!before.heard() || !after.heard()) continue;
        const Decibels fader = strip.fader.value_or(Decibels());
        if (fader.is_silence()) continue;
        const auto promise = [&](const measure::Cell& cell) {
            return then->source(cell, MeterPoint::after_fader) + strip.trim.value_or(Decibels()) + fader;
        };
        // A sound at the edge of the stretch falls in or out with the phase of the ticks: both are promised.
        const Decibels promised = std::clamp(after.level(), promise(before), promise(nearby));
        const Decibels floor(clearly_heard_dbfs);
        if (promised < floor && after.level() < floor) continue;
        StripDifference one{strip.id, promised, after.level(), fader, then->fader, before.level()};
        one.promised_within = law.off_by(before.level());
        one.heard_within = law.off_by(after.level());
        one.promised_open_above = law.open_above(before.level());
        one.heard_open_above = law.open_above(after.level());
        differences.push_back(one);
    }
    return differences;
}

measure::TruePeak peak_in(const measure::Tape& tape, StripId strip, SongRange part, const MeterLaw& law) {
    const auto* track = tape.find(strip);
    if (!track) return {};
    const measure::CellRange range = track->cells_in(part);
    std::vector<measure::Cell> cells(range.to - range.from);
    track->cells.read(range.from, cells);
    return measure::true_peak(cells, law);
}

Decibels comparison_limit(const MeterLaw& law, Decibels worth_a_move) {
    return std::max(worth_a_move, law.largest_under_read() + Decibels(0.4));
}

Correction explain(const std::vector<StripDifference>& differences, Decibels limit) {
    Correction correction;
    for (const StripDifference& d : differences) {
        if (d.promised < Decibels(clearly_heard_dbfs) || d.heard < Decibels(clearly_heard_dbfs)) continue;
        if (!d.surely_apart(limit)) {
            look_closer(d, correction);
            continue;
        }
        if (d.apart() > Decibels(largest_believable_shift_db)) continue;
        const Decibels by = d.heard - d.promised;
        const Decibels fader_moved = d.fader - d.fader_then;
        // A meter before the fader shows the trim's part of the move and not the fader's.
        const bool before_fader =
            distance(by, -fader_moved) < Decibels(1.0) && distance(fader_moved, {}) > limit;
        if (before_fader) {
            correction.before_fader.push_back(d.strip);
        } else {
            correction.shifts.push_back({d.strip, by});
            if (d.heard_within > Decibels()) correction.known.push_back({d.strip, d.heard_within});
        }
    }
    return correction;
}

measure::Tape corrected(const measure::Tape& tape, const Correction& correction) {
    measure::Tape result;
    for (measure::TapeTrack track : tape.tracks()) {
        const auto is_this = [&](StripId id) { return id == track.strip; };
        if (std::any_of(correction.before_fader.begin(), correction.before_fader.end(), is_this))
            track.fader = {};
        for (const auto* shifts : {&correction.shifts, &correction.seen_closer})
            for (const StripShift& shift : *shifts)
                if (shift.strip == track.strip) track.trim -= shift.by;
        result.adopt(std::move(track));
    }
    return result;
}

}  // namespace kedge::engine
