#pragma once

#include "core/decibels.hpp"
#include "core/result.hpp"

#include <utility>
#include <vector>

namespace kedge::banked {

/// How a meter of a control surface is cut into steps. Step 0 shows nothing; from 1 up each is shown from its
/// own level until the next one's. Safe from any thread.
class MeterSteps {
  public:
    /// A surface's meter has so many, or one more where there is a step for what is above 0 dB.
    static constexpr int fewest = 12;
    static constexpr int most = 13;

    /// The lowest level at which each step is shown, from step 1 on. They rise and are as many as a surface
    /// has steps, else a usage error says what is wrong.
    [[nodiscard]] static Result<MeterSteps> from(std::vector<Decibels> lowest);

    /// The highest step there is.
    [[nodiscard]] int top() const { return static_cast<int>(lowest_.size()); }
    /// Silence for step 0. From 0 to top() (asserted).
    [[nodiscard]] Decibels lowest_at(int step) const;
    /// The step that shows this level.
    [[nodiscard]] int step_at(Decibels level) const;
    bool operator==(const MeterSteps&) const = default;

  private:
    explicit MeterSteps(std::vector<Decibels> lowest) : lowest_(std::move(lowest)) {}
    std::vector<Decibels> lowest_;
};

}  // namespace kedge::banked
