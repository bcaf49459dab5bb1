#include "mix/ride_plan.hpp"
#include "support/shipped_rules.hpp"

#include <random>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>

// From an hour of tape of 48 tracks to the rides of 24 of them, and to what these do to the phrases.

namespace {

using namespace kedge;

constexpr int voices = 24;
constexpr int tracks = 48;
constexpr std::size_t hour = std::size_t{3600} * 10;

mix::RideProfile shipped_rides() {
    auto profile = mix::load_rides("rides/default.toml", test::shipped_text("rides/default.toml"));
    if (!profile) throw std::runtime_error(profile.error().message);
    return std::move(*profile);
}

/// Phrases of two to four seconds, each at a level of its own, behind the fall of the meter; a band plays on.
measure::TapeTrack hour_of(const Strip& strip, bool sings, std::mt19937& random) {
    measure::TapeTrack track;
    track.strip = strip.id;
    track.name = strip.name;
    double shown = -100.0;
    double sung = -30.0;
    std::size_t phrase_ends = 0;
    std::size_t pause_ends = 0;
    for (std::size_t i = 0; i < hour; ++i) {
        if (i >= pause_ends) {
            phrase_ends = i + 20 + random() % 20;
            pause_ends = phrase_ends + (sings ? 5 + random() % 10 : 0);
            sung = -30.0 + static_cast<double>(random() % 120) / 10.0;
        }
        const double sound = i < phrase_ends ? sung + static_cast<double>(random() % 20) / 10.0 : -400.0;
        shown = std::max(sound, shown - 1.33);
        track.cells.push_back(measure::Cell::reading(shown < -120.0 ? Decibels::silence() : Decibels(shown)));
    }
    return track;
}

struct LongSong {
    LongSong() {
        std::mt19937 random(11);
        for (int i = 0; i < tracks; ++i) {
            Strip strip;
            strip.id = StripId{static_cast<std::uint32_t>(i + 1)};
            strip.name = {StripKind::audio_track, "Track " + std::to_string(i + 1), 0};
            strip.fader = Decibels();
            strip.mute = Mute::open;
            const bool sings = i < voices;
            mixer.strips.push_back(strip);
            roles.push_back({strip.id, sings ? Role::lead_vocal : Role::keys, "set by hand"});
            tape.adopt(hour_of(strip, sings, random));
        }
        capabilities.fader_top = Decibels(6.0);
        capabilities.meter.fall_off_per_second = Decibels(13.3);
    }
    [[nodiscard]] mix::RideQuestion question() const {
        return {mixer, roles, tape, profile, capabilities, {}, {}, mix::BusLimit{Decibels(-6.0), Decibels()},
                {},    {}};
    }
    MixerState mixer;
    std::vector<mix::RoledStrip> roles;
    measure::Tape tape;
    Capabilities capabilities;
    mix::RideProfile profile = shipped_rides();
};

const LongSong& long_song() {
    static const LongSong song;
    return song;
}

void rides_of_an_hour(benchmark::State& state) {
    std::size_t points = 0;
    std::size_t rides = 0;
    for (auto _ : state) {
        const auto plan = mix::plan_rides(long_song().question());
        if (!plan) return state.SkipWithError(plan.error().message.c_str());
        points = 0;
        for (const Ride& ride : plan->rides) points += ride.points.size();
        rides = plan->rides.size();
    }
    state.counters["rides"] = static_cast<double>(rides);
    state.counters["points"] = static_cast<double>(points);
}
BENCHMARK(rides_of_an_hour)->Unit(benchmark::kMillisecond);

void forecasts_of_an_hour(benchmark::State& state) {
    const auto plan = mix::plan_rides(long_song().question());
    if (!plan) return state.SkipWithError(plan.error().message.c_str());
    for (auto _ : state) benchmark::DoNotOptimize(mix::forecast_rides(long_song().question(), plan->rides));
}
BENCHMARK(forecasts_of_an_hour)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
