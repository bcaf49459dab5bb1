#include "sim/audio_engine.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kedge::sim {

namespace {

constexpr double fall_off_db_per_second = 13.3;
constexpr double lowest_meter_dbfs = -120.0;
constexpr double active_below_loudest_db = 40.0;
constexpr double active_floor_dbfs = -50.0;
constexpr double percentile = 0.95;

struct PanGains {
    double left;
    double right;
};

/// Ardour's law for a mono strip: a parabola through 0, -3 dB at the centre and unity.
PanGains mono_pan(Pan pan) {
    const double right = (pan.position() + 1.0) / 2.0;
    const double left = 1.0 - right;
    const double scale = 2.0 - 4.0 * std::pow(10.0, -3.0 / 20.0);
    return {left * (scale * left + 1.0 - scale), right * (scale * right + 1.0 - scale)};
}

/// A stereo strip: a balance that leaves both sides alone at the centre.
PanGains stereo_balance(Pan pan) {
    return {std::min(1.0, 1.0 - pan.position()), std::min(1.0, 1.0 + pan.position())};
}

}  // namespace

AudioEngine::AudioEngine(Song song) : song_(std::move(song)) {
    for (const Stem& stem : song_.stems) {
        SimStrip strip;
        strip.name = stem.name;
        strip.channels = stem.channels;
        strips_.push_back(strip);
    }
    master_.name = "Master";
    master_.channels = 2;
}

std::int64_t AudioEngine::song_samples() const {
    std::int64_t longest = 0;
    for (const Stem& stem : song_.stems)
        longest = std::max(longest, static_cast<std::int64_t>(stem.samples->size()) / stem.channels);
    return longest;
}

Duration AudioEngine::block_length() const {
    return Duration(block * 1'000'000'000 / song_.rate.hertz);
}

bool AudioEngine::audible(const SimStrip& strip) const {
    const bool any_solo =
        std::any_of(strips_.begin(), strips_.end(), [](const SimStrip& s) { return s.soloed; });
    return !strip.muted && (!any_solo || strip.soloed);
}

void AudioEngine::meter(SimStrip& strip, float peak) const {
    const double fallen = strip.meter.is_silence()
                              ? lowest_meter_dbfs - 1.0
                              : strip.meter.db() - fall_off_db_per_second * static_cast<double>(block) /
                                                       static_cast<double>(song_.rate.hertz);
    const Decibels level = Decibels::from_gain(Gain(static_cast<double>(peak)));
    const Decibels shown = std::max(level, Decibels(fallen));
    strip.meter = shown < Decibels(lowest_meter_dbfs) ? Decibels::silence() : shown;
}

float AudioEngine::add(std::size_t index, std::int64_t from, std::int64_t count, float* left,
                       float* right) const {
    const SimStrip& strip = strips_[index];
    const Stem& stem = song_.stems[index];
    const auto length = static_cast<std::int64_t>(stem.samples->size()) / stem.channels;
    count = std::min(count, length - from);
    if (count <= 0 || from < 0) return 0.0F;
    const auto gain = static_cast<float>((strip.trim + strip.fader).gain().ratio());
    const PanGains pan = stem.channels == 1 ? mono_pan(strip.pan) : stereo_balance(strip.pan);
    const auto to_left = static_cast<float>(pan.left);
    const auto to_right = static_cast<float>(pan.right);
    const float* in = stem.samples->data() + from * stem.channels;
    const std::int64_t second = stem.channels - 1;
    float peak = 0.0F;
    for (std::int64_t i = 0; i < count; ++i) {
        const float l = in[i * stem.channels] * gain;
        const float r = in[i * stem.channels + second] * gain;
        peak = std::max({peak, std::abs(l), std::abs(r)});
        left[i] += l * to_left;
        right[i] += r * to_right;
    }
    return peak;
}

void AudioEngine::run_block() {
    std::array<float, block> left{};
    std::array<float, block> right{};
    for (std::size_t i = 0; i < strips_.size(); ++i) {
        const float peak =
            rolling_ && audible(strips_[i]) ? add(i, at_, block, left.data(), right.data()) : 0.0F;
        meter(strips_[i], peak);
    }
    const auto gain = static_cast<float>(master_.muted ? 0.0 : (master_.trim + master_.fader).gain().ratio());
    float peak = 0.0F;
    for (std::size_t i = 0; i < left.size(); ++i)
        peak = std::max({peak, std::abs(left[i]), std::abs(right[i])});
    meter(master_, peak * gain);
    if (rolling_) at_ += block;
}

std::vector<Decibels> AudioEngine::robust_peaks() const {
    std::vector<Decibels> result;
    std::vector<float> nowhere(static_cast<std::size_t>(song_.rate.hertz));
    for (std::size_t s = 0; s < strips_.size(); ++s) {
        std::vector<double> peaks;
        const double gain = (strips_[s].trim + strips_[s].fader).db();
        for (std::int64_t at = 0; at + song_.rate.hertz <= song_samples(); at += song_.rate.hertz) {
            const float peak = add(s, at, song_.rate.hertz, nowhere.data(), nowhere.data());
            if (peak > 0.0F) peaks.push_back(20.0 * std::log10(static_cast<double>(peak)) - gain);
        }
        const double loudest =
            peaks.empty() ? lowest_meter_dbfs : *std::max_element(peaks.begin(), peaks.end());
        const double floor = std::max(loudest - active_below_loudest_db, active_floor_dbfs);
        std::erase_if(peaks, [&](double peak) { return peak < floor; });
        if (peaks.empty()) {
            result.push_back(Decibels::silence());
            continue;
        }
        std::sort(peaks.begin(), peaks.end());
        const double rank = percentile * static_cast<double>(peaks.size() - 1);
        const auto below = static_cast<std::size_t>(rank);
        const auto above = std::min(below + 1, peaks.size() - 1);
        result.emplace_back(peaks[below] +
                            (rank - static_cast<double>(below)) * (peaks[above] - peaks[below]) + gain);
    }
    return result;
}

Decibels AudioEngine::bus_peak() const {
    float peak = 0.0F;
    for (std::int64_t at = 0; at < song_samples(); at += block) {
        std::array<float, block> left{};
        std::array<float, block> right{};
        for (std::size_t s = 0; s < strips_.size(); ++s)
            if (audible(strips_[s])) add(s, at, block, left.data(), right.data());
        for (std::size_t i = 0; i < left.size(); ++i)
            peak = std::max({peak, std::abs(left[i]), std::abs(right[i])});
    }
    return Decibels::from_gain(Gain(static_cast<double>(peak))) + master_.trim + master_.fader;
}

}  // namespace kedge::sim
