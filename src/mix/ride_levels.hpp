#pragma once

#include "mix/ride_question.hpp"

#include <optional>
#include <span>
#include <vector>

namespace kedge::mix {

/// A strip of the tape as it sounds after its fader today, without the rides in force.
struct HeardStrip {
    const Strip* strip = nullptr;
    Role role = Role::other;
    std::vector<measure::Cell> cells;  ///< dBFS after the fader, from the beginning of the song
    std::vector<char> sounds;          ///< see measure::sounding
};

[[nodiscard]] Role role_of(const RideQuestion& question, StripId strip);

/// Every strip that is on the tape and open, in mixer order; no master, VCA or monitor.
[[nodiscard]] std::vector<HeardStrip> heard_strips(const RideQuestion& question);

/// Whether a strip is part of another one's backing: a track, not of the same role (they sing as one), no
/// click.
[[nodiscard]] bool is_backing(const HeardStrip& one, const HeardStrip& of, const RideProfile& profile);

/// What sounds beside a strip.
class Backing {
  public:
    /// `rides` are planned already: what they lift counts in `peaks`.
    Backing(std::span<const HeardStrip> strips, const HeardStrip& of, const RideProfile& profile,
            std::span<const Ride> rides = {});

    /// The power mean over a range; silence when nothing sounds.
    [[nodiscard]] Decibels level(measure::CellRange range) const;
    /// The power sum of what every meter of the others shows in a cell, the fall included: never less than
    /// sounds.
    [[nodiscard]] Decibels peaks(std::size_t cell) const;

  private:
    std::vector<float> sounding_;
    std::vector<float> shown_;
};

/// A strip against its backing over a range; nullopt when one of them is silent there.
[[nodiscard]] std::optional<Decibels> against(const HeardStrip& strip, const Backing& backing,
                                              measure::CellRange range);

/// The offset of a curve where the sound of a cell is: around its beginning (see measure/phrases.hpp).
[[nodiscard]] Decibels offset_in_cell(std::span<const RidePoint> points, std::size_t cell);

/// The cells that a part of the song touches, at most `size`.
[[nodiscard]] measure::CellRange cells_of(SongRange range, std::size_t size);

/// A level and how long it lasts, for medians.
struct WeighedLevel {
    Decibels level;
    Duration weight;
};
/// The weighted median, half-way between two where they weigh the same; nullopt when there is none.
[[nodiscard]] std::optional<Decibels> weighted_median(std::vector<WeighedLevel> levels);

}  // namespace kedge::mix
