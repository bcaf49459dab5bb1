#include "core/fader_curve.hpp"
#include "sim/simulated_live.hpp"

#include <algorithm>

/// Meters: after fader and pan, the louder side.
namespace kedge::sim {

void SimulatedLive::hold_peaks(Instant now) {
    if (settings_.keeps_meters && !engine_.rolling()) return;
    for (const SimStrip& track : engine_.strips()) {
        const Decibels level = std::max(track.sides[0], track.sides[1]);
        HeldPeak& held = peaks_[track.id];
        if (level < held.level && now - held.since < settings_.meter_hold) continue;
        held.level = level;
        held.since = now;
    }
}

void SimulatedLive::tell_meters() {
    for (const SimStrip& track : engine_.strips()) {
        HeldPeak& held = peaks_[track.id];
        const auto shown = static_cast<float>(share_of(FaderCurve::live, held.level).normalised());
        if (shown == held.shown) continue;
        held.shown = shown;
        tell_track(track, "output_meter_level");
    }
}

}  // namespace kedge::sim
