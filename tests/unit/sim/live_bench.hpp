#pragma once

#include "sim/simulated_live.hpp"
#include "unit/sim/daw_bench.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kedge::sim::test {

/// A simulated Live, clients that send it messages, and what it says to each host.
class LiveBench {
  public:
    explicit LiveBench(Song song = recorded_song(), const LiveSettings& settings = {})
        : daw(std::move(song), settings) {
        pass(1ms);  // the script was loaded
    }

    static constexpr Peer here{0x7F000001, 40'000};
    static constexpr Peer elsewhere{0x0A000001, 1234};

    void send(std::string_view address, std::initializer_list<osc::Argument> arguments = {},
              Peer from = here) {
        send_bytes(osc::encode(address, arguments), from);
    }
    void send_bytes(const std::vector<std::byte>& bytes, Peer from = here) {
        std::vector<Datagram> out;
        daw.receive(now, from, bytes, out);
        heard_at_once += out.size();
    }
    /// The bytes of a text, its zeros too.
    static std::vector<std::byte> bytes_of(std::string_view text) {
        std::vector<std::byte> bytes;
        for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
        return bytes;
    }
    std::vector<Datagram> pass_raw(Duration span) {
        std::vector<Datagram> out;
        now += span;
        daw.advance(now, out);
        return out;
    }
    /// What is heard while time passes, at any host.
    Lines pass(Duration span) {
        Lines lines;
        for (const Datagram& datagram : pass_raw(span)) lines.push_back(line_of(datagram.bytes));
        return lines;
    }
    /// Sends, and hears what the next tick makes of it.
    Lines ask(std::string_view address, std::initializer_list<osc::Argument> arguments = {}) {
        send(address, arguments);
        return pass(100ms);
    }
    SimStrip& track(std::size_t place) { return daw.engine().strips().at(place); }

    SimulatedLive daw;
    Instant now{};
    std::size_t heard_at_once = 0;  ///< datagrams that left before a tick
};

}  // namespace kedge::sim::test
