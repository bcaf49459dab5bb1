#pragma once

#include "core/decibels.hpp"
#include "core/time.hpp"

#include <optional>

namespace kedge::sim {

/// From which levels on the segments of a surface's meter light up.
enum class MeterScale {
    ardour,      ///< the deflection of IEC 60268-18 up to +6 dB in thirteenths, to the nearest
    reaper,      ///< -70 to 0 dB in thirteenths, cut off; 0 dB is the 13th
    thresholds,  ///< -60, -50, -40, -30, -20, -14, -10, -8, -6, -4, -2, 0 dB: twelve
};

/// 0 to 13 segments.
[[nodiscard]] int meter_segments(Decibels level, MeterScale scale);

/// How a DAW says its meters to a surface.
struct MeterRules {
    enum class Telling {
        never,
        each_time,
        on_change,
        on_rise,  ///< the surface lets them fall by itself, the DAW only reckons with it
    };
    MeterScale scale = MeterScale::ardour;
    Telling telling = Telling::on_change;
    Duration every = std::chrono::milliseconds(100);
    bool overload = false;         ///< says so above 0 dB, and when it is over
    bool only_rolling = false;     ///< nothing is said while the song does not play
    bool mean_of_sides = false;    ///< (L + R) / 2 after the pan instead of the louder before it
    bool both_sides = false;       ///< one meter for each, after the pan
    bool since_last = false;       ///< the peak since the last time, instead of a meter that falls
    Decibels fall_a_second{50.0};  ///< with which it reckons on_rise
};

/// What was said of one side of a strip's meter.
class SteppedMeter {
  public:
    struct Said {
        std::optional<int> segments;   ///< nullopt: nothing
        std::optional<bool> overload;  ///< likewise
    };
    [[nodiscard]] Said look(Instant now, Decibels level, const MeterRules& rules);
    void forget() { *this = {}; }

  private:
    [[nodiscard]] bool is_risen(Instant now, Decibels level, Decibels fall_a_second);

    std::optional<int> said_;
    bool overloaded_ = false;
    Decibels reckoned_ = Decibels::silence();
    Instant last_look_{};
};

}  // namespace kedge::sim
