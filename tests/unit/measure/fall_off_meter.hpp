#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

/// A peak meter with fall-off, read every 100 ms at a phase: what a DAW shows of sounds whose true peaks are
/// known.
struct FallOffMeter {
    double fall_db_per_second = 13.3;
    double tick_seconds = 0.1;
    double phase_seconds = 0.0;  ///< the first tick

    struct Hit {
        double at_seconds;
        double peak_db;
    };

    /// One reading a tick over `seconds`; -infinity for nothing.
    [[nodiscard]] std::vector<double> readings(const std::vector<Hit>& hits, double seconds) const {
        std::vector<double> shown;
        for (double now = phase_seconds; now < seconds; now += tick_seconds) {
            double level = -std::numeric_limits<double>::infinity();
            for (const Hit& hit : hits)
                if (hit.at_seconds <= now)
                    level = std::max(level, hit.peak_db - fall_db_per_second * (now - hit.at_seconds));
            shown.push_back(level < -120.0 ? -std::numeric_limits<double>::infinity() : level);
        }
        return shown;
    }
};
