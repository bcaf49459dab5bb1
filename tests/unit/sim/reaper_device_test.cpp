#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

/// "T1" to "T10".
Song ten_tracks() {
    Song song;
    song.name = "ten";
    for (int i = 1; i <= 10; ++i) song.stems.push_back(steady("T" + std::to_string(i), 0.1F, 1));
    return song;
}

}  // namespace

TEST_CASE("REAPER: places of the bank and the current track, which begins as the master",
          "[R2.21][R2.37][R3.1][R3.4][R3.21]") {
    ReaperBench bench(reaper_patterns, ten_tracks());
    const Lines told = bench.pass(1s);
    CHECK(only(told, "/track/name") == Lines{"/track/name sMASTER"});
    CHECK(holds(told, "/track/volume/db f0.00"));
    CHECK(only(told, "/track/4/name") == Lines{"/track/4/name sT4"});
    CHECK(only(told, "/track/5").empty());
    CHECK(holds(told, "/track/4/number/str s4"));
    // /track/mute is the master's while that is the current track.
    bench.ask("/track/mute", {1.0F});
    CHECK(bench.daw.engine().master().muted);
}

TEST_CASE("REAPER: the bank is selected by number, and steps, round the ends", "[R2.34][R5.7][R5.13]") {
    ReaperBench bench(reaper_patterns, ten_tracks());
    bench.settle();
    Lines told = bench.ask("/device/track/bank/select", {std::int32_t{2}});
    CHECK(only(told, "/track/1/name") == Lines{"/track/1/name sT5"});
    CHECK(only(told, "/track/1/volume").empty());
    bench.ask("/track/1/volume/db", {-6.0F});
    CHECK(bench.strip(4).fader == Decibels(-6.0));
    told = bench.ask("/device/track/bank/+", {});
    CHECK(only(told, "/track/1/name") == Lines{"/track/1/name sT9"});
    CHECK(only(told, "/track/3/name") == Lines{"/track/3/name sTrack 11"});
    CHECK(only(told, "/track/1/volume/db") == Lines{"/track/1/volume/db f0.00"});
    told = bench.ask("/device/track/bank/+", {});
    CHECK(only(told, "/track/1/name") == Lines{"/track/1/name sT1"});
    told = bench.ask("/device/track/bank/-", {1.0F});
    CHECK(only(told, "/track/1/name") == Lines{"/track/1/name sT9"});
    told = bench.ask("/device/track/bank/select", {std::int32_t{99}});
    CHECK(told.empty());
    // What is outside of the bank is told nowhere.
    bench.daw.move_fader(0, Decibels(-1.0));
    CHECK(bench.pass(200ms).empty());
}

TEST_CASE("REAPER: track 0 of the first bank is the master, of others the track before it", "[R2.36]") {
    ReaperBench bench(reaper_patterns, ten_tracks());
    bench.settle();
    bench.ask("/track/0/volume/db", {-6.0F});
    CHECK(bench.daw.engine().master().fader == Decibels(-6.0));
    bench.ask("/device/track/bank/select", {std::int32_t{2}});
    bench.ask("/track/0/volume/db", {-7.0F});
    CHECK(bench.strip(3).fader == Decibels(-7.0));
}

TEST_CASE("REAPER: a larger bank tells what came into it", "[R2.13][R2.23][R5.1][R5.13]") {
    ReaperBench bench(reaper_patterns, ten_tracks());
    bench.settle();
    const Lines told = bench.ask("/device/track/count", {std::int32_t{6}});
    CHECK(only(told, "/track/5/name") == Lines{"/track/5/name sT5"});
    CHECK(only(told, "/track/6/vu") ==
          Lines{"/track/6/vu f0.00", "/track/6/vu/L f0.00", "/track/6/vu/R f0.00"});
    CHECK(only(told, "/track/4").empty());
    // As a float it is cut off; below 0 it is nothing.
    CHECK(only(bench.ask("/device/track/count", {7.9F}), "/track/7/name") == Lines{"/track/7/name sT7"});
    CHECK(bench.ask("/device/track/count", {std::int32_t{-1}}).empty());
}

TEST_CASE("REAPER: the current track is selected within the bank, and steps past the master",
          "[R2.21][R5.6]") {
    ReaperBench bench(reaper_patterns, ten_tracks());
    bench.settle();
    Lines told = bench.ask("/device/track/select", {std::int32_t{3}});
    CHECK(only(told, "/device/track/select") == Lines{"/device/track/select/3 f1.00"});
    CHECK(only(told, "/track/name") == Lines{"/track/name sT3"});
    told = bench.ask("/device/track/select/2", {1.0F});
    CHECK(holds(told, "/device/track/select/3 f0.00"));
    told = bench.ask("/device/track/-", {});
    CHECK(only(told, "/track/name") == Lines{"/track/name sT1"});
    told = bench.ask("/device/track/-", {});
    CHECK(only(told, "/track/name") == Lines{"/track/name sT10"});
    told = bench.ask("/device/track/+", {});
    CHECK(only(told, "/track/name") == Lines{"/track/name sT1"});
    // It has its address wherever the bank is.
    bench.ask("/device/track/bank/select", {std::int32_t{2}});
    bench.daw.move_fader(0, Decibels(-4.0));
    CHECK(holds(bench.pass(200ms), "/track/volume/db f-4.00"));
}

