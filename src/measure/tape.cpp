#include "measure/tape.hpp"

#include <algorithm>
#include <cassert>

namespace kedge::measure {

CellRange TapeTrack::cells_in(SongRange part) const {
    const auto clamp = [&](Duration at) {
        const auto cell = std::max<std::int64_t>(0, at / Tape::cell_length);
        return std::min(cells.size(), static_cast<std::size_t>(cell));
    };
    const std::size_t from = clamp(part.from.since_start());
    return {from, std::max(from, clamp(part.to.since_start() + Tape::cell_length - Duration(1)))};
}

Decibels TapeTrack::source(const Cell& cell, MeterPoint point) const {
    const Decibels before_trim = cell.level() - trim;
    if (point == MeterPoint::before_fader) return before_trim;
    return fader.is_silence() ? Decibels::silence() : before_trim - fader;
}

std::size_t Tape::add_track(const Strip& strip) {
    assert(find(strip.id) == nullptr);
    TapeTrack track;
    track.strip = strip.id;
    track.name = strip.name;
    track.fader = strip.fader.value_or(Decibels());
    track.trim = strip.trim.value_or(Decibels());
    track.muted = strip.mute == Mute::muted;
    tracks_.push_back(std::move(track));
    return tracks_.size() - 1;
}

void Tape::record(std::size_t track, SongTime at, Decibels reading, Decibels fader, Decibels trim) {
    assert(track < tracks_.size());
    if (at < SongTime()) return;
    TapeTrack& kept = tracks_[track];
    const bool moved = fader != kept.fader;
    // Through a closed fader nothing is heard, and how much there was cannot be told afterwards.
    if (moved && (fader.is_silence() || kept.fader.is_silence())) return;
    Decibels level = reading;
    if (moved) level = level - (fader - kept.fader);
    if (trim != kept.trim) level = level - (trim - kept.trim);
    const auto index = static_cast<std::size_t>(at.since_start() / cell_length);
    if (index >= kept.cells.size()) kept.cells.resize(index + 1);
    const Cell cell = Cell::reading(level);
    if (cell > kept.cells[index]) kept.cells.set(index, cell);
}

void Tape::forget(std::size_t track, SongTime at) {
    assert(track < tracks_.size());
    CellSeries& cells = tracks_[track].cells;
    const auto index = at.since_start() / cell_length;
    if (at >= SongTime() && static_cast<std::size_t>(index) < cells.size())
        cells.set(static_cast<std::size_t>(index), Cell());
}

namespace {

SecondLook second_look(const TapeTrack& first, const TapeTrack& second, SongRange part) {
    // Two cells more, as readings are judged among their neighbours.
    const CellRange range = second.cells_in({part.from - Tape::cell_length * 2, part.to});
    std::vector<Cell> cells(range.to - range.from);
    second.cells.read(range.from, cells);
    const Decibels back = (first.fader + first.trim) - (second.fader + second.trim);
    SecondLook look;
    look.from = range.from;
    for (const Cell cell : cells)
        look.cells.push_back(cell.heard() ? Cell::reading(cell.level() + back) : cell);
    return look;
}

bool says_something(const TapeTrack& track) {
    return !track.muted && !track.fader.is_silence();
}

}  // namespace

bool Tape::look_again(const Tape& second, SongRange part) {
    bool any = false;
    for (TapeTrack& track : tracks_) {
        const TapeTrack* other = second.find(track.strip);
        if (!other || !track.again.cells.empty() || !says_something(track) || !says_something(*other))
            continue;
        track.again = second_look(track, *other, part);
        any = any || !track.again.cells.empty();
    }
    return any;
}

Tape beginning_of(const Tape& tape, Duration length) {
    const auto most = static_cast<std::size_t>(std::max<std::int64_t>(0, length / Tape::cell_length));
    Tape result;
    std::vector<Cell> cells;
    for (TapeTrack track : tape.tracks()) {
        cells.resize(std::min(most, track.cells.size()));
        track.cells.read(0, cells);
        track.cells = CellSeries();
        for (const Cell cell : cells) track.cells.push_back(cell);
        result.adopt(std::move(track));
    }
    return result;
}

const TapeTrack* Tape::find(StripId strip) const {
    const auto at =
        std::find_if(tracks_.begin(), tracks_.end(), [&](const TapeTrack& t) { return t.strip == strip; });
    return at == tracks_.end() ? nullptr : &*at;
}

void Tape::adopt(TapeTrack track) {
    tracks_.push_back(std::move(track));
}

std::size_t Tape::length() const {
    std::size_t longest = 0;
    for (const TapeTrack& track : tracks_) longest = std::max(longest, track.cells.size());
    return longest;
}

Duration Tape::heard() const {
    std::vector<char> heard(length(), 0);
    std::vector<Cell> cells;
    for (const TapeTrack& track : tracks_) {
        cells.resize(track.cells.size());
        track.cells.read(0, cells);
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (cells[i].heard()) heard[i] = 1;
    }
    return cell_length * std::count(heard.begin(), heard.end(), 1);
}

}  // namespace kedge::measure
