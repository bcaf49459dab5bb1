#pragma once

#include "midi/message.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kedge::midi {

/// What came in and was not usable, by kind. Nothing is dropped that is not counted here.
struct Dropped {
    std::uint64_t stray_data = 0;        ///< data bytes that belong to no message
    std::uint64_t truncated = 0;         ///< messages broken off by the status byte of another
    std::uint64_t sysex_broken_off = 0;  ///< SysEx that a status byte ended, instead of F7
    std::uint64_t sysex_too_long = 0;    ///< SysEx longer than the bound
    std::uint64_t stray_sysex_end = 0;   ///< F7 without an F0 before it
    std::uint64_t undefined_status = 0;  ///< F4, F5, F9, FD: MIDI 1.0 gives them no meaning
    std::uint64_t cut_by_reset = 0;      ///< messages, SysEx too, that reset() found unfinished
    std::uint64_t bytes = 0;             ///< of all of them together

    /// Everything dropped, of whatever kind, stray bytes one by one.
    [[nodiscard]] constexpr std::uint64_t total() const {
        return stray_data + truncated + sysex_broken_off + sysex_too_long + stray_sysex_end +
               undefined_status + cut_by_reset;
    }
    bool operator==(const Dropped&) const = default;
};

/// The data bytes of the longest SysEx that a parser takes unless told otherwise; a surface's longest, a
/// whole display, has 119.
inline constexpr std::size_t longest_sysex = 1024;

/// A stream of bytes, in whatever pieces a port hands them over, to messages. Understands running status,
/// real-time bytes between the bytes of anything else, and SysEx in pieces. Any bytes at all may come. One
/// parser for each port, used from one thread at a time.
class StreamParser {
  public:
    /// Drops a SysEx of more than `longest` data bytes.
    explicit StreamParser(std::size_t longest = longest_sysex) : longest_(longest) {}

    /// The message that this byte completes, if it does.
    [[nodiscard]] std::optional<Message> receive(std::byte byte);
    /// Puts the messages that these bytes complete behind `out`, in order.
    void receive(std::span<const std::byte> bytes, std::vector<Message>& out);

    /// Forget what is unfinished, and the running status: the port was opened again.
    void reset();

    [[nodiscard]] const Dropped& dropped() const { return dropped_; }
    [[nodiscard]] std::uint64_t bytes_in() const { return bytes_in_; }
    [[nodiscard]] std::uint64_t messages_in() const { return messages_in_; }
    /// Bytes of the message that is unfinished.
    [[nodiscard]] std::size_t pending() const { return pending_; }

  private:
    [[nodiscard]] std::optional<Message> status_byte(std::uint8_t byte);
    [[nodiscard]] std::optional<Message> system_status(std::uint8_t byte);
    [[nodiscard]] std::optional<Message> real_time(std::uint8_t byte);
    [[nodiscard]] std::optional<Message> end_of_sysex();
    [[nodiscard]] std::optional<Message> data_byte(Data7 byte);
    void sysex_data(Data7 byte);
    void begin(std::uint8_t status);
    void break_off();
    void drop(std::uint64_t& kind, std::size_t bytes);

    std::size_t longest_;
    std::uint8_t status_ = 0;  ///< of the message that data bytes belong to; 0 for none
    std::array<Data7, 2> data_;
    std::size_t data_count_ = 0;
    bool in_sysex_ = false;
    bool sysex_too_long_ = false;  ///< and its bytes are being dropped
    std::vector<Data7> sysex_;
    std::size_t pending_ = 0;
    Dropped dropped_;
    std::uint64_t bytes_in_ = 0;
    std::uint64_t messages_in_ = 0;
};

}  // namespace kedge::midi
