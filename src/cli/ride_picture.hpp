#pragma once

#include "mix/ride_trace.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace kedge::cli {

/// How many characters a line may have.
struct Columns {
    std::size_t count = 80;
};

/// A ride as lines of text, none wider than `columns` (40 to 400): the strip's level and its backing above,
/// the curve below, sections and times under them. Ends with a line break; says so when there is nothing to
/// show.
[[nodiscard]] std::string ride_picture(const mix::RideTrace& trace, std::span<const RidePoint> points,
                                       Columns columns);

/// The same as an SVG document, 1000 by 460, with the cues as shaded stretches and their reasons as titles.
[[nodiscard]] std::string ride_svg(const mix::RideTrace& trace, const Ride& ride);

}  // namespace kedge::cli
