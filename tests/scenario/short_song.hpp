#pragma once

#include "sim/song.hpp"

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kedge::test {

/// Four strips that play all the time, for so many seconds: enough for a mix, and quick.
inline sim::Song short_song(const std::string& name, int seconds = 5) {
    sim::Song song;
    song.name = name;
    const std::int64_t rate = song.rate.hertz;
    const std::vector<std::pair<std::string, double>> strips = {
        {"Kick In", 0.1}, {"Snare Top", 0.6}, {"Bass DI", 0.3}, {"Lead Vox", 0.05}};
    int pitch = 60;
    for (const auto& [strip, level] : strips) {
        pitch += 35;
        std::vector<float> samples(static_cast<std::size_t>(rate * seconds));
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const double at = static_cast<double>(i) / static_cast<double>(rate);
            samples[i] = static_cast<float>(level * std::sin(2.0 * 3.14159265358979 * pitch * at));
        }
        song.stems.push_back({strip, 1, std::make_shared<const std::vector<float>>(std::move(samples))});
    }
    return song;
}

/// The song of a voice that is uneven: soft, loud and soft again, over a drone.
inline sim::Song uneven_song() {
    sim::Song song = short_song("uneven", 8);
    const std::int64_t rate = song.rate.hertz;
    std::vector<float> samples(*song.stems.back().samples);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double at = static_cast<double>(i) / static_cast<double>(rate);
        const double phrase = at - 2.0 * std::floor(at / 2.0);
        const float level = at < 2.0 ? 2.0F : at < 4.0 ? 6.0F : at < 6.0 ? 1.0F : 2.0F;
        samples[i] *= phrase > 0.2 && phrase < 1.4 ? level : 0.0F;
    }
    song.stems.back().samples = std::make_shared<const std::vector<float>>(std::move(samples));
    return song;
}

}  // namespace kedge::test
