#pragma once

#include "mackie/buttons.hpp"
#include "mackie/handshake.hpp"
#include "mackie/unit_words.hpp"
#include "mackie/vpots.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// What a unit says to a host (the DAW). Each is equal to another that says the same.
namespace kedge::mackie {

// --- handshake

/// Said when a unit is turned on, and to a DeviceQuery.
struct ConnectionQuery {
    Serial serial;
    Challenge challenge;
    bool operator==(const ConnectionQuery&) const = default;
};
struct ConnectionConfirmed {
    Serial serial;
    bool operator==(const ConnectionConfirmed&) const = default;
};
/// The response was wrong: the unit shows a message and takes nothing more of this host.
struct ConnectionRefused {
    Serial serial;
    bool operator==(const ConnectionRefused&) const = default;
};
/// Five characters, such as "V3.01".
class FirmwareVersion {
  public:
    static constexpr int length = 5;
    FirmwareVersion() : FirmwareVersion(std::string_view()) {}
    /// What is longer is cut, what is shorter filled with blanks; not printable ASCII is a question mark.
    explicit FirmwareVersion(std::string_view text);
    explicit FirmwareVersion(const std::array<midi::Data7, length>& characters) : characters_(characters) {}
    [[nodiscard]] const std::array<midi::Data7, length>& characters() const { return characters_; }
    [[nodiscard]] std::string ascii() const;
    bool operator==(const FirmwareVersion&) const = default;

  private:
    std::array<midi::Data7, length> characters_;
};
/// What an X-Touch in its Xctl mode says every two seconds.
struct XctlHello {
    bool operator==(const XctlHello&) const = default;
};

// --- hands on the unit

struct FaderMoved {
    Fader fader;
    FaderPosition position;
    bool operator==(const FaderMoved&) const = default;
};
struct FaderTouched {
    Fader fader;
    bool touched = false;
    bool operator==(const FaderTouched&) const = default;
};
struct VPotTurned {
    Slot slot;
    Ticks ticks;
    bool operator==(const VPotTurned&) const = default;
};
struct JogTurned {
    Ticks ticks;
    bool operator==(const JogTurned&) const = default;
};
/// The pedal's position, 127 all the way down.
struct PedalMoved {
    midi::Data7 position;
    bool operator==(const PedalMoved&) const = default;
};
struct ButtonMoved {
    Button button;
    bool pressed = false;
    bool operator==(const ButtonMoved&) const = default;
};

using DeviceMessage =
    std::variant<ConnectionQuery, ConnectionConfirmed, ConnectionRefused, FirmwareVersion, XctlHello,
                 FaderMoved, FaderTouched, VPotTurned, JogTurned, PedalMoved, ButtonMoved>;

/// A message of a unit and what it says it is; MIDI messages that are no SysEx do not say it, and the port
/// tells whose they are.
struct FromDevice {
    DeviceMessage message;
    std::optional<Model> from;
    bool operator==(const FromDevice&) const = default;
};

}  // namespace kedge::mackie
