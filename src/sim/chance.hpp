#pragma once

#include <cstdint>

namespace kedge::sim {

/// The same numbers everywhere: the standard library's distributions differ from one to the next.
class Chance {
  public:
    explicit Chance(std::uint32_t seed) : state_(seed * 2654435761U + 12345U) {}
    /// -1 .. +1
    double next() {
        state_ ^= state_ << 13U;
        state_ ^= state_ >> 17U;
        state_ ^= state_ << 5U;
        return static_cast<double>(state_) / 2147483648.0 - 1.0;
    }
    /// True with this probability, 0 .. 1.
    bool happens(double probability) { return probability > 0.0 && (next() + 1.0) / 2.0 < probability; }

  private:
    std::uint32_t state_;
};

}  // namespace kedge::sim
