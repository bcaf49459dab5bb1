#pragma once

#include "mackie/buttons.hpp"
#include "mackie/handshake.hpp"
#include "mackie/lcd.hpp"
#include "mackie/meters.hpp"
#include "mackie/segments.hpp"
#include "mackie/unit_words.hpp"
#include "mackie/vpots.hpp"

#include <array>
#include <cassert>
#include <compare>
#include <cstdint>
#include <optional>
#include <variant>

/// What a host (the DAW) says to a unit. Each is equal to another that says the same.
namespace kedge::mackie {

// --- handshake

/// Who are you? Also what keeps an X-Touch in its Xctl mode awake.
struct DeviceQuery {
    bool operator==(const DeviceQuery&) const = default;
};
struct ConnectionReply {
    Serial serial;
    Response response;
    bool operator==(const ConnectionReply&) const = default;
};
struct VersionRequest {
    bool operator==(const VersionRequest&) const = default;
};

// --- the whole unit

/// There are two commands to reset a unit; hosts that leave send the first.
struct Reset {
    enum class Command : std::uint8_t { with_argument = 0x08, plain = 0x63 };
    Command command = Command::plain;
    bool operator==(const Reset&) const = default;
};
struct RecalibrateFaders {
    bool operator==(const RecalibrateFaders&) const = default;
};
struct FadersToMinimum {
    bool operator==(const FadersToMinimum&) const = default;
};
struct LedsOff {
    bool operator==(const LedsOff&) const = default;
};
/// Only a Logic Control understands it.
struct GoOffline {
    bool operator==(const GoOffline&) const = default;
};
/// The click of the transport buttons. Ardour sends it for the LCD's backlight.
struct SetTransportClick {
    bool on = false;
    bool operator==(const SetTransportClick&) const = default;
};
/// The LCD's light goes out after so many minutes; 0 is never.
struct SetBacklightSaver {
    midi::Data7 minutes;
    bool operator==(const SetBacklightSaver&) const = default;
};

// --- faders and V-Pots

/// Where the host's fader stands; it is said of a fader that is moved on the unit too, or the motor would
/// pull it back.
struct MoveFader {
    Fader fader;
    FaderPosition position;
    bool operator==(const MoveFader&) const = default;
};
/// Whether faders say where they are when nobody touches them.
struct SetTouchlessFaders {
    bool on = false;
    bool operator==(const SetTouchlessFaders&) const = default;
};
/// How easily a fader takes itself for touched.
class TouchSensitivity {
  public:
    static constexpr int top = 5;
    constexpr TouchSensitivity() = default;
    /// From 0 to 5.
    explicit constexpr TouchSensitivity(int level) : level_(static_cast<std::uint8_t>(level)) {
        assert(level >= 0 && level <= top);
    }
    [[nodiscard]] constexpr int level() const { return level_; }
    constexpr auto operator<=>(const TouchSensitivity&) const = default;

  private:
    std::uint8_t level_ = 3;
};
struct SetTouchSensitivity {
    Fader fader;
    TouchSensitivity sensitivity;
    bool operator==(const SetTouchSensitivity&) const = default;
};
struct SetRing {
    Slot slot;
    Ring ring;
    bool operator==(const SetRing&) const = default;
};

// --- LEDs and the click

struct SetLed {
    Button button;
    Led led = Led::off;
    bool operator==(const SetLed&) const = default;
};
struct SetIndicator {
    Indicator indicator = Indicator::smpte;
    Led led = Led::off;
    bool operator==(const SetIndicator&) const = default;
};
/// The relay clicks.
struct RelayClick {
    bool on = false;
    bool operator==(const RelayClick&) const = default;
};

// --- meters

/// A meter has risen to this level; it falls by itself.
struct ShowLevel {
    Slot slot;
    MeterLevel level;
    bool operator==(const ShowLevel&) const = default;
};
/// The LED on top of a meter, which stays.
struct SetOverload {
    Slot slot;
    bool on = false;
    bool operator==(const SetOverload&) const = default;
};
/// A meter beside those of the slots, by its number: the master's, which QCon surfaces have.
struct ShowMasterLevel {
    Slot meter;
    MeterLevel level;
    bool operator==(const ShowMasterLevel&) const = default;
};
struct SetMeterMode {
    Slot slot;
    MeterMode mode;
    bool operator==(const SetMeterMode&) const = default;
};
struct SetMeterDirection {
    MeterDirection direction = MeterDirection::horizontal;
    bool operator==(const SetMeterDirection&) const = default;
};

// --- displays

struct WriteLcd {
    LcdOffset offset;
    DisplayText text;
    bool operator==(const WriteLcd&) const = default;
};
/// The second LCD that QCon surfaces have.
struct WriteSecondLcd {
    LcdOffset offset;
    DisplayText text;
    bool operator==(const WriteSecondLcd&) const = default;
};
/// Which MIDI channel digits are told on. Hosts differ; units take both.
enum class DigitChannel : std::uint8_t { first = 0, last = 15 };
struct SetDigit {
    DigitPlace place = DigitPlace::timecode(0);
    SegmentDigit digit;
    DigitChannel channel = DigitChannel::first;
    bool operator==(const SetDigit&) const = default;
};
/// The timecode display as one text. Only a Logic Control understands it.
struct WriteTimecode {
    DisplayText text;
    bool operator==(const WriteTimecode&) const = default;
};
/// The assignment display likewise.
struct WriteAssignment {
    DisplayText text;
    bool operator==(const WriteAssignment&) const = default;
};
/// The colours of an X-Touch's scribble strips.
enum class StripColour : std::uint8_t { off, red, green, yellow, blue, magenta, cyan, white };
struct SetStripColours {
    std::array<StripColour, Slot::count> colours{};
    bool operator==(const SetStripColours&) const = default;
};
/// Those of iCON's surfaces.
struct Rgb {
    midi::Data7 red;
    midi::Data7 green;
    midi::Data7 blue;
    bool operator==(const Rgb&) const = default;
};
struct SetIconColours {
    std::array<Rgb, Slot::count> colours{};
    bool operator==(const SetIconColours&) const = default;
};

using HostMessage =
    std::variant<DeviceQuery, ConnectionReply, VersionRequest, Reset, RecalibrateFaders, FadersToMinimum,
                 LedsOff, GoOffline, SetTransportClick, SetBacklightSaver, MoveFader, SetTouchlessFaders,
                 SetTouchSensitivity, SetRing, SetLed, SetIndicator, RelayClick, ShowLevel, SetOverload,
                 ShowMasterLevel, SetMeterMode, SetMeterDirection, WriteLcd, WriteSecondLcd, SetDigit,
                 WriteTimecode, WriteAssignment, SetStripColours, SetIconColours>;

/// A message of the host and the unit that it names; MIDI messages that are no SysEx name none, and the port
/// says for whom they are. Nor do those of other makers.
struct FromHost {
    HostMessage message;
    std::optional<Model> to;
    bool operator==(const FromHost&) const = default;
};

}  // namespace kedge::mackie
