#include "reaper/fader_law.hpp"
#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

#include <array>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

/// Every flag on one fader and one mute.
constexpr std::string_view flag_patterns =
    "DEVICE_TRACK_COUNT 1\n"
    "TRACK_VOLUME n/v/@/n f/v/@/f s/v/@/s i/v/@/i r/v/@/r\n"
    "TRACK_MUTE b/m/@/b t/m/@/t\n";

}  // namespace

TEST_CASE("REAPER: what each flag is told as; r and i never",
          "[R2.7][R2.8][R2.9][R2.10][R2.11][R2.12][R2.13]") {
    ReaperBench bench(flag_patterns);
    bench.settle();
    bench.daw.move_fader(0, Decibels(-6.0));
    CHECK(bench.pass(100ms) == Lines{"/v/1/n f0.59", "/v/1/f f-6.00", "/v/1/s s-6.00dB"});
    bench.daw.mute_track(0, true);
    CHECK(bench.pass(100ms) == Lines{"/m/1/b f1.00", "/m/1/t f1.00"});
    bench.daw.mute_track(0, false);
    CHECK(bench.pass(100ms) == Lines{"/m/1/b f0.00", "/m/1/t f0.00"});
}

TEST_CASE("REAPER: a fader's value is a share with n, decibels with f, s and i",
          "[R2.7][R2.8][R2.12][R2.13][R6.1]") {
    ReaperBench bench(flag_patterns);
    bench.settle();
    bench.ask("/v/1/n", {0.5F});
    CHECK(bench.strip(0).fader.db() == Approx(-11.0593).margin(1e-3));
    CHECK(bench.strip(0).fader.db() == Approx(reaper::level_at(FaderShare(0.5)).db()).margin(1e-5));
    bench.ask("/v/1/f", {-6.5F});
    CHECK(bench.strip(0).fader == Decibels(-6.5));
    bench.ask("/v/1/s", {std::string_view("-7.25")});
    CHECK(bench.strip(0).fader == Decibels(-7.25));
    bench.ask("/v/1/i", {std::int32_t{-8}});
    CHECK(bench.strip(0).fader == Decibels(-8.0));
    bench.ask("/v/1/f", {std::int32_t{-9}});
    CHECK(bench.strip(0).fader == Decibels(-9.0));
    // Of another type, or none at all, nothing is set.
    bench.ask("/v/1/f", {std::string_view("-1")});
    bench.ask("/v/1/s", {-1.0F});
    bench.ask("/v/1/n", {});
    CHECK(bench.strip(0).fader == Decibels(-9.0));
}

TEST_CASE("REAPER: b takes 1 and 0 alone, t nothing or 1", "[R2.9][R2.10]") {
    ReaperBench bench(flag_patterns);
    bench.settle();
    const auto muted_after = [&](std::string_view address, std::initializer_list<osc::Argument> arguments) {
        bench.ask(address, arguments);
        return bench.strip(0).muted;
    };
    CHECK_FALSE(muted_after("/m/1/b", {}));
    CHECK_FALSE(muted_after("/m/1/b", {0.9F}));
    CHECK_FALSE(muted_after("/m/1/b", {2.0F}));
    CHECK(muted_after("/m/1/b", {1.0F}));
    CHECK(muted_after("/m/1/b", {1.0F}));
    CHECK(muted_after("/m/1/b", {0.1F}));
    CHECK_FALSE(muted_after("/m/1/b", {std::int32_t{0}}));
    CHECK(muted_after("/m/1/t", {}));
    CHECK(muted_after("/m/1/t", {0.0F}));
    CHECK(muted_after("/m/1/t", {0.5F}));
    CHECK_FALSE(muted_after("/m/1/t", {1.0F}));
}

TEST_CASE("REAPER: a file may keep only what is wanted", "[R2.3][R3.20]") {
    ReaperBench bench("DEVICE_TRACK_COUNT 1\nTRACK_VOLUME f/track/@/volume/db\nTRACK_PAN\n");
    CHECK(bench.pass(1s) == Lines{"/track/1/volume/db f0.00"});
    bench.daw.turn_pan(0, Pan::left());
    CHECK(bench.pass(200ms).empty());
    bench.ask("/track/1/volume/db", {-6.0F});
    bench.ask("/track/1/volume", {0.5F});
    bench.ask("/track/1/mute", {1.0F});
    CHECK(bench.strip(0).fader == Decibels(-6.0));
    CHECK_FALSE(bench.strip(0).muted);
}

TEST_CASE("REAPER: '*', '?' and digits of their own in what a device sends", "[R2.18][R2.19]") {
    ReaperBench bench("DEVICE_TRACK_COUNT 3\nTRACK_MUTE b/m/@@\nTRACK_VOLUME f/?/@/*\n");
    bench.settle();
    // Two digits: the last one is the track's number.
    bench.ask("/m/02", {1.0F});
    CHECK(bench.strip(1).muted);
    bench.ask("/q/3/whatever/it/is", {-5.0F});
    CHECK(bench.strip(2).fader == Decibels(-5.0));
    bench.ask("/qq/3/x", {-7.0F});
    CHECK(bench.strip(2).fader == Decibels(-5.0));
}

TEST_CASE("REAPER: numbers of tracks begin with 1, and those of a later bank count on",
          "[R2.16][R2.34][R2.35]") {
    Song song;
    song.name = "ten";
    for (int i = 1; i <= 10; ++i) song.stems.push_back(steady("T" + std::to_string(i), 0.1F, 1));
    ReaperBench bench(reaper_patterns, song);
    const auto place_named = [&](const Lines& told, int place) {
        const std::string address = "/track/" + std::to_string(place) + "/name s";
        const Lines names = only(told, address);
        return names.empty() ? std::string() : names.back().substr(address.size());
    };
    Lines told = bench.pass(1s);
    CHECK(place_named(told, 1) == "T1");
    // Bank k begins behind (k - 1) times its size.
    told = bench.ask("/device/track/bank/select", {std::int32_t{3}});
    CHECK(place_named(told, 1) == "T9");
    CHECK(holds(told, "/track/1/number/str s9"));
    // With a bank for all tracks a place is REAPER's number.
    bench.ask("/device/track/bank/select", {std::int32_t{1}});
    bench.ask("/device/track/count", {std::int32_t{12}});
    told = bench.ask("/action/41743", {});
    for (int place = 1; place <= 10; ++place) CHECK(place_named(told, place) == "T" + std::to_string(place));
}
