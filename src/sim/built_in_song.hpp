#pragma once

#include "core/decibels.hpp"
#include "sim/song.hpp"

#include <cstdint>

namespace kedge::sim {

/// A song made by the program: 32 s at 120 bpm, 19 strips with the names engineers type (one of them nobody's
/// instrument, one silent), verse and chorus, a sung-like lead vocal with uneven phrases. The music is always
/// the same; `seed` only scrambles the levels, each stem by up to `scramble` either way, never above -1 dBFS.
[[nodiscard]] Song built_in_song(std::uint32_t seed, Decibels scramble = Decibels(12.0));

/// `count` strips that share one short stem: for large mixers.
[[nodiscard]] Song many_strips_song(int count);

/// The song with so many tracks, 0 for those that it has: its first ones, or all, and then some of them again
/// under other names ("Keys 2").
[[nodiscard]] Song with_tracks(Song song, int tracks);

}  // namespace kedge::sim
