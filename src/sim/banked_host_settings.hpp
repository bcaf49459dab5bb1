#pragma once

#include "core/strip_label.hpp"
#include "core/time.hpp"
#include "sim/audio_engine.hpp"
#include "sim/bank_window.hpp"
#include "sim/host_fader.hpp"
#include "sim/host_transport.hpp"
#include "sim/stepped_meter.hpp"
#include "sim/surface_painter.hpp"
#include "sim/value_line.hpp"

namespace kedge::sim {

/// What a DAW says of a fader that is moved on the surface.
enum class FaderEcho {
    at_once,      ///< each position comes back
    when_let_go,  ///< the last one, after the touch
    none,         ///< the surface is believed to know
};

/// In what DAWs with a banked surface differ, whatever the surface speaks.
struct BankedHostSettings {
    int units = 1;          ///< 1 to 4 of eight strips each
    int main_position = 0;  ///< extenders to the left of the main unit

    StripLabels labels{6, Shortening::cut};
    bool names_empty = false;  ///< a strip without a name shows its number, "  01  "

    BankRules banks{};
    Duration bank_lag{};   ///< from a press, or a change of the strip list, until repainting begins
    Duration sysex_gap{};  ///< silence before every SysEx
    RepaintOrder order = RepaintOrder::by_strip;
    Resaid resaid{};
    bool pans_on_bank = false;  ///< a bank's pans are shown as values for a while

    HostFader faders{};
    FaderEcho echo = FaderEcho::at_once;
    bool catches_up = true;  ///< what moved under a finger is said when it is let go
    /// Where no touch is ever told, a position counts as one for so long.
    Duration touched_by_moves = std::chrono::seconds(3);
    int ticks_across = 63;  ///< of a V-Pot, from one side to the other

    ValueRules values{};
    MeterRules meters{};
    MixerManner mixer{};
    TransportRules transport{};

    Duration turn = std::chrono::milliseconds(10);  ///< the DAW's main loop comes by
    bool hears_at_turns = false;                    ///< what came waits for it
    bool selects_one = true;                        ///< a select takes the selection from the others
    bool play_mode_is_deaf = false;                 ///< a fader that plays automation takes no values
    bool undo_takes_back = true;                    ///< what a surface did can be undone
};

}  // namespace kedge::sim
