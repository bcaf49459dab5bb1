#pragma once

#include "core/strip.hpp"
#include "core/time.hpp"

#include <span>
#include <string>
#include <vector>

namespace kedge {

/// A point of a ride: how far the control stands from where the static mix put it.
struct RidePoint {
    SongTime at;
    Decibels offset;  ///< never silence
    constexpr bool operator==(const RidePoint&) const = default;
};

/// The curve through points that are strictly increasing in time: straight in decibels between two of them,
/// level before the first and after the last, 0 dB when there are none.
[[nodiscard]] Decibels offset_at(std::span<const RidePoint> points, SongTime at);

/// What a ride answers to.
enum class CueKind {
    phrase,      ///< of the vocal
    breath,      ///< that is not to be lifted
    section,     ///< verse, chorus, bridge
    solo,        ///< an instrument in the vocal's place
    fill,        ///< of the drums
    transition,  ///< from one section to the next
};
[[nodiscard]] std::string_view to_string(CueKind kind);

/// Why a ride stands where it stands over a stretch of the song: the evidence, for people and for tests.
struct RideCue {
    CueKind kind = CueKind::phrase;
    SongRange range;
    Decibels against_rest;  ///< the strip against the backing while it sounds, as it was
    Decibels wanted;        ///< where the rule would have it against the backing
    Decibels offset;        ///< what the ride adds there, all layers together (of a section: its own step)
    std::string reason;     ///< a sentence with the numbers
};

/// A timed curve on one control: it adds to where the static mix put that control.
struct Ride {
    StripId strip;
    Control control = Control::fader;
    Decibels base;                   ///< where the control stands without the ride
    std::vector<RidePoint> points;   ///< strictly increasing in time; the first and the last stand at 0 dB
    std::vector<RideCue> cues;       ///< in the order of time
    Decibels thinning_error;         ///< the most by which the points miss the curve that was meant
    std::vector<std::string> notes;  ///< said to the user: what could not be reached, and why

    /// Where the control stands: base plus ride.
    [[nodiscard]] Decibels value_at(SongTime at) const { return base + offset_at(points, at); }
};

}  // namespace kedge
