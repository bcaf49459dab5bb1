#include "measure/statistics.hpp"
#include "mix/mix.hpp"
#include "support/shipped_rules.hpp"

#include <random>
#include <string>

#include <benchmark/benchmark.h>

// From an hour of tape of 1,000 strips to the plan: statistics of every strip, then every move with its
// reason.

namespace {

using namespace kedge;

constexpr int strips = 1000;
constexpr std::size_t cells = std::size_t{3600} * 10;

Role role_of(int strip) {
    return strip == 0 ? Role::kick : all_roles()[static_cast<std::size_t>(strip % role_count)];
}

Strip make_strip(int index) {
    Strip strip;
    strip.id = StripId{static_cast<std::uint32_t>(index + 1)};
    strip.name = {StripKind::audio_track, "Track " + std::to_string(index + 1), 0};
    strip.inputs = 1;
    strip.outputs = 2;
    strip.trim = Decibels();
    strip.fader = Decibels(-6.0);
    strip.pan = Pan::centre();
    strip.mute = Mute::open;
    return strip;
}

/// Strips that play and rest, each with beats of its own.
measure::TapeTrack make_track(const Strip& strip, std::mt19937& random) {
    measure::TapeTrack track;
    track.strip = strip.id;
    track.name = strip.name;
    track.fader = *strip.fader;
    track.trim = *strip.trim;
    const auto beat = 3 + random() % 7;
    const auto peak = -6.0 - static_cast<double>(random() % 20);
    const auto rests_in = random() % 8;  // one of four half minutes; every other strip plays on
    for (std::size_t i = 0; i < cells; ++i) {
        const bool rests = (i / 300) % 4 == rests_in;
        const auto level =
            Decibels(peak - 2.0 * static_cast<double>(i % beat) - 0.01 * static_cast<double>(random() % 100));
        track.cells.push_back(measure::Cell::reading(rests ? Decibels::silence() : level));
    }
    return track;
}

struct BigSession {
    BigSession() {
        std::mt19937 random(7);
        for (int i = 0; i < strips; ++i) {
            mixer.strips.push_back(make_strip(i));
            tape.adopt(make_track(mixer.strips.back(), random));
            roles.push_back({mixer.strips.back().id, role_of(i), "set by hand"});
        }
        capabilities.trim = true;
        capabilities.trim_range = {Decibels(-20.0), Decibels(20.0)};
        capabilities.fader_top = Decibels(6.0);
        capabilities.pan = true;
        capabilities.meters = true;
        capabilities.meter.fall_off_per_second = Decibels(13.0);
    }

    MixerState mixer;
    measure::Tape tape;
    std::vector<mix::RoledStrip> roles;
    Capabilities capabilities;
    mix::BalanceProfile profile = test::shipped_balance("acoustic");
};

const BigSession& big_session() {
    static const BigSession session;
    return session;
}

std::vector<measure::StripStatistics> measure_all(const BigSession& session) {
    return measure::statistics(session.tape, session.capabilities.meter, MeterPoint::after_fader,
                               session.profile.activity);
}

Result<Plan> plan_from(const BigSession& session, const std::vector<measure::StripStatistics>& statistics) {
    return mix::plan_mix(
        {session.mixer, session.roles, statistics, session.profile, session.capabilities, {}, {}});
}

void statistics_of_an_hour(benchmark::State& state) {
    const auto& session = big_session();
    for (auto _ : state) benchmark::DoNotOptimize(measure_all(session));
}
BENCHMARK(statistics_of_an_hour)->Unit(benchmark::kMillisecond);

void plan_of_1000_strips(benchmark::State& state) {
    const auto statistics = measure_all(big_session());
    for (auto _ : state) benchmark::DoNotOptimize(plan_from(big_session(), statistics));
}
BENCHMARK(plan_of_1000_strips)->Unit(benchmark::kMillisecond);

/// Aim: under 50 ms.
void tape_to_plan(benchmark::State& state) {
    const auto& session = big_session();
    std::size_t moves = 0;
    for (auto _ : state) {
        const auto plan = plan_from(session, measure_all(session));
        if (!plan) return state.SkipWithError(plan.error().message.c_str());
        moves = plan->moves.size();
    }
    state.counters["moves"] = static_cast<double>(moves);
}
BENCHMARK(tape_to_plan)->Unit(benchmark::kMillisecond)->Repetitions(9)->ReportAggregatesOnly(true);

}  // namespace

BENCHMARK_MAIN();
