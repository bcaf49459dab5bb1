#include "core/fader_scale.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace kedge {

namespace {

/// 20 dB for a tenth of the amplitude, which is the third power of the position.
constexpr double db_per_tenth_below = 60.0;
constexpr int halvings = 40;

FaderPosition nearest_position(double position) {
    constexpr double top = FaderPosition::top;
    return FaderPosition(static_cast<int>(std::lround(std::clamp(position, 0.0, top))));
}

/// What is wrong with an anchor behind the one before it; nullptr if nothing.
const char* fault_of(const FaderAnchor* before, const FaderAnchor& anchor) {
    if (anchor.position == FaderPosition()) return "stands at position 0, which is silence anyhow";
    if (anchor.level.is_silence()) return "is silent, which only position 0 is";
    if (before && anchor.position <= before->position) return "does not stand above the one before it";
    if (before && anchor.level <= before->level) return "is not louder than the one before it";
    return nullptr;
}

}  // namespace

Result<FaderScale> FaderScale::through(const std::vector<FaderAnchor>& anchors) {
    constexpr auto next = "Give the anchors from the bottom up, as [position, dB].";
    if (anchors.size() < 2) return fail(ErrorKind::usage, "A fader's law needs at least two anchors.", next);
    Knots knots;
    const FaderAnchor* before = nullptr;
    for (const FaderAnchor& anchor : anchors) {
        if (const char* const fault = fault_of(before, anchor))
            return fail(ErrorKind::usage,
                        "Anchor " + std::to_string(knots.size() + 1) + " of the fader's law " + fault + ".",
                        next);
        knots.push_back({static_cast<double>(anchor.position.value()), anchor.level.db(), 0.0});
        before = &anchor;
    }
    lean(knots);
    return FaderScale(std::move(knots));
}

/// Slopes that keep a cubic between two knots from turning back (Fritsch and Butland).
void FaderScale::lean(Knots& knots) {
    const auto width = [&](std::size_t i) { return knots[i + 1].position - knots[i].position; };
    const auto secant = [&](std::size_t i) { return (knots[i + 1].db - knots[i].db) / width(i); };
    const std::size_t last = knots.size() - 1;
    for (std::size_t i = 1; i < last; ++i) {
        const double before = width(i) + width(i) + width(i - 1);
        const double behind = width(i) + width(i - 1) + width(i - 1);
        knots[i].slope = (before + behind) / (before / secant(i - 1) + behind / secant(i));
    }
    // At an end as three knots bend there, but never flat.
    const auto end_slope = [&](std::size_t nearest, std::size_t other) {
        const double here = secant(nearest);
        if (nearest == other) return here;
        const double bent = ((2.0 * width(nearest) + width(other)) * here - width(nearest) * secant(other)) /
                            (width(nearest) + width(other));
        return std::clamp(bent, here / 4.0, 3.0 * here);
    };
    knots.front().slope = end_slope(0, std::min<std::size_t>(1, last - 1));
    knots.back().slope = end_slope(last - 1, last < 2 ? 0 : last - 2);
}

double FaderScale::db_at(const Knots& knots, double position) {
    const Knot& first = knots.front();
    const Knot& last = knots.back();
    if (position <= first.position)
        return first.db + db_per_tenth_below * std::log10(position / first.position);
    if (position >= last.position) return last.db + last.slope * (position - last.position);
    const auto above = std::upper_bound(knots.begin(), knots.end(), position,
                                        [](double at, const Knot& knot) { return at < knot.position; });
    const Knot& low = *(above - 1);
    const Knot& high = *above;
    const double width = high.position - low.position;
    const double t = (position - low.position) / width;
    const double rest = 1.0 - t;
    return low.db * (1.0 + 2.0 * t) * rest * rest + low.slope * width * t * rest * rest +
           high.db * t * t * (3.0 - 2.0 * t) - high.slope * width * t * t * rest;
}

double FaderScale::position_at(const Knots& knots, double db) {
    const Knot& first = knots.front();
    const Knot& last = knots.back();
    if (db <= first.db) return first.position * std::pow(10.0, (db - first.db) / db_per_tenth_below);
    if (db >= last.db) return last.position + (db - last.db) / last.slope;
    double low = first.position;
    double high = last.position;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2.0;
        (db_at(knots, middle) < db ? low : high) = middle;
    }
    return (low + high) / 2.0;
}

Decibels FaderScale::level_at(FaderPosition position) const {
    if (position == FaderPosition()) return Decibels::silence();
    const auto* curve = std::get_if<FaderCurve>(&law_);
    if (!curve) return Decibels(db_at(std::get<Knots>(law_), position.value()));
    constexpr double top = FaderPosition::top;
    return kedge::level_at(*curve, FaderShare(position.value() / top));
}

FaderPosition FaderScale::position_of(Decibels level) const {
    if (level.is_silence()) return FaderPosition();
    const auto* curve = std::get_if<FaderCurve>(&law_);
    if (!curve) return nearest_position(position_at(std::get<Knots>(law_), level.db()));
    return nearest_position(share_of(*curve, level).normalised() * FaderPosition::top);
}

std::optional<FaderCurve> FaderScale::curve() const {
    const auto* formula = std::get_if<FaderCurve>(&law_);
    return formula ? std::optional(*formula) : std::nullopt;
}

std::vector<FaderAnchor> FaderScale::anchors() const {
    std::vector<FaderAnchor> all;
    if (const auto* knots = std::get_if<Knots>(&law_))
        for (const Knot& knot : *knots)
            all.push_back({FaderPosition(static_cast<int>(knot.position)), Decibels(knot.db)});
    return all;
}

}  // namespace kedge
