#pragma once

#include "core/time.hpp"
#include "sim/datagram.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kedge::sim {

/// A simulated DAW, whatever it speaks. Pure: time and bytes are handed in.
class SimulatedDaw {
  public:
    virtual ~SimulatedDaw() = default;

    virtual void receive(Instant now, Peer from, std::span<const std::byte> bytes,
                         std::vector<Datagram>& out) = 0;
    /// Runs everything up to `to`.
    virtual void advance(Instant to, std::vector<Datagram>& out) = 0;
    [[nodiscard]] virtual Instant next_wake() const = 0;

    /// How often it was told to save.
    [[nodiscard]] virtual int times_saved() const = 0;
    /// Whether a message at this address calls its companion script.
    [[nodiscard]] virtual bool calls_companion(std::string_view address) const = 0;
    /// Lays a request down for the companion script, which takes it when it is called; an empty one takes
    /// away what lies there.
    virtual void hand_over(std::string request) = 0;
    /// What the companion script left as its answer, where it answers by a file; taken away.
    [[nodiscard]] virtual std::optional<std::string> take_answer() { return std::nullopt; }
};

}  // namespace kedge::sim
