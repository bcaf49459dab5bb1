#pragma once

#include <cassert>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <variant>
#include <vector>

/// MIDI 1.0 messages as values. Values out of range are bugs of the caller (asserted); what comes over a wire
/// passes StreamParser first, which makes none. Everything is safe from any thread.
namespace kedge::midi {

/// A channel, from 0 to 15. People count them from 1.
class Channel {
  public:
    constexpr Channel() = default;  ///< the first
    explicit constexpr Channel(int number) : number_(static_cast<std::uint8_t>(number)) {
        assert(number >= 0 && number <= 15);
    }
    [[nodiscard]] constexpr int number() const { return number_; }
    constexpr auto operator<=>(const Channel&) const = default;

  private:
    std::uint8_t number_ = 0;
};

/// A data byte, from 0 to 127.
class Data7 {
  public:
    constexpr Data7() = default;  ///< 0
    explicit constexpr Data7(int value) : value_(static_cast<std::uint8_t>(value)) {
        assert(value >= 0 && value <= 127);
    }
    [[nodiscard]] constexpr int value() const { return value_; }
    constexpr auto operator<=>(const Data7&) const = default;

  private:
    std::uint8_t value_ = 0;
};

/// Two data bytes as one number, from 0 to 16383.
class Data14 {
  public:
    constexpr Data14() = default;  ///< 0
    explicit constexpr Data14(int value) : value_(static_cast<std::uint16_t>(value)) {
        assert(value >= 0 && value <= 16383);
    }
    constexpr Data14(Data7 low, Data7 high) : Data14(high.value() * 128 + low.value()) {}
    [[nodiscard]] constexpr int value() const { return value_; }
    [[nodiscard]] constexpr Data7 low() const { return Data7(value_ % 128); }
    [[nodiscard]] constexpr Data7 high() const { return Data7(value_ / 128); }
    constexpr auto operator<=>(const Data14&) const = default;

  private:
    std::uint16_t value_ = 0;
};

// --- channel voice messages

struct NoteOff {
    Channel channel;
    Data7 note;
    Data7 velocity;
    bool operator==(const NoteOff&) const = default;
};
/// With velocity 0 a NoteOff in other words: see as_note().
struct NoteOn {
    Channel channel;
    Data7 note;
    Data7 velocity;
    bool operator==(const NoteOn&) const = default;
};
struct PolyPressure {
    Channel channel;
    Data7 note;
    Data7 pressure;
    bool operator==(const PolyPressure&) const = default;
};
struct ControlChange {
    Channel channel;
    Data7 controller;
    Data7 value;
    bool operator==(const ControlChange&) const = default;
};
struct ProgramChange {
    Channel channel;
    Data7 program;
    bool operator==(const ProgramChange&) const = default;
};
struct ChannelPressure {
    Channel channel;
    Data7 pressure;
    bool operator==(const ChannelPressure&) const = default;
};
/// 8192 is the middle; a fader's bottom is 0 and its top 16383.
struct PitchBend {
    Channel channel;
    Data14 value;
    bool operator==(const PitchBend&) const = default;
};

// --- system messages

/// What stands between F0 and F7.
struct SysEx {
    std::vector<Data7> data;
    /// Each number from 0 to 127.
    [[nodiscard]] static SysEx of(std::initializer_list<int> numbers);
    bool operator==(const SysEx&) const = default;
};
struct QuarterFrame {
    Data7 data;
    bool operator==(const QuarterFrame&) const = default;
};
/// In sixteenth notes from the start.
struct SongPosition {
    Data14 sixteenths;
    bool operator==(const SongPosition&) const = default;
};
struct SongSelect {
    Data7 song;
    bool operator==(const SongSelect&) const = default;
};
struct TuneRequest {
    bool operator==(const TuneRequest&) const = default;
};
/// Real-time messages, each by its status byte; they may come between the bytes of any other.
enum class RealTime : std::uint8_t {
    clock = 0xF8,
    start = 0xFA,
    resume = 0xFB,
    stop = 0xFC,
    active_sensing = 0xFE,
    reset = 0xFF,
};

using Message = std::variant<NoteOff, NoteOn, PolyPressure, ControlChange, ProgramChange, ChannelPressure,
                             PitchBend, SysEx, QuarterFrame, SongPosition, SongSelect, TuneRequest, RealTime>;

/// A note pressed or let go (velocity 0): a NoteOff is a NoteOn of velocity 0, as many MIDI libraries turn
/// the one into the other. nullopt for other messages.
[[nodiscard]] std::optional<NoteOn> as_note(const Message& message);

}  // namespace kedge::midi
