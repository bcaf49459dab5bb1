#pragma once

#include "core/pan.hpp"

#include <cmath>

namespace kedge::sim {

/// Which of a ring's eleven LEDs shows a pan, from 1, as REAPER finds it: seven bits of it first, then cut
/// off.
[[nodiscard]] inline int coarse_ring_step(Pan pan) {
    const auto seven_bits = std::lround((pan.position() + 1.0) * 63.5);
    return 1 + static_cast<int>(seven_bits * 11 / 128);
}

}  // namespace kedge::sim
