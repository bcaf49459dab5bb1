#pragma once

#include "core/time.hpp"
#include "sim/song.hpp"

#include <cstdint>

/// A place in the song as clocks of surfaces count it.
namespace kedge::sim {

struct ClockTime {
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    int frames = 0;
    int milliseconds = 0;
};
/// Cut off, never rounded up. `frame_rate`, frames a second, is above 0.
[[nodiscard]] ClockTime clock_time(SongTime at, int frame_rate);

/// Bars and beats are counted from 1.
struct BeatTime {
    int bar = 1;
    int beat = 1;
    int parts = 0;  ///< of the beat
};
[[nodiscard]] BeatTime beat_time(SongTime at, Tempo tempo, int parts_a_beat);

}  // namespace kedge::sim
