#pragma once

#include "control/control_target.hpp"
#include "core/decibels.hpp"
#include "core/fader_position.hpp"
#include "core/result.hpp"
#include "osc/osc.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What an app on a tablet says to kedge in OSC. The addresses are in the README.
namespace kedge::tablet {

/// Every address begins so.
inline constexpr std::string_view root = "/kedge/";
/// The answers to a message that is wrong, and to PingCall.
inline constexpr std::string_view error_address = "/kedge/error";
inline constexpr std::string_view pong_address = "/kedge/pong";
/// Strips that one tablet can have side by side.
inline constexpr std::size_t most_places = 64;
/// What silence is written as: apps read no infinity.
inline constexpr double silence_in_words = -193.0;

enum class Switch : bool { off = false, on = true };

/// A part of a strip, or of the strips of a role.
struct PartCall {
    std::string name;  ///< the address after "/kedge/", without "/db": "strip/3/fader"
    control::Target target;
    /// Where it is to go; nothing asks where it stands.
    std::variant<std::monostate, FaderPosition, Decibels, Switch> to;
    bool operator==(const PartCall&) const = default;
};
/// A finger came on a fader, a pan or a trim, or left it.
struct TouchCall {
    std::string name;  ///< of what is touched: "strip/3/fader"
    control::Target target;
    bool touched = true;
    bool operator==(const TouchCall&) const = default;
};
/// A button that sets something going. Up is nothing.
struct PressCall {
    control::Target target;
    bool down = true;
    bool operator==(const PressCall&) const = default;
};
/// The bank of this number is to be in view, from 1.
struct BankCall {
    std::size_t number = 1;
    bool operator==(const BankCall&) const = default;
};
/// So many strips side by side, from 1 to most_places.
struct PlacesCall {
    std::size_t places = 8;
    bool operator==(const PlacesCall&) const = default;
};
/// Tell me everything, and from now on what changes.
struct HelloCall {
    std::optional<std::uint16_t> port;  ///< where to; nullopt: where this came from
    bool operator==(const HelloCall&) const = default;
};
struct PingCall {
    bool operator==(const PingCall&) const = default;
};
struct ByeCall {
    bool operator==(const ByeCall&) const = default;
};
using TabletCall =
    std::variant<PartCall, TouchCall, PressCall, BankCall, PlacesCall, HelloCall, PingCall, ByeCall>;

/// A usage error says what is wrong with the message, and what may be sent instead.
[[nodiscard]] Result<TabletCall> read_call(const osc::Message& message);

/// All messages of a datagram, in their order; what is no OSC is an error at its end. kedge's own answers are
/// left out: two that answer each other would never end.
[[nodiscard]] std::vector<Result<TabletCall>> read_calls(std::span<const std::byte> datagram);

/// What a name is the hand for: "strip/3/fader", "name/Lead%20Vox/mute". A usage error says what it is not.
[[nodiscard]] Result<control::Target> target_of(std::string_view name);

/// Whether a part goes any way between two ends; else it is on or off.
[[nodiscard]] bool is_continuous(control::StripPart part);
/// Whether a part is a level, which can be said in decibels too.
[[nodiscard]] bool is_level(control::StripPart part);

}  // namespace kedge::tablet
