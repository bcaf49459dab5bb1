#pragma once

#include "core/capabilities.hpp"
#include "core/strip.hpp"
#include "core/time.hpp"
#include "measure/cells.hpp"

#include <optional>
#include <span>
#include <vector>

namespace kedge::measure {

/// Cells from one to before another.
struct CellRange {
    std::size_t from = 0;
    std::size_t to = 0;
};

/// What a second roll read of a part of the song. Its ticks fell elsewhere, so every peak had another chance
/// to be read near its top.
struct SecondLook {
    std::size_t from = 0;  ///< the track's cell that the first of `cells` covers
    CellSeries cells;      ///< as if fader and trim had stood where they stood at the first
};

/// The readings of one strip. They are kept as if fader and trim had stood all the time where they stood when
/// the tape began: a reading taken while one of them stood elsewhere is corrected before it is recorded.
struct TapeTrack {
    StripId strip;
    StripName name;
    Decibels fader;      ///< at the beginning of the tape
    Decibels trim;       ///< likewise; 0 where there is no trim
    bool muted = false;  ///< the strip was muted: its readings say nothing
    CellSeries cells;    ///< cell i covers [i, i+1) * Tape::cell_length of the song
    SecondLook again;    ///< empty when there was none

    /// The cells that lie in a part of the song; one that the part touches counts.
    [[nodiscard]] CellRange cells_in(SongRange part) const;
    /// The reading of a cell before trim and fader, given where the meter listens.
    [[nodiscard]] Decibels source(const Cell& cell, MeterPoint point) const;
};

/// Meter readings against song position, recorded while the DAW rolls.
class Tape {
  public:
    static constexpr Duration cell_length = std::chrono::milliseconds(100);

    /// Adds a track; returns its index. `strip` is not on the tape yet (asserted).
    std::size_t add_track(const Strip& strip);
    /// Notes what the meter of a track showed at a place; the loudest reading of a cell stays. `fader` and
    /// `trim` are where they stand now. Negative positions are ignored.
    void record(std::size_t track, SongTime at, Decibels reading, Decibels fader, Decibels trim);

    /// The cell of a place is as if it had never been heard: what is read there next takes the place of what
    /// was.
    void forget(std::size_t track, SongTime at);

    /// Keeps what another tape read of a part, after the faders, as a second look at it. A track keeps the
    /// first second look it gets, so that what is known settles. False when none was new.
    bool look_again(const Tape& second, SongRange part);

    [[nodiscard]] std::span<const TapeTrack> tracks() const { return tracks_; }
    [[nodiscard]] const TapeTrack* find(StripId strip) const;
    /// Appends a whole track (a tape read from its file).
    void adopt(TapeTrack track);
    /// Gives a track the id its strip has on this connection.
    void rebind(std::size_t track, StripId strip) { tracks_[track].strip = strip; }

    /// Cells of the longest track.
    [[nodiscard]] std::size_t length() const;
    /// Time of the song that was heard by at least one track.
    [[nodiscard]] Duration heard() const;

  private:
    std::vector<TapeTrack> tracks_;
};

/// What a tape holds of the song's first so long.
[[nodiscard]] Tape beginning_of(const Tape& tape, Duration length);

}  // namespace kedge::measure
