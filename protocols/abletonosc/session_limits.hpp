#pragma once

#include "core/strip.hpp"
#include "core/time.hpp"

#include <cstddef>

/// What the session with AbletonOSC asks for, how patient it is, and the bounds of what it believes. Only for
/// this folder's own files.
namespace kedge::abletonosc {

// The script looks at what came in ten times a second, and takes all of it at once.
inline constexpr Duration script_tick = std::chrono::milliseconds(100);
// An error in one message leaves what came behind it for the next tick; and Live may be busy.
inline constexpr Duration answer_patience = std::chrono::milliseconds(400);
inline constexpr Duration greeting_patience = std::chrono::milliseconds(2'500);
inline constexpr Duration greeting_period = std::chrono::milliseconds(700);
inline constexpr Duration retry_period = std::chrono::seconds(1);
inline constexpr int most_asks = 6;
// Two of these portions may fall between two ticks: twice as many fit into the socket of the script, and its
// answers into ours.
inline constexpr std::size_t questions_a_tick = 64;
// Nothing tells that tracks came, went or moved: the list is asked for once a second, and more often while
// values are sent.
inline constexpr Duration list_period = std::chrono::seconds(1);
inline constexpr Duration list_wears_thin = std::chrono::milliseconds(250);
// With a list older than this, a number may be another track's by now: then nothing is sent.
inline constexpr Duration list_is_good_for = std::chrono::milliseconds(1'500);
// Live saves, loads and renders with its window frozen, and the script with it.
inline constexpr Duration silence_means_lost = std::chrono::milliseconds(3'500);
// A value that was sent before tracks moved may meet those that stand there afterwards.
inline constexpr Duration set_memory = std::chrono::seconds(2);
inline constexpr std::size_t most_recent_sets = 20'000;
// The answers of one tick leave the script at once; until they are all here no list is asked for.
inline constexpr Duration answers_gather = std::chrono::milliseconds(10);
// Values leave together that are set at the same moment, as many as go into one datagram of a network.
inline constexpr Duration sets_gather = std::chrono::milliseconds(2);
inline constexpr std::size_t most_sets_together = 12;
// No answer is later than this, and what a network adds to it.
inline constexpr Duration answer_memory = std::chrono::seconds(2);
// Beyond any song.
inline constexpr double most_beats = 1e7;
inline constexpr double slowest_tempo = 10.0;
inline constexpr double fastest_tempo = 2'000.0;

inline constexpr std::size_t index(Control control) {
    return static_cast<std::size_t>(control);
}

}  // namespace kedge::abletonosc
