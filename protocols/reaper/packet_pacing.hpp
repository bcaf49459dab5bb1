#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <deque>
#include <vector>

namespace kedge::reaper {

/// What is to be sent, packed into as few datagrams as hold it, and let go at a pace that REAPER's socket
/// stands. What belongs together (a track unselected and then set) goes in one datagram, so that it arrives
/// whole or not at all. A state machine without clock; loop thread only.
class PacketPacing {
  public:
    using Message = std::vector<std::byte>;

    /// Messages that belong together; no more than one datagram's worth (asserted), at most 1,024 bytes.
    void add(std::vector<Message> together);
    void add(Message message);
    [[nodiscard]] bool empty() const { return waiting_.empty(); }
    /// When the next datagrams may go; not while it is empty.
    [[nodiscard]] Instant due() const { return due_; }
    /// The datagrams that may go now: a lone message as it is, several as a bundle.
    [[nodiscard]] std::vector<Message> take(Instant now);
    /// Everything at once, for a goodbye.
    [[nodiscard]] std::vector<Message> take_all();
    void clear() { waiting_.clear(); }

  private:
    [[nodiscard]] Message next_datagram();

    std::deque<std::vector<Message>> waiting_;
    Instant due_{};
};

}  // namespace kedge::reaper
