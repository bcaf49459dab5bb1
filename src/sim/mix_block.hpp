#pragma once

#include "core/pan.hpp"
#include "sim/song.hpp"

#include <cstdint>

/// The arithmetic of one strip over a run of samples.
namespace kedge::sim {

/// What a strip hears: `frames` of one or two interleaved channels.
struct AudioIn {
    const float* samples = nullptr;
    std::int64_t channels = 1;
    std::int64_t frames = 0;
};

/// The part of a stem that begins at frame `from`, empty outside of it.
[[nodiscard]] AudioIn part_of(const Stem& stem, std::int64_t from, std::int64_t frames);

struct SideGains {
    double left = 1.0;
    double right = 1.0;
};

/// The highest absolute samples of the two sides; one channel is both.
struct SidePeaks {
    float left = 0.0F;
    float right = 0.0F;
    [[nodiscard]] float highest() const { return left > right ? left : right; }
};

/// What panning does to a mono strip. Stereo strips have a balance in either case.
enum class PanLaw {
    minus_3_db,  ///< Ardour's parabola through 0, -3 dB at the centre and unity
    balance,     ///< both sides at unity in the centre, the far one fades: REAPER's default of 0 dB
};

/// For a stereo strip a balance that leaves both sides alone at the centre.
[[nodiscard]] SideGains pan_gains(Pan pan, int channels, PanLaw law = PanLaw::minus_3_db);

[[nodiscard]] SidePeaks side_peaks_of(const AudioIn& in);
/// The highest absolute sample.
[[nodiscard]] inline float peak_of(const AudioIn& in) {
    return side_peaks_of(in).highest();
}

/// Adds `in` to an interleaved stereo sum; returns its peaks before the gains.
SidePeaks add_to(float* stereo, const AudioIn& in, SideGains gains);

}  // namespace kedge::sim