TEST_CASE("REAPER's selection follows the device when told to", "[R2.28][R5.2]") {
    ReaperBench bench(reaper_patterns, ten_tracks());
    bench.settle();
    bench.ask("/device/track/select", {std::int32_t{2}});
    CHECK_FALSE(bench.strip(1).selected);
    CHECK(holds(bench.ask("/reaper/track/follows", {std::string_view("DEVICE")}), "/track/2/select f1.00"));
    const Lines told = bench.ask("/device/track/select", {std::int32_t{4}});
    CHECK(bench.strip(3).selected);
    CHECK(holds(told, "/track/2/select f0.00"));
}

TEST_CASE("REAPER: the device's current track follows the last touched one when told to", "[R2.29][R5.3]") {
    ReaperBench bench(reaper_patterns, ten_tracks());
    bench.settle();
    bench.daw.select_track(2, true);
    CHECK(only(bench.pass(200ms), "/track/name").empty());
    bench.ask("/device/track/follows", {std::string_view("LAST_TOUCHED")});
    bench.daw.select_track(1, true);
    CHECK(only(bench.pass(200ms), "/track/name") == Lines{"/track/name sT2"});
    CHECK(only(bench.ask("/track/4/volume/db", {-6.0F}), "/track/name") == Lines{"/track/name sT4"});
}

TEST_CASE("REAPER: a bank that follows the mixer counts what the mixer shows", "[R2.30][R5.4]") {
    ReaperBench bench(reaper_patterns, ten_tracks());
    bench.daw.hide_track(1, true);
    bench.settle();
    const Lines told = bench.ask("/device/track/bank/follows", {std::string_view("MIXER")});
    CHECK(only(told, "/track/2/name") == Lines{"/track/2/name sT3"});
    bench.ask("/track/2/volume/db", {-6.0F});
    CHECK(bench.strip(2).fader == Decibels(-6.0));
}

TEST_CASE("REAPER: markers and regions are told up to their counts, and their banks",
          "[R2.27][R4.15][R4.16][R5.11]") {
    ReaperBench bench;
    bench.daw.add_marker({7, "Solo", SongTime::from_seconds(1.0), SongTime::from_seconds(3.0)});
    Lines told = bench.pass(1s);
    CHECK(only(told, "/marker") == Lines{"/marker/1/name sIntro", "/marker/1/number/str s1",
                                         "/marker/1/time f0.00", "/marker/2/name sVerse",
                                         "/marker/2/number/str s2", "/marker/2/time f4.00"});
    CHECK(only(told, "/region") ==
          Lines{"/region/1/name sSolo", "/region/1/time f1.00", "/region/1/length f2.00"});
    told = bench.ask("/device/marker/bank/select", {std::int32_t{2}});
    CHECK(told == Lines{"/marker/1/name sChorus", "/marker/1/number/str s3", "/marker/1/time f8.00",
                        "/marker/2/name s", "/marker/2/number/str s"});
    bench.ask("/device/marker/bank/select", {std::int32_t{1}});
    // A place that went and came back is told again but for its time, which REAPER fails to forget.
    bench.ask("/device/marker/count", {std::int32_t{1}});
    told = bench.ask("/device/marker/count", {std::int32_t{2}});
    CHECK(told == Lines{"/marker/2/name sVerse", "/marker/2/number/str s2"});
}

TEST_CASE("REAPER: going to markers and regions, by their place in the timeline", "[R4.13][R4.14]") {
    ReaperBench bench;
    bench.daw.add_marker({7, "Solo", SongTime::from_seconds(1.5), SongTime::from_seconds(3.0)});
    bench.settle();
    CHECK(only(bench.ask("/marker", {std::int32_t{2}}), "/time f") == Lines{"/time f4.00"});
    CHECK(only(bench.ask("/marker/3", {}), "/time f") == Lines{"/time f8.00"});
    CHECK(only(bench.ask("/region/1", {1.0F}), "/time f") == Lines{"/time f1.50"});
    CHECK(bench.ask("/marker", {std::int32_t{9}}).empty());
    CHECK(bench.ask("/marker", {std::int32_t{0}}).empty());
}
