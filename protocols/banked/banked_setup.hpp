#pragma once

#include "core/capabilities.hpp"
#include "core/decibels.hpp"
#include "core/fader_scale.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kedge::banked {

/// What the last window shows when its strips do not fill it.
enum class LastBank : std::uint8_t {
    partial,      ///< blank slots behind the last strip
    overlapping,  ///< strips of the window before, so that all slots are full
};

/// How the DAW's playhead is sent to the start of the song.
enum class WayToStart : std::uint8_t { none, return_to_zero, shift_rewind, stop_twice };

/// What a session is told of the DAW, since the wire does not tell it.
struct BankedSetup {
    FaderScale scale;
    /// The DAW reads so many of a position's 14 bits, the highest.
    int fader_bits = 14;
    LastBank last_bank = LastBank::partial;
    WayToStart to_start = WayToStart::none;
    /// The lowest level that each step of a meter stands for, step 1 first, rising.
    std::vector<Decibels> meter_steps;
    MeterLaw meter;
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
