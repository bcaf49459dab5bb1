#include "core/pan.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace kedge {

Pan::Pan(double position) : position_(std::clamp(position, -1.0, 1.0)) {
    assert(!std::isnan(position));
}

std::string to_string(Pan pan) {
    const auto percent = static_cast<int>(std::lround(pan.position() * 100.0));
    if (percent == 0) return "C";
    return (percent < 0 ? "L " : "R ") + std::to_string(std::abs(percent));
}

}  // namespace kedge
