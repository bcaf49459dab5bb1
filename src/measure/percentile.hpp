#pragma once

#include <cstdint>
#include <vector>

namespace kedge::measure {

/// The percentile of readings (raw, see Cell), between the two nearest ranks as numpy's default has it:
/// rank = share * (count - 1), share 0..1. `readings` is not empty (asserted); their order may change.
[[nodiscard]] double percentile(std::vector<std::int16_t>& readings, double share);

/// Of readings (raw); there are some (asserted).
[[nodiscard]] std::int16_t largest(const std::vector<std::int16_t>& readings);

}  // namespace kedge::measure
