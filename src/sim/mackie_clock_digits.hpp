#pragma once

#include "core/time.hpp"
#include "sim/mackie_host_settings.hpp"
#include "sim/song.hpp"

#include <string>

namespace kedge::sim {

/// The ten characters of a Mackie Control's timecode display, from the left. REAPER leaves digits dark by the
/// code 0, which is '@' here.
[[nodiscard]] std::string mackie_clock_digits(SongTime at, const Song& song,
                                              const MackieHostSettings& settings);

/// What the key SMPTE/beats leads to.
[[nodiscard]] MackieHostSettings::Clock clock_after(MackieHostSettings::Clock shown,
                                                    MackieHostSettings::Digits digits);

}  // namespace kedge::sim
