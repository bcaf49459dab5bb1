#pragma once

#include "core/strip.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>

/// How patient the REAPER session is, and the bounds of what it believes. Only for this folder's own files.
namespace kedge::reaper {

// REAPER hears its network within 6 to 22 ms, applies what came at about 30 Hz, and sends at most a hundred
// packets a second.
inline constexpr Duration greeting_patience = std::chrono::milliseconds(2'500);
inline constexpr Duration greeting_period = std::chrono::milliseconds(500);
// Something is heard, but no count of tracks: asked this often, then the bank is searched for the end.
inline constexpr int most_count_questions = 3;
// A surface that was just set up tells its whole bank: full packets, 10 ms apart.
inline constexpr std::size_t full_packet = 700;
inline constexpr Duration busy_wire = std::chrono::milliseconds(300);
// To a connection that stands it tells as much when it is refreshed: answers come behind that.
inline constexpr Duration flood_pause = std::chrono::milliseconds(60);
inline constexpr Duration longest_burst = std::chrono::seconds(5);
// Between packets of one refresh lie 10 ms: this long without a new value means that it is over.
inline constexpr Duration quiet = std::chrono::milliseconds(120);
inline constexpr Duration round_patience = std::chrono::milliseconds(300);
// Rounds for missing values that brought none.
inline constexpr int most_vain_rounds = 8;
// A dialog of REAPER's holds up its surfaces; nothing else does for so long.
inline constexpr Duration silence_means_lost = std::chrono::milliseconds(4'000);
inline constexpr Duration silence_before_asking = std::chrono::milliseconds(1'500);
inline constexpr Duration asking_period = std::chrono::milliseconds(400);
inline constexpr Duration retry_period = std::chrono::seconds(1);

// A batch of questions whose answers have not come by then is taken for lost.
inline constexpr Duration batch_patience = std::chrono::milliseconds(200);
inline constexpr Duration batch_patience_for_each = std::chrono::microseconds(1'500);
inline constexpr Duration between_batches = std::chrono::milliseconds(15);
// 41743 makes REAPER send everything: some 15 messages of 32 bytes for each track, 10 ms a packet.
inline constexpr Duration between_refreshes = std::chrono::milliseconds(150);
inline constexpr Duration between_refreshes_for_each_track = std::chrono::milliseconds(6);
inline constexpr int most_vain_batches = 3;
inline constexpr std::size_t questions_a_batch = 128;
inline constexpr int verifications = 4;

// While REAPER sends a burst it does not listen: a socket holds some 270 small datagrams meanwhile.
inline constexpr std::size_t longest_datagram = 1'024;
inline constexpr std::size_t datagrams_at_once = 8;
inline constexpr Duration between_datagrams = std::chrono::milliseconds(10);

// The position is told 15 times a second, when it changed.
inline constexpr Duration end_search_patience = std::chrono::milliseconds(400);
inline constexpr int end_search_tries = 3;

inline constexpr Duration loop_patience = std::chrono::milliseconds(400);
inline constexpr int most_loop_tries = 3;

// The master's mute and mode are told only when they are asked for.
inline constexpr Duration master_patience = std::chrono::milliseconds(600);
inline constexpr Duration between_looks_at_master = std::chrono::seconds(10);

// What was selected is selected again once nothing was set for this long.
inline constexpr Duration selection_rest = std::chrono::seconds(1);
// A value sent before REAPER's numbers changed may meet the new ones.
inline constexpr Duration set_memory = std::chrono::seconds(2);
inline constexpr std::size_t most_recent_sets = 20'000;

// Positions behind the last track in the bank: a new track is heard of there.
inline constexpr int spare_places = 8;
inline constexpr int first_scan = 64;
// REAPER keeps no touch beyond this track, and nobody has so many.
inline constexpr int most_tracks = 2'047;
// Markers and regions: asked for more where all places are taken.
inline constexpr int first_places = 128;
inline constexpr int most_places = 1'024;
inline constexpr Duration places_patience = std::chrono::seconds(1);
inline constexpr int most_places_tries = 3;
inline constexpr std::size_t most_place_questions = 400;
// More than any project has: REAPER goes to the last track instead, and tells its number.
inline constexpr std::int32_t beyond_every_track = 1'000'000;
// Beyond any fader or song.
inline constexpr double most_db = 100.0;
inline constexpr double most_seconds = 1e7;
inline constexpr double highest_gain = 100.0;

// The companion script answers at REAPER's next turn, unless a dialog of REAPER's is open.
inline constexpr Duration script_patience = std::chrono::milliseconds(1'500);
inline constexpr Duration patience_for_each_point = std::chrono::microseconds(200);
inline constexpr Duration longest_script_patience = std::chrono::seconds(20);
inline constexpr int most_script_calls = 3;
// While it connects; without an answer the project has no name.
inline constexpr Duration greeting_script_patience = std::chrono::milliseconds(1'000);
inline constexpr int most_greeting_calls = 3;
// Before version 7 REAPER asks its user about a script that is started twice within a thirtieth of a second.
inline constexpr Duration between_script_calls = std::chrono::milliseconds(200);
// Times that the script may tell other tracks than REAPER does over OSC, before that is how it is.
inline constexpr int most_other_tracks_told = 3;
// The script takes no more.
inline constexpr std::size_t longest_undo_name = 200;

// Actions of REAPER's main section.
inline constexpr std::int32_t action_refresh_surfaces = 41'743;
inline constexpr std::int32_t action_unselect_tracks = 40'297;
inline constexpr std::int32_t action_go_to_end = 40'043;
inline constexpr std::int32_t action_save = 40'026;
inline constexpr std::int32_t action_play = 1'007;
inline constexpr std::int32_t action_stop = 1'016;

inline constexpr std::size_t index(Control control) {
    return static_cast<std::size_t>(control);
}

}  // namespace kedge::reaper
