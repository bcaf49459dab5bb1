#pragma once

#include "core/decibels.hpp"
#include "core/time.hpp"

#include <vector>

namespace kedge {

/// How a surface's meter behaves: what a reading says about the signal.
struct MeterLaw {
    Duration tick = std::chrono::milliseconds(100);  ///< how often a reading can come
    Decibels fall_off_per_second;                    ///< how fast the shown peak falls (0: not at all)
    /// A meter of so many lamps steps up at these levels, rising: up to the next it shows the same, and under
    /// the first nothing. Empty: it shows any level.
    std::vector<Decibels> steps{};

    /// The most a single reading can lie under the true peak: one tick of fall-off.
    [[nodiscard]] Decibels largest_under_read() const {
        return Decibels(fall_off_per_second.db() * std::chrono::duration<double>(tick).count());
    }
    /// Whether it shows steps.
    [[nodiscard]] bool coarse() const { return !steps.empty(); }
    /// What is told of a level: the middle of its step, silence under the first. The last step has no upper
    /// end, so the level at which it begins is told; any meter without steps tells the level itself.
    [[nodiscard]] Decibels told(Decibels level) const;
    /// The step that a reading tells of; from where the last one begins to there again, and a point where
    /// there are no steps. `reading` is no silence.
    [[nodiscard]] LevelRange step_of(Decibels reading) const;
    /// So far to either side of a reading can the true level be: half of its step, 0 without steps. A reading
    /// of the last step is a level at or above it: nothing says how far above (`open_above`).
    [[nodiscard]] Decibels off_by(Decibels reading) const;
    /// The true level of such a reading can be any higher: it is of the last step.
    [[nodiscard]] bool open_above(Decibels reading) const;
};

}  // namespace kedge
