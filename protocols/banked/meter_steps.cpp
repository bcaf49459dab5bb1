#include "banked/meter_steps.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <string>

namespace kedge::banked {

Result<MeterSteps> MeterSteps::from(std::vector<Decibels> lowest) {
    constexpr auto next = "Give the lowest level in dB of each step, from step 1 up.";
    if (lowest.size() != fewest && lowest.size() != most)
        return fail(ErrorKind::usage,
                    "A meter has " + std::to_string(fewest) + " or " + std::to_string(most) +
                        " steps above nothing, not " + std::to_string(lowest.size()) + ".",
                    next);
    const auto turn = std::adjacent_find(lowest.begin(), lowest.end(), std::greater_equal<>());
    if (turn != lowest.end())
        return fail(ErrorKind::usage,
                    "Step " + std::to_string(turn - lowest.begin() + 2) +
                        " of the meter does not begin above the one before it.",
                    next);
    return MeterSteps(std::move(lowest));
}

Decibels MeterSteps::lowest_at(int step) const {
    assert(step >= 0 && step <= top());
    return step == 0 ? Decibels::silence() : lowest_[static_cast<std::size_t>(step) - 1];
}

int MeterSteps::step_at(Decibels level) const {
    return static_cast<int>(std::upper_bound(lowest_.begin(), lowest_.end(), level) - lowest_.begin());
}

}  // namespace kedge::banked
