#pragma once

#include "core/role.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

/// What a control may be the hand for.
namespace kedge::control {

// --- which strip

/// The strip under this place of the view, from 0.
struct AtPlace {
    std::size_t place = 0;
    bool operator==(const AtPlace&) const = default;
};
/// The strip of this name, whatever is in view.
struct ByName {
    std::string name;
    bool operator==(const ByName&) const = default;
};
struct TheSelected {
    bool operator==(const TheSelected&) const = default;
};
struct TheMaster {
    bool operator==(const TheMaster&) const = default;
};
using WhichStrip = std::variant<AtPlace, ByName, TheSelected, TheMaster>;

// --- what of it

/// A suggestion is shown by lights and rings; a press accepts it. `pickup` is a light alone: whether the
/// fader stands elsewhere than the control without a motor that is the hand for it.
enum class StripPart : std::uint8_t { fader, pan, trim, mute, solo, select, ride_depth, suggestion, pickup };

struct PartOfStrip {
    WhichStrip strip;
    StripPart part = StripPart::fader;
    bool operator==(const PartOfStrip&) const = default;
};
/// All strips of a role at once: levels move by the same number of dB, mutes and solos are set alike.
struct PartOfRole {
    Role role = Role::other;
    StripPart part = StripPart::fader;
    bool operator==(const PartOfRole&) const = default;
};

// --- what is in view

/// To the right above 0. By whole banks, or by so many strips.
struct MoveView {
    int by = 0;
    bool banks = true;
    bool operator==(const MoveView&) const = default;
};
struct ToPage {
    std::string page;
    bool operator==(const ToPage&) const = default;
};

// --- the song

enum class TransportKey : std::uint8_t { play, stop, play_or_stop, to_start, loop };
/// One marker on above 0, one back below.
struct ToMarker {
    int by = 1;
    bool operator==(const ToMarker&) const = default;
};

// --- the controller itself

/// While it is pressed, encoders go by fine ticks.
struct FineWhileHeld {
    bool operator==(const FineWhileHeld&) const = default;
};

// --- kedge

enum class KedgeKey : std::uint8_t { listen, mix, a_b, revert, accept, reject, ride };

using Target =
    std::variant<PartOfStrip, PartOfRole, MoveView, ToPage, TransportKey, ToMarker, FineWhileHeld, KedgeKey>;

}  // namespace kedge::control
