#pragma once

#include "core/ride.hpp"
#include "sim/song.hpp"

#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace kedge::test {

/// Tracks that play nothing, for a hundredth of a second: the transport rolls on past the end, and an hour
/// costs no sound.
inline sim::Song silent_song(int tracks) {
    sim::Song song;
    song.name = "Live";
    const auto samples = std::make_shared<const std::vector<float>>(480, 0.0F);
    for (int i = 0; i < tracks; ++i) song.stems.push_back({"Track " + std::to_string(i + 1), 1, samples});
    return song;
}

/// Levels that are held for some seconds, with ramps between, back at the base at both ends.
inline Ride some_ride(StripId strip, std::uint32_t seed, SongRange part) {
    std::mt19937 random(seed);
    const auto between = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    Ride ride;
    ride.strip = strip;
    ride.points.push_back({part.from, Decibels()});
    double at = part.from.seconds();
    Decibels level;
    while (true) {
        const double ramp_from = at + between(2.0, 8.0);
        const double ramp_to = ramp_from + between(0.25, 0.9);
        if (ramp_to + 3.0 > part.to.seconds()) break;
        ride.points.push_back({SongTime::from_seconds(ramp_from), level});
        level = Decibels(std::round(between(-3.0, 3.0) * 10.0) / 10.0);
        ride.points.push_back({SongTime::from_seconds(ramp_to), level});
        at = ramp_to;
    }
    ride.points.push_back({part.to - std::chrono::seconds(1), level});
    ride.points.push_back({part.to, Decibels()});
    return ride;
}

}  // namespace kedge::test
