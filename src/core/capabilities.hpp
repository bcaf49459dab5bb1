#pragma once

#include "core/decibels.hpp"
#include "core/meter_law.hpp"
#include "core/strip_label.hpp"
#include "core/time.hpp"

#include <optional>

namespace kedge {

/// Of a network, wireless too, no datagram is assumed to arrive later than this after it left.
inline constexpr Duration longest_detour_of_a_network = std::chrono::seconds(1);

/// Where a strip's meter listens.
enum class MeterPoint { unknown, before_fader, after_fader };

/// What a surface can do. Rules and runner ask this, never which DAW it is.
struct Capabilities {
    bool trim = false;      ///< strips have a trim before the inserts
    LevelRange trim_range;  ///< meaningful with trim
    Decibels fader_top;     ///< the highest a fader goes
    bool pan = false;
    bool turns_pans = false;      ///< a pan is sent as the way there, from wherever it stands
    bool counts_channels = true;  ///< how many channels a strip has is told
    bool meters = false;
    MeterLaw meter;
    MeterPoint meter_point = MeterPoint::unknown;  ///< what to assume until a verified move tells
    bool session_end = false;                      ///< the surface tells where the song ends
    bool finds_end = false;                        ///< or finds it when asked to, by moving the playhead
    bool locates = true;                           ///< the playhead goes anywhere; else only to the start
    bool markers = false;                          ///< markers can be gone to by number, and are named there
    bool loop = false;                             ///< whether the song loops is told, and can be switched
    bool bars = false;                             ///< the surface tells in which bar of the song it is
    /// Strips are known by labels alone, so wide and shortened so; nullopt: by their full names.
    std::optional<StripLabels> labels;
    bool read_back = false;     ///< a control can be asked for its value
    bool moves_others = false;  ///< a control may take those of its group along, untold
    bool touch = false;         ///< automation modes can be set, and a control be held and let go
    bool manual_plays = false;  ///< a fader's automation plays in manual mode too, and the fader adds to it
    bool fader_lines = false;   ///< a fader's automation can be read and written exactly, point by point
    bool fader_texts = false;   ///< a fader can be tried at a position: the DAW's display says its level
    /// At which levels faders stand is not known: a level is but another name for a position, good for
    /// putting a fader back and for nothing else.
    bool nominal_levels = false;
    /// What was sent first may arrive this much later than what was sent after it, and a second time; zero
    /// where everything arrives at most once and in order, as on this machine.
    Duration longest_detour{};
    /// A question or a value may wait so long for its turn: the surface shows some strips at a time.
    Duration longest_turn{};
    Decibels level_tolerance;    ///< read-back of a level is this exact
    double pan_tolerance = 0.0;  ///< read-back of a pan position is this exact (Pan units)
};

}  // namespace kedge
