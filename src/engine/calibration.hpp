#pragma once

#include "core/capabilities.hpp"
#include "core/mixer_state.hpp"
#include "measure/fresh_readings.hpp"
#include "measure/tape.hpp"

#include <optional>
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
    Decibels read_then;   ///< what the meter showed when the tape was made

    // Of a meter that shows steps:
    Decibels promised_within{};        ///< so far to either side of the promise may it have been
    Decibels heard_within{};           ///< likewise of what was heard
    bool promised_open_above = false;  ///< or any higher: read in the meter's last step
    bool heard_open_above = false;

    [[nodiscard]] Decibels apart() const { return distance(promised, heard); }
    /// Further apart than `limit` wherever in their steps they were.
    [[nodiscard]] bool surely_apart(Decibels limit) const;
    /// Where a strip is that both readings speak of: in the promised step, and in the one heard. Nothing when
    /// that is nowhere.
    [[nodiscard]] std::optional<LevelRange> in_both() const;
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
/// nothing, wherever in their steps they were (StripDifference::surely_apart).
[[nodiscard]] Decibels comparison_limit(const MeterLaw& law, Decibels worth_a_move);

/// The source is louder than the tape says by this much.
struct StripShift {
    StripId strip;
    Decibels by;
};

/// How well a strip is known by now: its peaks lie so far to either side of what is believed.
struct StripKnown {
    StripId strip;
    Decibels within;
};

/// What explains the differences.
struct Correction {
    std::vector<StripId> before_fader;  ///< the meter listens before the fader
    std::vector<StripShift> shifts;
    std::vector<StripShift> seen_closer;  ///< within the steps that were read then and now: no other sound
    std::vector<StripKnown> known;        ///< better than by the tape alone, of a meter that shows steps
    [[nodiscard]] bool empty() const { return before_fader.empty() && shifts.empty() && seen_closer.empty(); }
};

/// Differences surely beyond `limit`, each explained: a difference as large as the fader's move since the
/// tape is a meter before the fader; any other a shift of the source. Of a meter that shows steps two
/// readings on either side of a move tell more than each of them: a strip is believed in the middle of what
/// both say.
[[nodiscard]] Correction explain(const std::vector<StripDifference>& differences, Decibels limit);

/// The tape with a correction worked in.
[[nodiscard]] measure::Tape corrected(const measure::Tape& tape, const Correction& correction);

}  // namespace kedge::engine
