#include "mackie/unusable.hpp"

#include <numeric>

namespace kedge::mackie {

std::string_view to_string(Unusable why) {
    constexpr std::array<std::string_view, unusable_kinds> words = {
        "real-time",       "unknown message", "other maker", "other model",
        "unknown command", "wrong length",    "out of range"};
    return words.at(static_cast<std::size_t>(why));
}

std::uint64_t UnusableCounts::total() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

}  // namespace kedge::mackie
