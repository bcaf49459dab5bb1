#pragma once

#include <algorithm>

/// Where banks of tracks, markers, regions and parameters begin.
namespace kedge::sim {

/// Where a bank of `size`, at least 1, begins that is to hold `start`, of `all`.
[[nodiscard]] inline int bank_start_near(int start, int size, int all) {
    start = std::clamp(start, 0, std::max(0, all - 1));
    return start - start % size;
}

/// The bank beside the one at `start`. Past an end it begins again at the other.
[[nodiscard]] inline int bank_start_beside(int start, int step, int size, int all) {
    const int next = start + step * size;
    return bank_start_near(next < 0 ? all - 1 : next >= all ? 0 : next, size, all);
}

}  // namespace kedge::sim
