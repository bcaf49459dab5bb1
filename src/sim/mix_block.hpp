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

/// Ardour's law for a mono strip, a parabola through 0, -3 dB at the centre and unity; for a stereo strip a
/// balance that leaves both sides alone at the centre.
[[nodiscard]] SideGains pan_gains(Pan pan, int channels);

/// The highest absolute sample.
[[nodiscard]] float peak_of(const AudioIn& in);

/// Adds `in` to an interleaved stereo sum; returns its peak before the gains.
float add_to(float* stereo, const AudioIn& in, SideGains gains);

}  // namespace kedge::sim
