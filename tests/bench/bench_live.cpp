// What writing rides live costs: 24 faders over a song of an hour, in virtual time, on the simulator. Most of
// it is the simulator's.

#include "ardour/ardour_session.hpp"
#include "cli/sim_in_memory.hpp"
#include "engine/engine.hpp"
#include "engine/live_writer.hpp"
#include "engine/observe_job.hpp"
#include "engine/virtual_loop.hpp"
#include "support/some_ride.hpp"

#include <stdexcept>

#include <benchmark/benchmark.h>

using namespace kedge;

namespace {

constexpr int ridden_faders = 24;
constexpr SongRange the_hour{SongTime(std::chrono::seconds(3)), SongTime(std::chrono::seconds(3598))};

struct Desk24 {
    Desk24() {
        engine::ObserveJob glance(Duration::zero());
        if (!loop.run(glance)) throw std::runtime_error("the simulator does not answer");
    }
    sim::SimulatedArdour daw{test::silent_song(ridden_faders)};
    cli::SimInMemory<> wire{daw};
    ardour::ArdourSession session{Duration{}};
    engine::Engine engine{session};
    engine::VirtualLoop loop{engine, wire};
};

void an_hour_of_24_rides(benchmark::State& state) {
    std::size_t values = 0;
    for ([[maybe_unused]] const auto round : state) {
        Desk24 desk;
        engine::LiveOrder order;
        for (std::uint32_t i = 0; i < ridden_faders; ++i)
            order.rides.push_back(test::some_ride(desk.session.mixer().strips[i].id, i, the_hour));
        engine::LiveWriter writer(std::move(order));
        if (!desk.loop.run(writer)) throw std::runtime_error("the rides came to no end");
        for (const auto& strip : writer.report().strips) {
            if (strip.end != engine::LiveEnd::written) throw std::runtime_error("a ride was not written");
            values += strip.values;
        }
    }
    state.counters["values"] =
        benchmark::Counter(static_cast<double>(values), benchmark::Counter::kAvgIterations);
}
BENCHMARK(an_hour_of_24_rides)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
