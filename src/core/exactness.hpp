#pragma once

#include "core/decibels.hpp"

#include <string>

namespace kedge {

/// How exactly a level is known that was read from a meter of a few steps.
struct Exactness {
    Decibels within;          ///< so far to either side; 0 where the meter shows any level
    bool open_above = false;  ///< or any higher: read in the meter's last step

    [[nodiscard]] bool exact() const { return within == Decibels() && !open_above; }
    bool operator==(const Exactness&) const = default;
};

/// Whether a level may lie in a range: what is surely outside by more than `tolerance` does not.
[[nodiscard]] bool may_be_in(const LevelRange& range, Decibels level, const Exactness& known,
                             Decibels tolerance = Decibels());

/// "within 2 dB", "within 1.5 dB" (upwards to half a decibel), "at least"; empty where it is exact.
[[nodiscard]] std::string to_string(const Exactness& known);

}  // namespace kedge
