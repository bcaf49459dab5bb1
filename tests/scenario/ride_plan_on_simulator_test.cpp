// Rides planned from what the simulator's meters show, judged by the samples.

#include "cli/sim_in_memory.hpp"
#include "mix/ride_plan.hpp"
#include "scenario/mixing_room.hpp"
#include "sim/built_in_song.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <vector>

using namespace kedge;

namespace {

mix::RideProfile ride_profile() {
    auto profile = mix::load_rides("rides/default.toml", test::shipped_text("rides/default.toml"));
    REQUIRE(profile);
    return std::move(*profile);
}

/// A mixed song with its tape.
struct RideStudio {
    explicit RideStudio(std::uint32_t seed) : daw(sim::built_in_song(seed)) {
        auto job = room.desk.job({});
        REQUIRE(room.loop.run(job));
        REQUIRE_FALSE(job.report().error);
        REQUIRE(room.desk.shelf.tape);
        mixer = room.session.mixer();
        for (const Strip& strip : mixer.strips)
            roles.push_back({strip.id, room.desk.roles.classify(strip.name.name, strip.group).role, "name"});
        for (const sim::Marker& marker : daw.engine().song().markers)
            marks.push_back({marker.name, marker.at});
    }
    [[nodiscard]] mix::RideQuestion question() const {
        const auto& capabilities = room.session.capabilities();
        return {mixer, roles, room.desk.shelf.tape->tape, profile, capabilities, marks, {}, {}, {}, {}};
    }
    [[nodiscard]] StripId id(const std::string& name) const {
        for (const Strip& strip : mixer.strips)
            if (strip.name.name == name) return strip.id;
        FAIL("no strip " << name);
        return {};
    }

    sim::SimulatedArdour daw;
    cli::SimInMemory<> wire{daw};
    test::MixingRoom<test::MemoryShelf> room{wire};
    mix::RideProfile profile = ride_profile();
    MixerState mixer;
    std::vector<mix::RoledStrip> roles;
    std::vector<SongMarker> marks;
};

/// The mean power of a stem after trim and fader, and a ride.
double ride_power(const RideStudio& studio, const sim::SimStrip& strip, SongRange part, const Ride* ride) {
    const sim::Song& song = studio.daw.engine().song();
    const sim::Stem& stem = song.stems[*strip.stem];
    const auto from = static_cast<std::size_t>(part.from.samples(song.rate));
    const auto to = static_cast<std::size_t>(part.to.samples(song.rate));
    double sum = 0.0;
    for (std::size_t i = from; i < to; ++i) {
        const double sample =
            static_cast<double>((*stem.samples)[i * static_cast<std::size_t>(stem.channels)]);
        const SongTime at = SongTime::from_samples(static_cast<std::int64_t>(i), song.rate);
        const double gain = ride ? offset_at(ride->points, at).gain().ratio() : 1.0;
        sum += sample * gain * sample * gain;
    }
    const double mixed = (strip.trim + strip.fader).gain().ratio();
    return sum * mixed * mixed / static_cast<double>(to - from);
}

/// The spread of the vocal's bars against all other stems, from the samples.
double true_spread(const RideStudio& studio, const Ride* ride) {
    std::vector<double> levels;
    for (int bar = 2; bar < 16; ++bar) {
        if (bar % 4 == 1) continue;
        const SongRange part{SongTime::from_seconds(bar * 2.0 + 0.11),
                             SongTime::from_seconds(bar * 2.0 + 1.61)};
        double voice = 0.0;
        double rest = 0.0;
        for (const sim::SimStrip& strip : studio.daw.engine().strips()) {
            const bool vocal = strip.name == "Lead Vox";
            (vocal ? voice : rest) += ride_power(studio, strip, part, vocal ? ride : nullptr);
        }
        levels.push_back(10.0 * std::log10(voice / rest));
    }
    double mean = 0.0;
    for (const double level : levels) mean += level / static_cast<double>(levels.size());
    double variance = 0.0;
    for (const double level : levels)
        variance += (level - mean) * (level - mean) / static_cast<double>(levels.size());
    return std::sqrt(variance);
}

void check_spread(const RideStudio& studio) {
    const auto plan = mix::plan_rides(studio.question());
    REQUIRE(plan);
    const StripId vocal = studio.id("Lead Vox");
    const Ride* ride = nullptr;
    for (const Ride& one : plan->rides)
        if (one.strip == vocal) ride = &one;
    REQUIRE(ride);
    const auto forecast = mix::forecast_ride(studio.question(), vocal, ride->points);
    INFO("forecast " << forecast.spread_before.db() << " to " << forecast.spread_after.db() << " of "
                     << forecast.phrases.size() << " phrases");
    CHECK(forecast.spread_after.db() <= forecast.spread_before.db() / 2.0);
    const double before = true_spread(studio, nullptr);
    const double after = true_spread(studio, ride);
    INFO("by the samples " << before << " to " << after << ", " << ride->points.size() << " points");
    CHECK(after <= before / 2.0);
    CHECK(forecast.phrases.size() >= 10);  // of 11 bars that are sung
}

}  // namespace

TEST_CASE("a ride planned from the meters halves the spread of the vocal's phrases, by the samples") {
    for (const std::uint32_t seed : {1U, 3U}) {
        INFO("seed " << seed);
        const RideStudio studio(seed);
        check_spread(studio);
    }
}

TEST_CASE("so it does where the song has no markers") {
    RideStudio studio(2);
    studio.marks.clear();
    check_spread(studio);
}
