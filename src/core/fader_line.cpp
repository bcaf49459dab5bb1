#include "core/fader_line.hpp"

#include <algorithm>
#include <cmath>

namespace kedge {

namespace {

// What a DAW's own conversions may do to a number; far below anything heard.
constexpr double rounding = 1e-6;

bool same_gain(Gain a, Gain b) {
    return std::abs(a.ratio() - b.ratio()) <= rounding * std::max(1.0, a.ratio());
}

bool follows_points(const FaderLine& line) {
    return line.mode != AutomationMode::manual && !line.points.empty();
}

}  // namespace

bool same_line(const FaderLine& a, const FaderLine& b) {
    const auto same_point = [](const LinePoint& x, const LinePoint& y) {
        return x.at == y.at && same_gain(x.gain, y.gain);
    };
    return a.mode == b.mode && (follows_points(a) || same_gain(a.rest, b.rest)) &&
           std::equal(a.points.begin(), a.points.end(), b.points.begin(), b.points.end(), same_point);
}

}  // namespace kedge
