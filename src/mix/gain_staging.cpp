#include "mix/gain_staging.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kedge::mix {

namespace {

constexpr double negligible = 0.05;

Decibels steps_up_to(Decibels top, Decibels step) {
    return Decibels(std::floor(top.db() / step.db() + 1e-9) * step.db() + 0.0);
}

std::string shortfall_of(Decibels peak, const Place& place) {
    const double missing = (place.lands() - peak).db();
    if (std::abs(missing) < negligible) return {};
    return fmt::format("ends {:.1f} dB {} its place: trim and fader reach no further", std::abs(missing),
                       missing > 0.0 ? "under" : "over");
}

}  // namespace

Staged stage(Decibels source, const Place& place, bool has_trim, const Capabilities& capabilities,
             Decibels step) {
    Staged staged;
    if (!has_trim) {
        staged.fader = std::min(place.lands() - source, capabilities.fader_top);
        staged.peak = source + staged.fader;
        staged.shortfall = shortfall_of(staged.peak, place);
        return staged;
    }
    const Decibels wanted = place.staging - source;
    const LevelRange& range = capabilities.trim_range;
    Decibels by_fader;
    if (wanted > range.high)
        by_fader = Decibels(std::ceil((wanted - range.high).db() / step.db()) * step.db());
    if (wanted < range.low)
        by_fader = Decibels(std::floor((wanted - range.low).db() / step.db()) * step.db());
    staged.fader = std::min(place.fader + by_fader, steps_up_to(capabilities.fader_top, step));
    const Decibels taken = staged.fader - place.fader;
    staged.trim = std::clamp(wanted - taken, range.low, range.high);
    staged.peak = source + *staged.trim + staged.fader;
    staged.shortfall = shortfall_of(staged.peak, place);
    return staged;
}

}  // namespace kedge::mix
