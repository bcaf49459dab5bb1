#include "ardour/ardour_session.hpp"
#include "bench/ardour_feed.hpp"
#include "osc/osc.hpp"

#include <cstdio>
#include <map>
#include <string>

#include <benchmark/benchmark.h>
#include <oscpack/osc/OscReceivedElements.h>

// How fast the messages of a playing Ardour with 512 strips are decoded and applied, and how that compares
// with a bare oscpack parse of the same bytes in the same run.

namespace {

using namespace kedge;

constexpr int strips = 512;
constexpr int ticks = 100;

const bench::Feed& playing_feed() {
    static const bench::Feed feed = [] {
        bench::Feed made;
        bench::PlayingArdour ardour(strips);
        for (int i = 0; i < ticks; ++i)
            ardour.tick([&](std::span<const std::byte> datagram) { made.add(datagram); });
        return made;
    }();
    return feed;
}

template <typename Parse>
void over_the_feed(benchmark::State& state, Parse parse) {
    const auto& feed = playing_feed();
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
            if (argument->IsString()) benchmark::DoNotOptimize(argument->AsStringUnchecked());
        }
    });
}
BENCHMARK(bare_oscpack)->Unit(benchmark::kMillisecond);

void decode(benchmark::State& state) {
    over_the_feed(state, [](std::span<const std::byte> datagram) {
        auto message = kedge::osc::decode_message(datagram);
        benchmark::DoNotOptimize(message);
    });
}
BENCHMARK(decode)->Unit(benchmark::kMillisecond);

void decode_and_apply(benchmark::State& state) {
    ardour::ArdourSession session;
    const auto now = bench::make_ready(session, bench::PlayingArdour(strips));
    surface::Effects effects;
    over_the_feed(state, [&](std::span<const std::byte> datagram) {
        session.receive(now, datagram, effects);
        benchmark::DoNotOptimize(effects.data());
        effects.clear();
    });
    const auto& counters = session.counters();
    if (counters.malformed + counters.wrong_type + counters.out_of_range + counters.unknown_path > 0)
        state.SkipWithError("the session did not understand the feed");
}
BENCHMARK(decode_and_apply)->Unit(benchmark::kMillisecond);

/// Prints what the console prints, and keeps the rates.
class RateKeeper : public benchmark::ConsoleReporter {
  public:
    RateKeeper() : ConsoleReporter(OO_None) {}
    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const auto& run : runs) {
            const auto rate = run.counters.find("items_per_second");
            if (rate != run.counters.end()) rates[run.benchmark_name()] = rate->second.value;
        }
    }
    std::map<std::string, double> rates;
};

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    RateKeeper reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    const double bare = reporter.rates["bare_oscpack"];
    const double applied = reporter.rates["decode_and_apply"];
    if (bare > 0.0 && applied > 0.0)
        std::printf(
            "decode and apply: %.1f million messages/s, %.2f of a bare oscpack parse (%.1f million/s); aim: "
            "0.5 of it\n",
            applied / 1e6, applied / bare, bare / 1e6);
    return 0;
}
