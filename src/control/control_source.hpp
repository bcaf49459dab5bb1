#pragma once

#include "control/turn_encoding.hpp"
#include "midi/message.hpp"

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

/// What a controller has, and by which messages it says so.
namespace kedge::control {

// --- the messages

struct FromController {
    midi::Channel channel;
    midi::Data7 number;
    bool operator==(const FromController&) const = default;
};
/// Two controllers, the coarse one first; the fine one ends it.
struct FromTwoControllers {
    midi::Channel channel;
    midi::Data7 coarse;
    midi::Data7 fine;
    bool operator==(const FromTwoControllers&) const = default;
};
/// Data entry (6, and 38 where it is said to 14 bits) after 99 and 98.
struct FromNrpn {
    midi::Channel channel;
    midi::Data14 number;
    bool fine = true;  ///< 38 comes as well, and ends it
    bool operator==(const FromNrpn&) const = default;
};
struct FromPitchBend {
    midi::Channel channel;
    bool operator==(const FromPitchBend&) const = default;
};
struct FromNote {
    midi::Channel channel;
    midi::Data7 number;
    bool operator==(const FromNote&) const = default;
};
/// As the first FaderPort has its switches.
struct FromPolyPressure {
    midi::Channel channel;
    midi::Data7 number;
    bool operator==(const FromPolyPressure&) const = default;
};
/// No message of MIDI: the device has words of its own, which somebody else reads.
struct InOwnWords {
    bool operator==(const InOwnWords&) const = default;
};
using ControlSource = std::variant<FromController, FromTwoControllers, FromNrpn, FromPitchBend, FromNote,
                                   FromPolyPressure, InOwnWords>;

// --- what stands on the device

/// A fader or a pot, whose number is where it stands.
struct Absolute {
    int top = 127;  ///< the number at its upper end, from 1
    bool operator==(const Absolute&) const = default;
};
struct Encoder {
    TurnEncoding encoding = TurnEncoding::twos_complement;
    bool operator==(const Encoder&) const = default;
};
/// Down above 0.
struct Button {
    bool operator==(const Button&) const = default;
};
/// Fingers on a fader, or on the cap of another control.
struct TouchOf {
    std::string control;  ///< its name
    bool operator==(const TouchOf&) const = default;
};
using ControlMake = std::variant<Absolute, Encoder, Button, TouchOf>;

struct ControlSpec {
    std::string name;  ///< "fader 1", as people call it; no other has it
    ControlSource source;
    ControlMake make;
    bool operator==(const ControlSpec&) const = default;
};

}  // namespace kedge::control
