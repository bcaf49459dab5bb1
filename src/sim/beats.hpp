#pragma once

#include <compare>

namespace kedge::sim {

/// A place in the song, or a length of it, in quarter notes from the song's start.
struct Beats {
    double count = 0.0;
    constexpr auto operator<=>(const Beats&) const = default;
};

}  // namespace kedge::sim
