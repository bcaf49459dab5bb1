#pragma once

#include "core/decibels.hpp"
#include "core/time.hpp"
#include "reaper/pattern_file.hpp"
#include "sim/datagram.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace kedge::sim {

/// How REAPER and its OSC surface are set up, REAPER's defaults where it has some.
struct ReaperSettings {
    reaper::PatternFile patterns{};
    Peer feedback_to{0x7F000001, 9000};
    /// The mode "Local port": whoever spoke last is told, nobody before.
    bool to_last_sender = false;
    std::size_t longest_packet = 1024;  ///< "outgoing max packet size", bytes
    Duration packet_wait = std::chrono::milliseconds(10);
    LevelRange meters{Decibels(-62.0), Decibels(6.0)};  ///< what 0 and 1 of a VU are, in the preferences
    int updates_a_second = 15;                          ///< of time and meters; at least 1
    Decibels meter_fall_a_second{120.0};
    bool stops_at_end = true;  ///< "stop playback at end of project"
    bool companion = false;    ///< has kedge's script, under every name that begins with "_RS"
};

/// A marker, or with an end a region. Its number is the user's, not its place in the timeline.
struct ReaperMarker {
    int number = 0;
    std::string name;
    SongTime at;
    std::optional<SongTime> end{};
};

}  // namespace kedge::sim
