#pragma once

#include "core/time.hpp"
#include "sim/datagram.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace kedge::sim {

/// What REAPER's network thread sends: all that was said since it last looked, one message bare, several as
/// bundles no longer than a packet may be, and a wait after every packet.
class ReaperOutbox {
  public:
    using Bytes = std::vector<std::byte>;
    /// Longer ones are never sent.
    static constexpr std::size_t longest_message = 1024;

    ReaperOutbox(std::size_t longest_packet, Duration wait) : longest_packet_(longest_packet), wait_(wait) {}

    void add(Bytes message);
    /// Sends what is due.
    void run(Instant now, Peer to, std::vector<Datagram>& out);
    /// When run() would send something; nullopt when there is nothing.
    [[nodiscard]] std::optional<Instant> next_due() const;
    void clear();

  private:
    void pack(Instant from);

    std::size_t longest_packet_;
    Duration wait_;
    std::vector<Bytes> said_;
    std::deque<std::pair<Instant, Bytes>> packets_;  ///< by when they leave
    Instant free_at_{};                              ///< the wait after the last packet ends
};

}  // namespace kedge::sim
