#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

#include <fstream>
#include <iterator>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

/// REAPER with its own patterns, on ten tracks "T1" to "T10", and all that it says at first heard.
struct StockBench : ReaperBench {
    StockBench() : ReaperBench(patterns(), tracks()) { first = pass(20s); }

    static std::string patterns() {
        std::ifstream in(std::string(KEDGE_SOURCE_DIR) + "/tests/golden/reaper/stock.ReaperOSC",
                         std::ios::binary);
        REQUIRE(in);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static Song tracks() {
        Song song;
        song.name = "ten";
        for (int i = 1; i <= 10; ++i) song.stems.push_back(steady("T" + std::to_string(i), 0.1F, 30));
        song.markers = {{"Intro", SongTime()}};
        return song;
    }
    /// What is heard of a message that makes REAPER say much.
    Lines ask_at_length(std::string_view address, std::initializer_list<osc::Argument> arguments) {
        send(address, arguments);
        return pass(20s);
    }

    Lines first;
};

}  // namespace

TEST_CASE("REAPER with the stock patterns: every count, as an argument and in the address", "[R5.1][R5.13]") {
    struct Row {
        std::string address;
        std::string_view brings;  ///< with a count of 18
    };
    const Row rows[] = {
        {"/device/track/count", "/track/10/name sT10"},
        {"/device/send/count", "/track/8/send/18/name sSend 18"},
        {"/device/receive/count", "/track/8/recv/18/name sRecv 18"},
        {"/device/fx/count", "/track/8/fx/18/bypass f0.00"},
        {"/device/fxparam/count", "/fxparam/18/value f0.00"},
        {"/device/fxinstparam/count", "/fxinstparam/18/value f0.00"},
        {"/device/marker/count", "/marker/18/name s"},
        {"/device/region/count", "/region/18/name s"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.address);
        StockBench by_argument;
        CHECK_FALSE(holds(by_argument.first, std::string(row.brings)));
        CHECK(holds(by_argument.ask_at_length(row.address, {std::int32_t{18}}), std::string(row.brings)));
        // Said once: the same count brings nothing.
        CHECK(by_argument.ask_at_length(row.address, {std::int32_t{18}}).empty());
        StockBench by_address;
        CHECK(holds(by_address.ask_at_length(row.address + "/18", {}), std::string(row.brings)));
    }
}

TEST_CASE("REAPER with the stock patterns: who follows whom, by triggers", "[R5.2][R5.3][R5.4]") {
    StockBench bench;
    bench.ask("/device/track/select/2", {});
    CHECK_FALSE(bench.strip(1).selected);
    bench.ask("/reaper/track/follows/device", {0.0F});
    CHECK_FALSE(bench.strip(1).selected);
    bench.ask("/reaper/track/follows/device", {});
    CHECK(bench.strip(1).selected);
    bench.ask("/reaper/track/follows/reaper", {1.0F});
    bench.ask("/device/track/select/3", {});
    CHECK_FALSE(bench.strip(2).selected);

    bench.ask("/device/track/follows/last_touched", {});
    CHECK(holds(bench.ask_at_length("/track/5/volume/db", {-6.0F}), "/track/name sT5"));
    bench.ask("/device/track/follows/device", {});
    CHECK(only(bench.ask_at_length("/track/6/volume/db", {-6.0F}), "/track/name").empty());

    bench.daw.hide_track(0, true);
    CHECK(holds(bench.ask_at_length("/device/track/bank/follows/mixer", {}), "/track/1/name sT2"));
    bench.ask_at_length("/device/track/bank/follows/device", {});
    CHECK(holds(bench.ask_at_length("/action/41743", {}), "/track/1/name sT1"));
}

TEST_CASE("REAPER with the stock patterns: five modes are told, and never the mode's name",
          "[R3.11][R3.12][R6.8]") {
    StockBench bench;
    CHECK(only(bench.first, "/track/auto s").empty());
    const Lines told = bench.ask("/track/autotouch", {});
    CHECK(only(told, "/track/autot") == Lines{"/track/autotrim f0.00", "/track/autotouch f1.00"});
    CHECK(only(told, "/track/auto s").empty());
}

TEST_CASE("REAPER with the stock patterns: a value alone touches nothing, a touch message does", "[R6.12]") {
    StockBench bench;
    bench.ask("/track/1/autotouch", {});
    bench.ask("/play", {});
    bench.ask("/track/1/volume/db", {-6.0F});
    CHECK_FALSE(bench.strip(0).automation(Control::fader).touched());
    bench.ask("/track/1/volume/touch", {1.0F});
    bench.ask("/track/1/volume/db", {-7.0F});
    CHECK(bench.strip(0).automation(Control::fader).touched());
    bench.ask("/track/1/pan", {0.25F});
    CHECK_FALSE(bench.strip(0).automation(Control::pan).touched());
}

TEST_CASE("REAPER with the stock patterns: the second pan is the width, and selected tracks go along",
          "[R3.6][R6.5]") {
    StockBench bench;
    CHECK(holds(bench.first, "/track/2/pan2/str s100W"));
    CHECK(bench.ask("/track/2/pan2", {0.75F}) == Lines{"/track/2/pan2/str s50W"});
    CHECK(bench.strip(1).pan == Pan());
    bench.strip(1).selected = true;
    bench.strip(2).selected = true;
    bench.ask("/track/2/pan2", {0.5F});
    bench.strip(1).selected = false;
    CHECK(holds(bench.ask_at_length("/action/41743", {}), "/track/3/pan2/str s50W"));
}

TEST_CASE("REAPER: parameters of all tracks are told only to a pattern with a track's number", "[R4.27]") {
    const std::string current = "FX_PARAM_VALUE n/fxparam/@/value\n";
    ReaperBench few(current);
    CHECK(only(few.pass(5s), "/").size() == 16);
    ReaperBench many(current + "FX_PARAM_VALUE n/track/@/fx/@/fxparam/@/value\n");
    CHECK(only(many.pass(20s), "/track/").size() == 8U * 8U * 16U);
}
