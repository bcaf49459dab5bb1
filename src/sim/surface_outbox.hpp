#pragma once

#include "core/time.hpp"
#include "midi/message.hpp"
#include "sim/datagram.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <vector>

namespace kedge::sim {

/// What a DAW sends to the ports of a surface, in the order in which it was said, a message at a time. Before
/// every SysEx it is silent for a while. What leaves for a port that is unplugged is lost.
class SurfaceOutbox {
  public:
    explicit SurfaceOutbox(Duration sysex_gap) : sysex_gap_(sysex_gap) {}

    void add(Instant now, std::uint16_t port, const midi::Message& message);
    /// Sends what is due.
    void run(Instant now, std::vector<Datagram>& out);
    /// When run() would send something; nullopt when there is nothing.
    [[nodiscard]] std::optional<Instant> next_due() const;
    void plug(std::uint16_t port, bool plugged);
    [[nodiscard]] bool is_plugged(std::uint16_t port) const { return !unplugged_.contains(port); }
    void clear() { waiting_.clear(); }

  private:
    struct Waiting {
        Instant due;
        Datagram datagram;
    };
    Duration sysex_gap_;
    std::deque<Waiting> waiting_;
    Instant free_at_{};
    std::set<std::uint16_t> unplugged_;
};

}  // namespace kedge::sim
