#include "profiles/shipped_profiles.hpp"
#include "reaper/pattern_file.hpp"

#include <string>

#include <benchmark/benchmark.h>

// How fast a pattern file is read, and addresses are matched against it: kedge's own file, and one of ten
// thousand lines.

namespace {

using namespace kedge::reaper;

std::string own_text() {
    for (const auto& shipped : kedge::shipped_profiles())
        if (shipped.path == "daws/kedge.ReaperOSC") return std::string(shipped.text);
    return {};
}

std::string large_text() {
    std::string text = own_text();
    for (int i = 0; i < 10'000; ++i)
        text += "TRACK_SEND_VOLUME n/track/@/send/@/volume/" + std::to_string(i) + " n/made/up/" +
                std::to_string(i) + "\n";
    return text;
}

void read(benchmark::State& state, const std::string& text) {
    for (auto _ : state) benchmark::DoNotOptimize(PatternFile::read(text));
}
BENCHMARK_CAPTURE(read, own, own_text());
BENCHMARK_CAPTURE(read, ten_thousand_lines, large_text());

void match(benchmark::State& state, const std::string& text) {
    const auto file = PatternFile::read(text);
    const PatternIndex index(file);
    const std::string addresses[] = {"/track/37/volume/db", "/track/112/vu/L", "/time", "/master/vu/R",
                                     "/no/such/address"};
    for (auto _ : state)
        for (const auto& address : addresses) benchmark::DoNotOptimize(index.match(address));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(std::size(addresses)));
}
BENCHMARK_CAPTURE(match, own, own_text());
BENCHMARK_CAPTURE(match, ten_thousand_lines, large_text());

}  // namespace

BENCHMARK_MAIN();
