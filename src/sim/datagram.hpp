#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kedge::sim {

/// A client of the simulated DAW: an address and port in host order.
struct Peer {
    std::uint32_t address = 0x7F000001;
    std::uint16_t port = 0;
    auto operator<=>(const Peer&) const = default;
};

struct Datagram {
    Peer to;
    std::vector<std::byte> bytes;
};

}  // namespace kedge::sim
