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

SideGains pan_gains(Pan pan, int channels) {
    if (channels != 1) return {std::min(1.0, 1.0 - pan.position()), std::min(1.0, 1.0 + pan.position())};
    const double right = (pan.position() + 1.0) / 2.0;
    const double left = 1.0 - right;
    const double scale = 2.0 - 4.0 * std::pow(10.0, -3.0 / 20.0);
    return {left * (scale * left + 1.0 - scale), right * (scale * right + 1.0 - scale)};
}

float peak_of(const AudioIn& in) {
    float peak = 0.0F;
    for (std::int64_t i = 0; i < in.frames * in.channels; ++i) peak = std::max(peak, std::abs(in.samples[i]));
    return peak;
}

float add_to(float* stereo, const AudioIn& in, SideGains gains) {
    const auto left = static_cast<float>(gains.left);
    const auto right = static_cast<float>(gains.right);
    const std::int64_t second = in.channels - 1;
    float peak = 0.0F;
    for (std::int64_t i = 0; i < in.frames; ++i) {
        const float l = in.samples[i * in.channels];
        const float r = in.samples[i * in.channels + second];
        peak = std::max(peak, std::max(std::abs(l), std::abs(r)));
        stereo[2 * i] += l * left;
        stereo[2 * i + 1] += r * right;
    }
    return peak;
}

}  // namespace kedge::sim
