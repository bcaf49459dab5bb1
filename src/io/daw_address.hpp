#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>

namespace kedge::io {

/// Where a DAW listens, and where it sends.
struct DawAddress {
    std::string host = "127.0.0.1";
    std::uint16_t port = 3819;
    /// The port of this machine that it was set to send to; 0 for one that answers whoever asks.
    std::uint16_t feedback_port = 0;
    bool feedback_port_is_fixed = false;  ///< the DAW can be told no other
    [[nodiscard]] std::string text() const { return host + ":" + std::to_string(port); }
};

/// "HOST:PORT", "HOST" or ":PORT"; what is missing comes from `fallback`. A usage error for anything else.
[[nodiscard]] Result<DawAddress> parse_address(const std::string& text, DawAddress fallback);

/// Whether the address is of this machine, where datagrams arrive once and in the order they were sent.
[[nodiscard]] bool is_this_machine(const DawAddress& address);

}  // namespace kedge::io
