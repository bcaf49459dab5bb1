#include "sim/mix_block.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::sim {

AudioIn part_of(const Stem& stem, std::int64_t from, std::int64_t frames) {
    const auto length = static_cast<std::int64_t>(stem.samples->size()) / stem.channels;
    const auto count = std::min(frames, length - from);
    if (count <= 0 || from < 0) return {};
    return {stem.samples->data() + from * stem.channels, stem.channels, count};
}

SideGains pan_gains(Pan pan, int channels, PanLaw law) {
    if (channels != 1 || law == PanLaw::balance)
        return {std::min(1.0, 1.0 - pan.position()), std::min(1.0, 1.0 + pan.position())};
    const double right = (pan.position() + 1.0) / 2.0;
    const double left = 1.0 - right;
    const double scale = 2.0 - 4.0 * std::pow(10.0, -3.0 / 20.0);
    return {left * (scale * left + 1.0 - scale), right * (scale * right + 1.0 - scale)};
}

SidePeaks side_peaks_of(const AudioIn& in) {
    SidePeaks peaks;
    const std::int64_t second = in.channels - 1;
    for (std::int64_t i = 0; i < in.frames; ++i) {
        peaks.left = std::max(peaks.left, std::abs(in.samples[i * in.channels]));
        peaks.right = std::max(peaks.right, std::abs(in.samples[i * in.channels + second]));
    }
    return peaks;
}

SidePeaks add_to(float* stereo, const AudioIn& in, SideGains gains) {
    const auto left = static_cast<float>(gains.left);
    const auto right = static_cast<float>(gains.right);
    const std::int64_t second = in.channels - 1;
    SidePeaks peaks;
    for (std::int64_t i = 0; i < in.frames; ++i) {
        const float l = in.samples[i * in.channels];
        const float r = in.samples[i * in.channels + second];
        peaks.left = std::max(peaks.left, std::abs(l));
        peaks.right = std::max(peaks.right, std::abs(r));
        stereo[2 * i] += l * left;
        stereo[2 * i + 1] += r * right;
    }
    return peaks;
}

}  // namespace kedge::sim
