#pragma once

#include "core/time.hpp"

/// How long what rolls a DAW waits for its transport. From the behaviour of a real Ardour.
namespace kedge::engine {

/// It took up to two seconds to start on a busy machine.
inline constexpr Duration transport_patience = std::chrono::seconds(3);
inline constexpr Duration stop_patience = std::chrono::seconds(1);
inline constexpr Duration locate_patience = std::chrono::milliseconds(400);
/// A few tries of a surface's own.
inline constexpr Duration find_end_patience = std::chrono::seconds(5);
/// From one end of a long mixer to the other, bank by bank.
inline constexpr Duration show_meters_patience = std::chrono::seconds(20);
/// How often it is told.
inline constexpr int transport_tries = 5;
/// A locate that came while it was still stopping was lost.
inline constexpr Duration rest_after_stop = std::chrono::milliseconds(150);
/// A position is reported every tick while it rolls: this long without one means that nothing rolls.
inline constexpr Duration stall_patience = std::chrono::seconds(3);
/// A rolling transport reports ten positions a second.
inline constexpr Duration stands_still = std::chrono::milliseconds(600);
inline constexpr Duration near_enough = std::chrono::milliseconds(60);

[[nodiscard]] inline bool is_near(SongTime a, SongTime b) {
    return std::chrono::abs(a - b) <= near_enough;
}

}  // namespace kedge::engine
