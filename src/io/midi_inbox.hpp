#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <boost/lockfree/spsc_queue.hpp>

namespace kedge::io {

/// What a MIDI port heard, on its way from the thread of a MIDI system, which must not wait, to the loop's.
/// It holds so many bytes and no more: what comes while it is full is dropped as whole messages, and counted.
class MidiInbox {
  public:
    static constexpr std::size_t most_bytes = 1 << 16;
    /// Of one message; a longer one is dropped.
    static constexpr std::size_t longest = 1 << 14;

    MidiInbox() { parcel_.reserve(header + longest); }

    /// From the MIDI thread; one at a time. True when the loop is to be told: it has taken all there was.
    bool put(std::span<const unsigned char> message);
    /// From the loop's thread: gives out whole messages, in order.
    void take(const std::function<void(std::span<const std::byte>)>& hear);
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

  private:
    static constexpr std::size_t header = 2;  ///< a message's length, the higher byte first
    boost::lockfree::spsc_queue<std::byte, boost::lockfree::capacity<most_bytes>> bytes_;
    std::atomic<bool> told_ = false;
    std::atomic<std::uint64_t> dropped_ = 0;
    std::vector<std::byte> parcel_;   ///< the MIDI thread's
    std::vector<std::byte> message_;  ///< the loop's
};

}  // namespace kedge::io
