#pragma once

#include "core/strip.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>

/// What the Ardour session asks for, how patient it is, and the bounds of what it believes. Only for this
/// folder's own files.
namespace kedge::ardour {

// strip_types: audio and MIDI tracks, audio and MIDI buses, VCAs, master, and the hidden ones.
inline constexpr std::int32_t wanted_types = 1 + 2 + 4 + 8 + 16 + 32 + 512;
// feedback: buttons, values, numbers in paths, heartbeat, master and transport, bars and beats, meters in dB,
// samples, /reply.
inline constexpr std::int32_t wanted_feedback = 1 + 2 + 4 + 8 + 16 + 32 + 128 + 1024 + 16384;
// Until the list is in, only /reply. Whenever Ardour 7.3 tells a surface everything anew, it puts new
// observers in the place of the old; while a mixer moves (automation plays, a hand is on it) the old ones
// still have changes to tell, and Ardour crashes. /set_surface does that once within itself, and each list
// once more; a feedback turned on alone, after the list, never.
inline constexpr std::int32_t listing_feedback = 16384;

inline constexpr Duration greeting_patience = std::chrono::milliseconds(2'500);
inline constexpr Duration greeting_period = std::chrono::milliseconds(700);
// A large session answers with thousands of datagrams in up to three seconds: quiet this long means the burst
// is over.
inline constexpr Duration quiet = std::chrono::milliseconds(200);
// A burst that does not end, for whatever reason, has had time enough after this.
inline constexpr Duration burst_patience = std::chrono::seconds(4);
inline constexpr Duration list_patience = std::chrono::milliseconds(1'500);
// A list with holes is asked for again at once, from the `most_asks`th question on every `list_patience`:
// whoever tells any of it is worth this much waiting.
inline constexpr Duration listing_patience = std::chrono::seconds(10);
inline constexpr Duration query_patience = std::chrono::milliseconds(250);
inline constexpr int most_asks = 4;
// A burst that was lost whole is asked for in portions, lest the answers overflow the socket as well.
inline constexpr std::size_t questions_a_wake = 64;
inline constexpr Duration between_portions = std::chrono::milliseconds(5);
// The heartbeat comes about once a second, and one may be lost.
inline constexpr Duration silence_after_questions = std::chrono::milliseconds(2'200);
inline constexpr Duration silence_means_lost = std::chrono::milliseconds(2'900);
// Two heartbeats are overdue: it is asked for a sign, again and again until it is taken for lost.
inline constexpr Duration silence_before_asking = std::chrono::milliseconds(1'600);
inline constexpr Duration asking_period = std::chrono::milliseconds(250);
// While commands are sent it is asked sooner and more often, so that few of them are held back.
inline constexpr Duration sign_wears_thin = std::chrono::milliseconds(300);
inline constexpr Duration between_signs_asked = std::chrono::milliseconds(50);
// Without a sign for this long, somebody else may be listening: another session closes and opens in more.
inline constexpr Duration sign_is_good_for = std::chrono::milliseconds(1'200);
// Ardour 7.3 crashes when a surface leaves whose observers still have changed values to tell (a crash was
// seen after 2 of 2 passes with no pause, none after 28 with a quarter of a second; while automation played
// on 17 faders, after some 50 goodbyes). Where a mixer moves without end no goodbye is said: Ardour talks to
// a closed port until its session ends, and lives.
inline constexpr Duration goodbye_after_change = std::chrono::milliseconds(300);
inline constexpr Duration retry_period = std::chrono::seconds(1);
// A value sent before the DAW changed its numbers may meet the new ones: it tells of them a tick later, a
// busy one later still.
inline constexpr Duration set_memory = std::chrono::seconds(2);
inline constexpr std::size_t most_recent_sets = 20'000;
// The companion script answers within milliseconds, unless Ardour's window is busy.
inline constexpr Duration companion_patience = std::chrono::milliseconds(1'500);
inline constexpr Duration longest_write = std::chrono::seconds(60);
inline constexpr int most_companion_calls = 3;
inline constexpr std::int32_t most_strips = 5'000;
inline constexpr int most_channels = 1'000;
// Beyond any gain, trim or meter of a DAW.
inline constexpr double most_db = 100.0;
inline constexpr double most_samples = 1e13;

inline constexpr std::size_t index(Control control) {
    return static_cast<std::size_t>(control);
}

}  // namespace kedge::ardour
