#pragma once

#include "core/ride.hpp"
#include "mix/ride_profile.hpp"

#include <span>
#include <vector>

namespace kedge::mix {

/// A stretch over which the fader stays where it is.
struct RideHold {
    SongRange range;
    Decibels offset;
    Decibels most;         ///< the offset may never be above this here …
    Decibels least;        ///< … nor below this
    Duration ramp{};       ///< the longest ramp that leads here from the stretch before
    bool sung_on = false;  ///< it follows the one before without a pause: the ramp lies before its beginning
    bool droppable = false;  ///< a dip for a breath: the first to go where points are too many
    bool calmed = false;     ///< it took a neighbour's offset, where points were too many
};

/// The curve through holds, which follow one another in time (each begins at least a cell after the one
/// before it). Straight ramps lie in the pauses, end `lead` before the next hold where there is room, and are
/// no longer than its `ramp` and, where there is room, no shorter than the rule's shortest. The curve begins
/// and ends at 0 dB, at `within.from` at the earliest; strictly increasing in time. Empty when it would be 0
/// dB throughout.
[[nodiscard]] std::vector<RidePoint> curve_through(std::span<const RideHold> holds,
                                                   const PhraseRideRule& rule, SongRange within);

/// The same curve by the fewest of its own points that miss it by `most_error` at most; the first and the
/// last stay. Where a hold says `most`, no more than before is above it.
[[nodiscard]] std::vector<RidePoint> thinned(std::span<const RidePoint> points, Decibels most_error,
                                             std::span<const RideHold> holds);

/// The most by which one curve misses another.
[[nodiscard]] Decibels largest_difference(std::span<const RidePoint> a, std::span<const RidePoint> b);

/// Makes holds alike where the curve would have more points a second than the rule allows: dips for breaths
/// go first, then the shorter of two neighbours takes the other's offset as far as its bounds allow.
void thin_out_holds(std::vector<RideHold>& holds, const RideProfile& profile, SongRange within);

}  // namespace kedge::mix
