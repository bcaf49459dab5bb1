#pragma once

#include "banked/daw_profile.hpp"
#include "core/capabilities.hpp"
#include "core/decibels.hpp"
#include "core/strip_label.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>

namespace kedge::banked {

/// What a session is told of the DAW, since the wire does not tell it.
struct BankedSetup {
    FaderScale scale{FaderCurve::ardour};
    bool nominal_scale = false;  ///< it says nothing of the DAW, whose own is not known
    /// The DAW reads so many of a position's 14 bits, the highest.
    int fader_bits = 14;
    /// A pan stands as a text beneath its strip's name when a bank is shown, in shares of both sides, and a
    /// knob goes so many ticks from one end to the other. nullopt: pans are not known.
    std::optional<int> pan_ticks;
    LastBank last_bank = LastBank::partial;
    BankStep bank_step = BankStep::whole_surface;  ///< where it is unknown the labels tell
    StripLabels labels;
    ButtonUse to_start;
    std::optional<MeterSteps> meter_steps;  ///< nullopt: no meters
    /// The DAW tells rises alone: what is shown falls here, as the law has it.
    bool meters_fall_here = false;
    MeterLaw meter;  ///< its steps are those of `meter_steps`
    Decibels fader_top;
    int frames_a_second = 30;  ///< of the time display
    std::string session_name;  ///< in the journal; the wire does not tell it

    /// After a bank button the DAW needs so long to begin, and between what it then writes, at most.
    Duration until_bank_moves = std::chrono::milliseconds(500);
    Duration until_bank_rests = std::chrono::milliseconds(90);
    /// What was sent less than this before strips turned out to have changed places may have met another.
    Duration crossing_memory = std::chrono::seconds(1);
};

}  // namespace kedge::banked
