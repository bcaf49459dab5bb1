#pragma once

#include "core/decibels.hpp"
#include "core/pan.hpp"
#include "core/time.hpp"
#include "sim/reaper_feedback.hpp"
#include "sim/song.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// REAPER's numbers and texts as the simulated one writes and reads them. Written apart from the session in
/// protocols/reaper, so that a mistake there is not repeated here.
namespace kedge::sim {

/// "0.00dB", "-6.02dB", "+10.0dB": three digits, always signed but for exactly 0; "-inf dB" below 2^-25.
[[nodiscard]] std::string volume_text(Decibels level);
/// "C", "25%L", "100%R": whole percents, cut off; below one percent with a tenth.
[[nodiscard]] std::string pan_text(Pan pan);
/// "0:03.500", "1:02:05.250", cut off.
[[nodiscard]] std::string time_text(SongTime at);
/// "2.4.00": bar, beat and hundredths of a beat, rounded.
[[nodiscard]] std::string beat_text(SongTime at, Tempo tempo);
/// "00:00:03:15", at 30 frames a second.
[[nodiscard]] std::string frame_text(SongTime at);

/// Level in dB, the fader's position, and as a text. REAPER has no level below -150 dB.
[[nodiscard]] ReaperValue volume_value(Decibels level);
/// 0 is left, 1 is right.
[[nodiscard]] ReaperValue pan_value(Pan pan);
/// -1 to 1 as 0 to 1, and as "100W".
[[nodiscard]] ReaperValue width_value(double width);

/// The number that a text begins with, as C reads it: "-6.02dB" is -6.02, "-inf" is minus infinity, "Kick"
/// is 0.
[[nodiscard]] double leading_number(std::string_view text);
/// A time in REAPER's spelling: "1:02:05.250", "65.5".
[[nodiscard]] SongTime time_from_text(std::string_view text);
/// "3.2.50": bar, beat and hundredths; from the right it may end early.
[[nodiscard]] SongTime time_from_beats(std::string_view text, Tempo tempo);
/// "00:00:03:15", at 30 frames a second.
[[nodiscard]] SongTime time_from_frames(std::string_view text);

}  // namespace kedge::sim
