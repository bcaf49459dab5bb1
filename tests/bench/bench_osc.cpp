#include "bench/ardour_feed.hpp"
#include "osc/osc.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <oscpack/osc/OscReceivedElements.h>

// How fast the messages of an Ardour with 512 strips are decoded and applied, and how that compares with a
// bare oscpack parse of the same bytes in the same run. The feed is what the simulated Ardour sends when a
// surface connects (strip list and values) and plays ten seconds of the built-in song.

namespace {

using namespace kedge;

constexpr int strips = 512;
constexpr int repetitions = 15;
constexpr auto played = std::chrono::seconds(10);

const bench::Feed& recorded_feed() {
    static const bench::Feed feed = [] {
        bench::ConnectedSession connected(bench::large_song(strips));
        connected.play(played);
        return connected.feed();
    }();
    return feed;
}

template <typename Parse>
void over_the_feed(benchmark::State& state, Parse parse) {
    const auto& feed = recorded_feed();
    for (auto _ : state)
        for (std::size_t i = 0; i < feed.size(); ++i) parse(feed[i]);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(feed.size()));
}

void bare_oscpack(benchmark::State& state) {
    over_the_feed(state, [](std::span<const std::byte> datagram) {
        const ::osc::ReceivedPacket packet(reinterpret_cast<const char*>(datagram.data()),
                                           static_cast<::osc::osc_bundle_element_size_t>(datagram.size()));
        const ::osc::ReceivedMessage message(packet);
        benchmark::DoNotOptimize(message.AddressPattern());
        for (auto argument = message.ArgumentsBegin(); argument != message.ArgumentsEnd(); ++argument) {
            if (argument->IsFloat()) benchmark::DoNotOptimize(argument->AsFloatUnchecked());
            if (argument->IsInt32()) benchmark::DoNotOptimize(argument->AsInt32Unchecked());
            if (argument->IsString()) benchmark::DoNotOptimize(argument->AsStringUnchecked());
        }
    });
}
BENCHMARK(bare_oscpack)->Unit(benchmark::kMillisecond)->MinTime(0.2)->Repetitions(repetitions);

void decode(benchmark::State& state) {
    over_the_feed(state, [](std::span<const std::byte> datagram) {
        auto message = kedge::osc::decode_message(datagram);
        benchmark::DoNotOptimize(message);
    });
}
BENCHMARK(decode)->Unit(benchmark::kMillisecond)->MinTime(0.2)->Repetitions(repetitions);

void decode_and_apply(benchmark::State& state) {
    bench::ConnectedSession connected(bench::large_song(strips));
    auto& session = connected.session();
    const Instant now = connected.now();
    surface::Effects effects;
    over_the_feed(state, [&](std::span<const std::byte> datagram) {
        session.receive(now, datagram, effects);
        benchmark::DoNotOptimize(effects.data());
        effects.clear();
    });
    const auto& counters = session.counters();
    if (!session.ready() ||
        counters.malformed + counters.wrong_type + counters.out_of_range + counters.unknown_path > 0)
        state.SkipWithError("the session did not understand the feed");
}
BENCHMARK(decode_and_apply)->Unit(benchmark::kMillisecond)->MinTime(0.2)->Repetitions(repetitions);

/// Prints what the console prints, and keeps every rate.
class RateKeeper : public benchmark::ConsoleReporter {
  public:
    RateKeeper() : ConsoleReporter(OO_None) {}
    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const auto& run : runs) {
            const auto rate = run.counters.find("items_per_second");
            if (run.run_type != Run::RT_Iteration || rate == run.counters.end()) continue;
            rates_[run.run_name.function_name].push_back(rate->second.value);
        }
    }
    /// The middle one, messages a second; 0 without any.
    [[nodiscard]] double median_of(const std::string& name) {
        auto& rates = rates_[name];
        if (rates.empty()) return 0.0;
        std::sort(rates.begin(), rates.end());
        return rates[rates.size() / 2];
    }

  private:
    std::map<std::string, std::vector<double>> rates_;
};

}  // namespace

int main(int argc, char** argv) {
    // What else the machine does comes and goes: taken in turns, both suffer from it alike.
    std::vector<char*> arguments(argv, argv + argc);
    std::string in_turns = "--benchmark_enable_random_interleaving=true";
    arguments.insert(arguments.begin() + 1, in_turns.data());
    argc = static_cast<int>(arguments.size());
    benchmark::Initialize(&argc, arguments.data());
    RateKeeper reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    const double bare = reporter.median_of("bare_oscpack");
    const double applied = reporter.median_of("decode_and_apply");
    if (bare > 0.0 && applied > 0.0)
        std::printf(
            "decode and apply: %.1f million messages/s, %.2f of a bare oscpack parse (%.1f million/s); aim: "
            "0.5 of it\n",
            applied / 1e6, applied / bare, bare / 1e6);
    return 0;
}
