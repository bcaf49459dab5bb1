#pragma once

#include "hui/display_text.hpp"
#include "hui/meters.hpp"
#include "hui/switches.hpp"
#include "hui/time_display.hpp"
#include "hui/unit_words.hpp"
#include "hui/vpots.hpp"

#include <variant>
#include <vector>

namespace kedge::hui {

// --- to a HUI

/// About once a second; a HUI that hears none for 2 s goes off-line.
struct Ping {
    bool operator==(const Ping&) const = default;
};
/// Lights a switch's LED or puts it out; relays, click and beep are set likewise.
struct SetLamp {
    Unit unit;
    Switch lamp;
    bool on = false;
    bool operator==(const SetLamp&) const = default;
};
/// Nothing for a fader that is touched: the motor would fight the finger.
struct MoveFader {
    Unit unit;
    Fader fader;
    FaderPosition position;
    bool operator==(const MoveFader&) const = default;
};
struct ShowRing {
    Unit unit;
    Ring ring;
    RingLook look;
    bool operator==(const ShowRing&) const = default;
};
struct ShowMeter {
    Slot slot;
    Side side = Side::left;
    MeterStep step;
    bool operator==(const ShowMeter&) const = default;
};
struct ShowLabel {
    SmallDisplay display;
    Label label;
    bool operator==(const ShowLabel&) const = default;
};
/// Some zones of the main display; the others stay.
struct ShowText {
    struct Cell {
        TextZone zone;
        ZoneText text;  ///< no code below `first_main_code`
        bool operator==(const Cell&) const = default;
    };
    /// So many in one message are known to work; more are written as several messages.
    static constexpr std::size_t most_at_once = 4;

    std::vector<Cell> cells;
    bool operator==(const ShowText&) const = default;
};

using ToHui = std::variant<Ping, SetLamp, MoveFader, ShowRing, ShowMeter, ShowLabel, ShowText, ShowTime>;

// --- from a HUI

struct PingReply {
    bool operator==(const PingReply&) const = default;
};
/// Pressed or let go; a fader is touched so too.
struct SwitchMoved {
    Unit unit;
    Switch which;
    bool pressed = false;
    bool operator==(const SwitchMoved&) const = default;
};
struct FaderMoved {
    Unit unit;
    Fader fader;
    FaderPosition position;
    bool operator==(const FaderMoved&) const = default;
};
struct VPotTurned {
    Unit unit;
    VPot vpot;
    Turn turn;
    bool operator==(const VPotTurned&) const = default;
};
struct JogTurned {
    Unit unit;
    JogTurn turn;
    bool operator==(const JogTurned&) const = default;
};
/// It was turned on or off; may be said several times.
struct PowerTurned {
    bool operator==(const PowerTurned&) const = default;
};

using FromHui = std::variant<PingReply, SwitchMoved, FaderMoved, VPotTurned, JogTurned, PowerTurned>;

}  // namespace kedge::hui
