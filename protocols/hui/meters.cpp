#include "hui/meters.hpp"

#include <array>

namespace kedge::hui {

namespace {

/// In dB, from step 1 on.
constexpr std::array<double, 12> lowest_db = {-60, -50, -40, -30, -20, -14, -10, -8, -6, -4, -2, 0};
static_assert(lowest_db.size() + 1 == MeterStep::count);

}  // namespace

Decibels lowest_at(MeterStep step) {
    if (step.number() == 0) return Decibels::silence();
    return Decibels(lowest_db.at(static_cast<std::size_t>(step.number()) - 1));
}

MeterStep step_at(Decibels level) {
    int step = MeterStep::count - 1;
    while (step > 0 && level < lowest_at(MeterStep(step))) --step;
    return MeterStep(step);
}

}  // namespace kedge::hui
