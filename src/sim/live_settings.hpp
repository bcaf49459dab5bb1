#pragma once

#include "core/decibels.hpp"
#include "core/time.hpp"

#include <cstdint>

namespace kedge::sim {

/// How Live and AbletonOSC are, where that differs from one version, or machine, to the next.
struct LiveSettings {
    std::uint16_t reply_port = 11'001;               ///< every answer and report goes there
    Duration tick = std::chrono::milliseconds(100);  ///< it looks at what came in so often
    bool repeats_questions = true;                   ///< a get's further arguments stand behind its value
    bool takes_bundles = true;                       ///< older scripts do not
    bool keeps_meters = false;                       ///< when the song stops, they show what they showed last
    Duration meter_hold = std::chrono::seconds(1);   ///< the highest peak stays so long
    Decibels meter_fall_a_second{120.0};             ///< of what is not held
};

}  // namespace kedge::sim
