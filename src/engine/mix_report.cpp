#include "engine/mix_report.hpp"

#include <algorithm>

namespace kedge::engine {

namespace {
template <typename Items>
auto* of_strip(const Items& items, StripId strip) {
    const auto at =
        std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.strip == strip; });
    return at == items.end() ? nullptr : &*at;
}
}  // namespace

const measure::StripStatistics* MixReport::statistics_of(StripId strip) const {
    return of_strip(statistics, strip);
}
const StripOutcome* MixReport::outcome_of(StripId strip) const {
    return of_strip(outcomes, strip);
}
const StripTarget* MixReport::target_of(StripId strip) const {
    return of_strip(plan.targets, strip);
}

}  // namespace kedge::engine
