#pragma once

#include "core/time.hpp"
#include "surface/wire_pace.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <vector>

namespace kedge::engine {

/// How long the DAW takes to answer: what is usual, which single late answers do not move, and how long to
/// wait before one counts as missing.
class WireDelay {
  public:
    void answered(Duration delay) {
        constexpr std::size_t most = 9;
        pace_.answered(delay);
        delays_.push_back(delay);
        if (delays_.size() > most) delays_.pop_front();
    }
    /// There and back; zero before the first answer.
    [[nodiscard]] Duration usual() const {
        if (delays_.empty()) return {};
        std::vector<Duration> sorted(delays_.begin(), delays_.end());
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        return *middle;
    }
    [[nodiscard]] Duration patience(int waits_in_vain) const {
        return std::max(pace_.answer_time(waits_in_vain), usual() * 3 / 2);
    }

  private:
    surface::WirePace pace_{surface::RunnerPacing{}};
    std::deque<Duration> delays_;
};

}  // namespace kedge::engine
