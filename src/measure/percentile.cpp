#include "measure/percentile.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

namespace kedge::measure {

namespace {

/// The readings at rank and the next higher one.
struct Neighbours {
    std::int16_t low = 0;
    std::int16_t high = 0;
};

Neighbours by_selection(std::vector<std::int16_t>& values, std::size_t rank) {
    const auto nth = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), nth, values.end());
    return {*nth, rank + 1 < values.size() ? *std::min_element(nth + 1, values.end()) : *nth};
}

/// A high rank of levels lies a few decibels under the loudest: counting readings there is several times
/// faster than sorting.
std::optional<Neighbours> by_counting(const std::vector<std::int16_t>& values, std::size_t rank) {
    constexpr int most_under = 2048;
    const int loudest = largest(values);
    std::array<std::uint32_t, most_under + 1> counts{};
    for (const int value : values) ++counts[static_cast<std::size_t>(std::min(loudest - value, most_under))];
    std::size_t above = 0;  // readings louder than the one looked at
    int next_higher = loudest;
    for (int under = 0; under < most_under; ++under) {
        const std::size_t here = counts[static_cast<std::size_t>(under)];
        if (here == 0) continue;
        const std::size_t lowest_rank_here = values.size() - above - here;
        if (rank >= lowest_rank_here) {
            const bool next_is_here = rank + 1 < values.size() - above;
            const auto low = static_cast<std::int16_t>(loudest - under);
            return Neighbours{low, next_is_here ? low : static_cast<std::int16_t>(next_higher)};
        }
        above += here;
        next_higher = loudest - under;
    }
    return std::nullopt;
}

}  // namespace

std::int16_t largest(const std::vector<std::int16_t>& readings) {
    assert(!readings.empty());
    std::int16_t largest = readings.front();
    for (const std::int16_t reading : readings) largest = std::max(largest, reading);
    return largest;
}

double percentile(std::vector<std::int16_t>& readings, double share) {
    assert(!readings.empty() && share >= 0.0 && share <= 1.0);
    const double rank = share * static_cast<double>(readings.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const auto counted = by_counting(readings, below);
    const Neighbours near = counted ? *counted : by_selection(readings, below);
    return near.low + (near.high - near.low) * (rank - static_cast<double>(below));
}

}  // namespace kedge::measure
