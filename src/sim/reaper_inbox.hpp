#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace kedge::sim {

/// What REAPER's network thread has put by for the main thread: datagrams, cut into messages as REAPER cuts
/// them, which is not quite as OSC has it.
class ReaperInbox {
  public:
    using Bytes = std::vector<std::byte>;
    /// Longer messages end the reading of all that lies in the queue.
    static constexpr std::size_t longest_message = 1024;

    void add(Instant at, std::span<const std::byte> datagram);
    /// The messages of all that came until then, in order. Time tags are ignored; a bundle that begins with a
    /// bundle loses the inner one.
    [[nodiscard]] std::vector<Bytes> take(Instant until);
    void clear() { waiting_.clear(); }

  private:
    std::vector<std::pair<Instant, Bytes>> waiting_;
};

}  // namespace kedge::sim
