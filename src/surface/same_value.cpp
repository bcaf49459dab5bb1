#include "surface/same_value.hpp"

#include <cmath>

namespace kedge::surface {

namespace {

// A value that is off by exactly the tolerance must not fail for the last bit of a subtraction.
constexpr double rounding = 1e-9;

bool is_silent(Decibels level) {
    static const Decibels audible_above(-190.0);
    return level < audible_above;
}

bool same_level(Decibels a, Decibels b, Decibels tolerance) {
    if (is_silent(a) || is_silent(b)) return is_silent(a) && is_silent(b);
    return distance(a, b) <= tolerance + Decibels(rounding);
}

}  // namespace

bool same_value(const ControlValue& a, const ControlValue& b, const Capabilities& capabilities) {
    if (a.index() != b.index()) return false;
    if (const auto* level = std::get_if<Decibels>(&a))
        return same_level(*level, std::get<Decibels>(b), capabilities.level_tolerance);
    if (const auto* pan = std::get_if<Pan>(&a))
        return std::abs(pan->position() - std::get<Pan>(b).position()) <=
               capabilities.pan_tolerance + rounding;
    return a == b;
}

}  // namespace kedge::surface
