#pragma once

#include "core/capabilities.hpp"
#include "measure/tape.hpp"

#include <span>
#include <vector>

// What a tape tells of time. A cell is 100 ms and holds one reading of a meter that shows the peak of the
// tick before it, or, when that was lower, what an earlier peak has fallen to (Ardour: 13.3 dB a second, 1.3
// dB a tick). So
//  - a sound that begins is seen by the first tick after it: its beginning is known to +-100 ms from one
//  look, and is
//    put at the middle of what it can be, the beginning of the cell;
//  - a sound that ends is followed by readings that fall at the meter's own rate and say nothing: its end is
//  put
//    a quarter into the last cell that rose above the fall, give or take 100 ms too;
//  - a softer phrase soon after a louder one stays hidden until the meter has fallen to it: 6 dB softer, up
//  to 0.45 s,
//    and as much of its beginning is lost. Breaths less than that behind a phrase are never seen;
//  - a pause is seen when it is a good quarter of a second long; a note that fades faster than the meter
//  falls
//    looks like one.
// A meter that holds each tick's peak without falling has the first limit only. Writing a point is exact all
// the same: where a point was planned is one thing, where the sound was another.
namespace kedge::measure {

/// The numbers that decide what a phrase is (profiles/rides).
struct PhraseRule {
    Decibels on = Decibels(-30.0);  ///< a phrase begins above this, relative to the strip's loud passages …
    Decibels off = Decibels(-35.0);                     ///< … and ends below this
    double loud_share = 0.95;                           ///< the passages' percentile that is "loud"
    Duration passage = std::chrono::milliseconds(400);  ///< also: how far apart syllables are one phrase
    Decibels floor = Decibels(-60.0);  ///< loud passages below this, dBFS, are noise: no phrases
    Duration shortest_gap = std::chrono::milliseconds(250);
    Duration shortest = std::chrono::milliseconds(300);
    Duration longest_breath = std::chrono::milliseconds(600);
    Decibels breath_below = Decibels(15.0);  ///< a breath is this far below its phrase
};

enum class PhraseKind {
    phrase,
    breath,     ///< short and far below the phrase it belongs to
    too_short,  ///< a shout, a click: no phrase, but it sounds
};

/// A stretch in which a strip sounds without a pause.
struct Phrase {
    PhraseKind kind = PhraseKind::phrase;
    SongRange range;  ///< as heard, see above
    CellRange cells;
    Decibels level =
        Decibels::silence();  ///< power mean of the readings that hold a sound, at the tape's gain
};

/// Which readings hold a sound of their own: not unheard, not silent, and no mere fall of the meter. A
/// reading that repeats the one before is like it; so is one unheard cell between heard ones.
[[nodiscard]] std::vector<char> sounding(std::span<const Cell> cells, const MeterLaw& law);

/// The phrases of a strip in the order of time. `cells` are the track's from the beginning of the song,
/// `sounds` says of each whether it sounds (as many, asserted); nothing when it never rises above the floor.
[[nodiscard]] std::vector<Phrase> find_phrases(std::span<const Cell> cells, std::span<const char> sounds,
                                               const MeterLaw& law, const PhraseRule& rule);

/// The power mean of the readings that sound in a range; silence when none does.
[[nodiscard]] Decibels sounding_level(std::span<const Cell> cells, std::span<const char> sounds,
                                      CellRange range);

}  // namespace kedge::measure
