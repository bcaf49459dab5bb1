#include "engine/tick_phase.hpp"

#include "measure/tape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kedge::engine {

using measure::Tape;

void TickPhase::ticked(SongTime at) {
    if (at < SongTime()) return;
    const auto cell = static_cast<std::size_t>(at.since_start() / Tape::cell_length);
    if (cell >= milliseconds_.size()) milliseconds_.resize(cell + 1, none);
    const auto within = std::chrono::floor<std::chrono::milliseconds>(at.since_start() % Tape::cell_length);
    milliseconds_[cell] = static_cast<std::int8_t>(within.count());
}

std::optional<Duration> TickPhase::in(SongRange part) const {
    constexpr double turn = 2.0 * std::numbers::pi;
    const double cell = std::chrono::duration<double, std::milli>(Tape::cell_length).count();
    const auto first = std::max<std::int64_t>(0, part.from.since_start() / Tape::cell_length);
    const auto last = std::min(static_cast<std::int64_t>(milliseconds_.size()),
                               static_cast<std::int64_t>(part.to.since_start() / Tape::cell_length));
    // 99 and 1 are neighbours: the mean of directions, not of numbers.
    double x = 0.0;
    double y = 0.0;
    for (auto i = first; i < last; ++i) {
        const std::int8_t within = milliseconds_[static_cast<std::size_t>(i)];
        if (within == none) continue;
        x += std::cos(turn * within / cell);
        y += std::sin(turn * within / cell);
    }
    if (x == 0.0 && y == 0.0) return std::nullopt;
    const double angle = std::atan2(y, x);
    const std::chrono::duration<double, std::milli> middle((angle < 0.0 ? angle + turn : angle) / turn *
                                                           cell);
    return std::chrono::duration_cast<Duration>(middle) % Tape::cell_length;
}

}  // namespace kedge::engine
