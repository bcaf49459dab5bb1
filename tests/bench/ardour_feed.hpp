#pragma once

#include "ardour/ardour_session.hpp"
#include "sim/simulated_ardour.hpp"

#include <cstddef>
#include <set>
#include <span>
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

/// The built-in song with its strips again and again, so that there are `strips` of them with the master.
sim::Song large_song(int strips);

/// A session that is connected to the simulated Ardour, in virtual time, and what was received on the way.
class ConnectedSession {
  public:
    /// Ends the program when the session never becomes ready: a benchmark of it would mean nothing.
    explicit ConnectedSession(sim::Song song);

    /// Plays on for so long.
    void play(Duration span);

    [[nodiscard]] ardour::ArdourSession& session() { return session_; }
    [[nodiscard]] Instant now() const { return now_; }
    /// Everything received so far: the strip list and the burst of values, then what a playing Ardour sends.
    [[nodiscard]] const Feed& feed() const { return feed_; }

  private:
    void carry_out(surface::Effects& effects);
    void deliver(std::vector<sim::Datagram>& datagrams);
    void advance_to(Instant until);

    sim::SimulatedArdour daw_;
    ardour::ArdourSession session_;
    Instant now_{};
    std::multiset<Instant> wakes_;
    Feed feed_;
};

}  // namespace kedge::bench
