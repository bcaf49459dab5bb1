#pragma once

#include "core/capabilities.hpp"
#include "core/mixer_state.hpp"
#include "measure/fresh_readings.hpp"
#include "measure/tape.hpp"

#include <vector>

/// Holding a short listen against the tape: is the tape still true, and where does each meter listen?
namespace kedge::engine {

/// One strip in the stretch both tapes heard. Levels are the loudest readings there.
struct StripDifference {
    StripId strip;
    Decibels
        promised;  ///< what the tape promises at today's trim and fader, if the meter listens after the fader
    Decibels heard;       ///< what the meter showed
    Decibels fader;       ///< where the fader stands today
    Decibels fader_then;  ///< where it stood when the tape was made
    [[nodiscard]] Decibels apart() const { return distance(promised, heard); }
};

/// Every strip that was clearly heard (above -50 dBFS) in `part` on either tape, the master left out. `heard`
/// was recorded with the trims and faders of `mixer`. What a meter only falls from does not count: the peak
/// before it may lie outside of what was listened to.
[[nodiscard]] std::vector<StripDifference> differences_from_tape(const measure::Tape& tape,
                                                                 const measure::Tape& heard, SongRange part,
                                                                 const MixerState& mixer,
                                                                 const MeterLaw& law);

/// The loudest peak of a strip in a stretch, guessed from its readings; silence when it was not heard there.
[[nodiscard]] measure::TruePeak peak_in(const measure::Tape& tape, StripId strip, SongRange part,
                                        const MeterLaw& law);

/// Two readings of one sound differ by up to a tick of fall-off, by where the ticks fell: less than this says
/// nothing.
[[nodiscard]] Decibels comparison_limit(const MeterLaw& law, Decibels worth_a_move);

/// The source is louder than the tape says by this much.
struct StripShift {
    StripId strip;
    Decibels by;
};

/// What explains the differences.
struct Correction {
    std::vector<StripId> before_fader;  ///< the meter listens before the fader
    std::vector<StripShift> shifts;
    [[nodiscard]] bool empty() const { return before_fader.empty() && shifts.empty(); }
};

/// Differences beyond `limit`, each explained: a difference as large as the fader's move since the tape is a
/// meter before the fader; any other a shift of the source.
[[nodiscard]] Correction explain(const std::vector<StripDifference>& differences, Decibels limit);

/// The tape with a correction worked in.
[[nodiscard]] measure::Tape corrected(const measure::Tape& tape, const Correction& correction);

}  // namespace kedge::engine
