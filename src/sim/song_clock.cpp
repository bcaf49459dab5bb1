#include "sim/song_clock.hpp"

#include <cmath>

namespace kedge::sim {

namespace {

/// A place is kept in whole nanoseconds, and may be a little before the frame or beat that it is.
constexpr double nearly = 1e-6;

}  // namespace

ClockTime clock_time(SongTime at, int frame_rate) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(at.since_start());
    const double rest = std::chrono::duration<double>(at.since_start() - whole).count();
    const auto seconds = static_cast<int>(whole.count());
    return {seconds / 3600, seconds / 60 % 60, seconds % 60, static_cast<int>(rest * frame_rate + nearly),
            static_cast<int>(rest * 1000.0 + nearly)};
}

BeatTime beat_time(SongTime at, Tempo tempo, int parts_a_beat) {
    const double beats = at.seconds() * tempo.beats_a_minute / 60.0 + nearly;
    const auto whole = static_cast<int>(std::floor(beats));
    return {whole / tempo.beats_a_bar + 1, whole % tempo.beats_a_bar + 1,
            static_cast<int>((beats - whole) * parts_a_beat)};
}

}  // namespace kedge::sim
