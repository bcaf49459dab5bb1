#include "sim/audio_engine.hpp"
#include "sim/mix_block.hpp"

#include <algorithm>
#include <cmath>

namespace kedge::sim {

namespace {

constexpr double nothing_dbfs = -120.0;
constexpr double active_below_loudest_db = 40.0;
constexpr double active_floor_dbfs = -50.0;
constexpr double percentile = 0.95;

/// The percentile of the peaks, in dBFS, that count as active; silence when none does.
Decibels robust(std::vector<double> peaks) {
    const double loudest = peaks.empty() ? nothing_dbfs : *std::max_element(peaks.begin(), peaks.end());
    const double floor = std::max(loudest - active_below_loudest_db, active_floor_dbfs);
    std::erase_if(peaks, [&](double peak) { return peak < floor; });
    if (peaks.empty()) return Decibels::silence();
    std::sort(peaks.begin(), peaks.end());
    const double rank = percentile * static_cast<double>(peaks.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const auto above = std::min(below + 1, peaks.size() - 1);
    return Decibels(peaks[below] + (rank - static_cast<double>(below)) * (peaks[above] - peaks[below]));
}

}  // namespace

std::vector<Decibels> AudioEngine::robust_peaks() const {
    std::vector<Decibels> result;
    const std::int64_t second = song_.rate.hertz;
    for (const SimStrip& strip : strips_) {
        std::vector<double> peaks;
        for (std::int64_t at = 0; strip.stem && at + second <= song_samples(); at += second) {
            const float peak = peak_of(part_of(song_.stems[*strip.stem], at, second));
            if (peak > 0.0F) peaks.push_back(20.0 * std::log10(static_cast<double>(peak)));
        }
        result.push_back(robust(std::move(peaks)) + strip.trim + fader_of(strip));
    }
    return result;
}

Decibels AudioEngine::bus_peak() const {
    float peak = 0.0F;
    for (std::int64_t at = 0; at < song_samples(); at += block)
        peak = std::max(peak, mix_block(at, true).master.highest());
    return Decibels::from_gain(Gain(static_cast<double>(peak))) + master_.trim + master_.fader;
}

}  // namespace kedge::sim
