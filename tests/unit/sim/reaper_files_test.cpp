#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

#include <fstream>
#include <iterator>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

std::string shipped_file(const std::string& path) {
    std::ifstream in(std::string(KEDGE_SOURCE_DIR) + "/" + path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string stock_patterns() {
    return shipped_file("tests/golden/reaper/stock.ReaperOSC");
}

std::string kedge_patterns() {
    return shipped_file("profiles/daws/kedge.ReaperOSC");
}

std::size_t count_from(const Lines& lines, std::string_view start) {
    return only(lines, start).size();
}

}  // namespace

TEST_CASE("REAPER with the stock patterns: what a track is told as",
          "[R3.1][R3.2][R3.4][R3.5][R3.6][R3.7][R3.8][R3.9][R3.16]") {
    ReaperBench bench(stock_patterns());
    const Lines told = bench.pass(20s);
    Lines first = only(told, "/track/1/");
    first.resize(18);
    CHECK(first == Lines{"/track/1/name sKick", "/track/1/number/str s1", "/track/1/select f0.00",
                         "/track/1/volume f0.72", "/track/1/volume/str s0.00dB", "/track/1/volume/db f0.00",
                         "/track/1/panmode sBalance", "/track/1/pan2 f1.00", "/track/1/pan2/str s100W",
                         "/track/1/pan f0.50", "/track/1/pan/str sC", "/track/1/mute f0.00",
                         "/track/1/mute/toggle f0.00", "/track/1/solo f0.00", "/track/1/solo/toggle f0.00",
                         "/track/1/recarm f0.00", "/track/1/recarm/toggle f0.00", "/track/1/monitor f0.00"});
    CHECK(holds(told, "/track/8/name sTrack 8"));
    CHECK(holds(told, "/track/name sMASTER"));
    CHECK(holds(told, "/master/volume/str s0.00dB"));
    CHECK(holds(told, "/stop f1.00"));
}

TEST_CASE("REAPER with the stock patterns: sends and effects that are not there are told at length",
          "[R3.14][R3.15][R3.18][R4.27]") {
    ReaperBench bench(stock_patterns());
    const auto heard = bench.pass_raw(20s);
    std::size_t messages = 0;
    std::size_t longest = 0;
    for (const auto& [at, bytes] : heard) {
        messages += osc::decode(bytes).messages.size();
        longest = std::max(longest, bytes.size());
    }
    CHECK(messages > 2'500);
    CHECK(longest <= 1024);
    CHECK(heard.size() > 100);
    for (std::size_t i = 1; i < heard.size(); ++i) CHECK(heard[i].first - heard[i - 1].first >= 10ms);
    ReaperBench again(stock_patterns());
    const Lines told = again.pass(20s);
    CHECK(holds(told, "/track/2/send/4/name sSend 4"));
    CHECK(holds(told, "/master/send/1/name sAux 1"));
    CHECK(holds(told, "/track/2/recv/1/pan/str scenter"));
    CHECK(holds(told, "/track/8/fx/8/fxparam/16/value f0.00"));
}

TEST_CASE("REAPER with the stock patterns: a fader's and a pan's turn", "[R2.22][R3.5][R3.6]") {
    ReaperBench bench(stock_patterns());
    bench.pass(20s);
    bench.daw.move_fader(0, Decibels(-6.0206));
    CHECK(bench.pass(100ms) ==
          Lines{"/track/1/volume f0.59", "/track/1/volume/str s-6.02dB", "/track/1/volume/db f-6.02"});
    bench.daw.turn_pan(1, Pan(-0.5));
    CHECK(bench.pass(100ms) == Lines{"/track/2/pan f0.25", "/track/2/pan/str s50%L"});
    CHECK(bench.ask("/track/2/mute", {1.0F}) == Lines{"/track/2/mute f1.00", "/track/2/mute/toggle f1.00"});
}

TEST_CASE("REAPER with kedge's patterns: all that kedge asks to be told, and nothing of what it does not") {
    ReaperBench bench(kedge_patterns());
    const Lines told = bench.pass(20s);
    CHECK(only(told, "/track/1/") ==
          Lines{"/track/1/name sKick", "/track/1/number/str s1", "/track/1/select f0.00",
                "/track/1/volume/db f0.00", "/track/1/pan f0.50", "/track/1/mute f0.00",
                "/track/1/solo f0.00", "/track/1/autotrim f1.00", "/track/1/autoread f0.00",
                "/track/1/autolatch f0.00", "/track/1/autotouch f0.00", "/track/1/autowrite f0.00",
                "/track/1/vu/L f0.00", "/track/1/vu/R f0.00"});
    CHECK(count_from(told, "/track/256/") == 14);
    CHECK(count_from(told, "/master/volume") == 2);
    CHECK(only(told, "/marker/1/") ==
          Lines{"/marker/1/name sIntro", "/marker/1/number/str s1", "/marker/1/time f0.00"});
    CHECK(only(told, "/marker/128/") == Lines{"/marker/128/name s", "/marker/128/number/str s"});
    CHECK(count_from(told, "/fx") == 0);
    CHECK(bench.ask("/track/2/volume/db", {-6.0F}).empty());
    CHECK(bench.ask("/action", {std::int32_t{41743}}).size() > 20);
}

TEST_CASE("REAPER with kedge's patterns: a whole bank takes its packets' time") {
    ReaperBench bench(kedge_patterns());
    const auto heard = bench.pass_raw(20s);
    REQUIRE(heard.size() > 50);
    const Duration took = heard.back().first - heard.front().first;
    CHECK(took >= (static_cast<int>(heard.size()) - 1) * 10ms);
    CHECK(took < 5s);
}
