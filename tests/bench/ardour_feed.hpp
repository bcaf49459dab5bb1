#pragma once

#include "surface/surface.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <string_view>
#include <vector>

namespace kedge::bench {

/// Datagrams one after the other, as a socket would hand them over.
class Feed {
  public:
    void add(std::span<const std::byte> datagram);
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::span<const std::byte> operator[](std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
        return std::span(bytes_).subspan(begin, ends_[index] - begin);
    }

  private:
    std::vector<std::byte> bytes_;
    std::vector<std::size_t> ends_;
};

/// Ardour as far as a session can tell that only listens: it answers the handshake and every question, and
/// plays.
class PlayingArdour {
  public:
    explicit PlayingArdour(int strips) : strips_(strips) {}

    using Send = std::function<void(std::span<const std::byte>)>;
    /// Answers one datagram of the session.
    void answer(std::span<const std::byte> datagram, const Send& send) const;
    /// One tick of 100 ms while rolling: a meter for each strip, the position, and the heartbeat when it is
    /// due.
    void tick(const Send& send);

  private:
    void list_strips(const Send& send) const;
    void report_everything(const Send& send) const;
    void report_strip(int ssid, const Send& send) const;

    int strips_;
    std::mt19937 random_{20240229};
    std::int64_t ticks_ = 0;
};

/// Takes a session through its handshake until it is ready; returns the instant then. Ends the program when
/// it never is.
Instant make_ready(surface::Surface& session, const PlayingArdour& ardour);

}  // namespace kedge::bench
