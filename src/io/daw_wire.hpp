#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace kedge::io {

/// How bytes come to a DAW and back: a socket, or MIDI ports. Lives on one EventLoop, its thread only.
class DawWire {
  public:
    /// What came in one piece, and by which of the wire's ports (always 0 where there is one).
    using Hear = std::function<void(std::size_t port, std::span<const std::byte> bytes)>;
    struct Ears {
        Hear hear;
        /// A port was plugged in, or unplugged. Said at once of those that are plugged in; never by a wire
        /// that cannot be unplugged.
        std::function<void(std::size_t port, bool plugged_in)> changed;
    };

    virtual ~DawWire() = default;

    /// Calls them from now on. Once.
    virtual void listen(Ears ears) = 0;
    /// Gives out at once what has come meanwhile.
    virtual void catch_up() = 0;
    /// False when it could not leave.
    virtual bool send(std::size_t port, std::span<const std::byte> bytes) = 0;

    /// Where the DAW is, in the user's words: "127.0.0.1:3819".
    [[nodiscard]] virtual std::string name() const = 0;
    /// What to look at when nobody answers.
    [[nodiscard]] virtual std::string what_to_check() const = 0;
    /// Where nothing at all was said for so long, nobody is there.
    [[nodiscard]] virtual Duration first_answer() const { return std::chrono::milliseconds(2'600); }
    /// The UDP port that answers come to; 0 where there is none.
    [[nodiscard]] virtual std::uint16_t local_port() const { return 0; }
    /// What was not from the DAW.
    [[nodiscard]] virtual std::uint64_t from_strangers() const { return 0; }
    /// What came faster than it was taken.
    [[nodiscard]] virtual std::uint64_t dropped() const { return 0; }
};

}  // namespace kedge::io
