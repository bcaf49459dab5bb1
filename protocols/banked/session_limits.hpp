#pragma once

#include "core/time.hpp"

#include <cstddef>

/// Patience of a BankedSession. Only for this folder's own files.
namespace kedge::banked {

inline constexpr Duration look_soon = std::chrono::milliseconds(15);
inline constexpr Duration look_later = std::chrono::milliseconds(200);
/// A host that is there writes on the displays soon after it was greeted.
inline constexpr Duration greeting_patience = std::chrono::seconds(1);
inline constexpr Duration greeting_rest = std::chrono::milliseconds(200);
inline constexpr int greetings_before_lost = 6;
/// A fader is held a moment longer than its value takes to arrive.
inline constexpr Duration hold = std::chrono::milliseconds(60);
/// A display has said all of a fader once nothing was written for so long; one that says nothing new, or
/// nothing, has had the time to.
inline constexpr Duration text_rest = std::chrono::milliseconds(120);
inline constexpr Duration text_patience = std::chrono::milliseconds(600);
inline constexpr int most_turns_more = 3;
inline constexpr int most_vain_presses = 3;
/// A DAW computes positions, and tells them so far off at most.
inline constexpr int position_rounding = 2;
/// Who sets or asks something waits so long at least, and longer for each window that others' come before.
inline constexpr Duration shortest_patience = std::chrono::seconds(2);
inline constexpr Duration patience_a_window = std::chrono::milliseconds(300);
/// Digits of one time follow each other without a pause; the next time comes 40 ms later at the soonest.
inline constexpr Duration clock_rest = std::chrono::milliseconds(8);
inline constexpr int most_format_presses = 3;
inline constexpr std::size_t slots_a_unit = 8;
inline constexpr std::size_t most_windows = 256;
inline constexpr std::size_t most_remembered = 512;

}  // namespace kedge::banked
