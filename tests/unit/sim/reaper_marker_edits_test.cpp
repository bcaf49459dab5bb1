#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

constexpr std::string_view marker_patterns = R"(
DEVICE_MARKER_COUNT 4 i/device/marker/count
DEVICE_REGION_COUNT 2
DEVICE_PREV_MARKER_BANK t/device/marker/bank/-
DEVICE_NEXT_MARKER_BANK t/device/marker/bank/+
DEVICE_REGION_BANK_SELECT i/device/region/bank/select t/device/region/bank/select/@
DEVICE_PREV_REGION_BANK t/device/region/bank/-
DEVICE_NEXT_REGION_BANK t/device/region/bank/+
TIME f/time
MARKER_NAME s/marker/@/name
MARKER_NUMBER s/marker/@/number/str
MARKER_TIME f/marker/@/time
REGION_NAME s/region/@/name
REGION_NUMBER s/region/@/number/str
REGION_TIME f/region/@/time
REGION_LENGTH f/region/@/length
LAST_MARKER_NAME s/lastmarker/name
LAST_MARKER_NUMBER s/lastmarker/number/str
LAST_MARKER_TIME f/lastmarker/time
LAST_REGION_NAME s/lastregion/name
LAST_REGION_NUMBER s/lastregion/number/str
LAST_REGION_TIME f/lastregion/time
LAST_REGION_LENGTH f/lastregion/length
MARKERID_NAME s/marker_id/@/name
MARKERID_TIME f/marker_id/@/time
MARKERID_NUMBER i/marker_id/@/number
REGIONID_NAME s/region_id/@/name
REGIONID_TIME f/region_id/@/time
REGIONID_LENGTH f/region_id/@/length
REGIONID_NUMBER i/region_id/@/number
)";

/// "Intro" at 0 s, "Verse" at 4, "Chorus" at 8; a region from 1 to 3.
struct MarkerBench : ReaperBench {
    MarkerBench() : ReaperBench(marker_patterns) {
        daw.add_marker({7, "Solo", SongTime::from_seconds(1.0), SongTime::from_seconds(3.0)});
    }
};

}  // namespace

TEST_CASE("REAPER: markers and regions by their number, made where they are missing", "[R4.18]") {
    MarkerBench bench;
    Lines told = bench.pass(1s);
    CHECK(only(told, "/marker_id").empty());
    told = bench.ask("/marker_id/2/name", {std::string_view("Verse 1")});
    CHECK(told == Lines{"/marker/2/name sVerse 1"});
    told = bench.ask("/marker_id/9/time", {12.5F});
    CHECK(holds(told, "/marker/4/number/str s9"));
    CHECK(holds(told, "/marker/4/time f12.50"));
    CHECK(bench.daw.markers().size() == 5);
    bench.ask("/marker_id/9/number", {std::int32_t{5}});
    CHECK(bench.daw.markers().back().number == 5);
    told = bench.ask("/region_id/7/length", {0.5F});
    CHECK(told == Lines{"/region/1/length f0.50"});
    // A region keeps its length when it is moved.
    CHECK(bench.ask("/region_id/7/time", {6.0F}) == Lines{"/region/1/time f6.00"});
    told = bench.ask("/region_id/8/name", {std::string_view("Outro")});
    CHECK(holds(told, "/region/1/name sOutro"));
    CHECK(holds(told, "/region/1/length f1.00"));
    CHECK(holds(told, "/region/2/name sSolo"));
}

TEST_CASE("REAPER: a marker whose time is set may have another place then", "[R4.19]") {
    MarkerBench bench;
    bench.settle();
    const Lines told = bench.ask("/marker/1/time", {6.0F});
    CHECK(holds(told, "/marker/1/name sVerse"));
    CHECK(holds(told, "/marker/2/name sIntro"));
    CHECK(holds(told, "/marker/2/number/str s1"));
    // The number it is known by stays.
    CHECK(holds(bench.ask("/marker_id/1/time", {0.0F}), "/marker/1/name sIntro"));
    bench.ask("/marker/9/name", {std::string_view("nowhere")});
    CHECK(bench.daw.markers().size() == 4);
}

TEST_CASE("REAPER: the marker passed last, and the region around the cursor", "[R4.17]") {
    MarkerBench bench;
    Lines told = bench.pass(1s);
    CHECK(holds(told, "/lastmarker/name sIntro"));
    CHECK(holds(told, "/lastregion/name s"));
    told = bench.ask("/time", {2.0F});
    CHECK(holds(told, "/lastregion/name sSolo"));
    CHECK(holds(told, "/lastregion/number/str s7"));
    CHECK(holds(told, "/lastregion/time f1.00"));
    CHECK(holds(told, "/lastregion/length f2.00"));
    told = bench.ask("/time", {5.0F});
    CHECK(holds(told, "/lastmarker/name sVerse"));
    CHECK(holds(told, "/lastmarker/number/str s2"));
    CHECK(holds(told, "/lastmarker/time f4.00"));
    CHECK(holds(told, "/lastregion/name s"));
    CHECK(holds(bench.ask("/lastmarker/name", {std::string_view("V")}), "/marker/2/name sV"));
}

TEST_CASE("REAPER: banks of markers and regions step, and begin again past an end", "[R5.11][R5.12]") {
    MarkerBench bench;
    bench.daw.add_marker({8, "Late", SongTime::from_seconds(9.0), SongTime::from_seconds(9.5)});
    bench.daw.add_marker({9, "Last", SongTime::from_seconds(10.0), SongTime::from_seconds(10.5)});
    bench.settle();
    bench.ask("/device/marker/count", {std::int32_t{2}});
    CHECK(holds(bench.ask("/device/marker/bank/+", {}), "/marker/1/name sChorus"));
    CHECK(holds(bench.ask("/device/marker/bank/+", {1.0F}), "/marker/1/name sIntro"));
    CHECK(holds(bench.ask("/device/marker/bank/-", {}), "/marker/1/name sChorus"));
    CHECK(holds(bench.ask("/device/region/bank/select", {std::int32_t{2}}), "/region/1/name sLast"));
    CHECK(holds(bench.ask("/device/region/bank/+", {}), "/region/1/name sSolo"));
    CHECK(holds(bench.ask("/device/region/bank/-", {}), "/region/1/name sLast"));
    CHECK(holds(bench.ask("/device/region/bank/select/1", {}), "/region/1/name sSolo"));
}
