#include "sim/reaper_words.hpp"
#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

constexpr std::string_view transport_patterns = R"(
DEVICE_MARKER_COUNT 3
PLAY t/play
STOP t/stop
TIME f/time s/time/str
BEAT s/beat/str
FRAMES s/frames/str
METRONOME t/click
REPLACE t/replace
AUTO_REC_ARM t/autorecarm
SOLO_RESET t/soloreset
ANY_SOLO b/anysolo
TRACK_SOLO b/track/@/solo
REWIND b/rewind
FORWARD b/forward
REWIND_FORWARD_BYMARKER t/bymarker
REWIND_FORWARD_SETLOOP t/editloop
SCRUB r/scrub
PLAY_RATE n/playrate f/playrate/raw r/playrate/rotary s/playrate/str
TEMPO n/tempo f/tempo/raw r/tempo/rotary s/tempo/str
)";

double at_seconds(const ReaperBench& bench) {
    return static_cast<double>(bench.daw.engine().position()) / 48000.0;
}

}  // namespace

TEST_CASE("REAPER: an arrow is held until it is let go, and moves the cursor meanwhile", "[R4.2]") {
    ReaperBench bench(transport_patterns);
    bench.settle();
    CHECK(holds(bench.ask("/forward", {1.0F}), "/forward f1.00"));
    const double there = at_seconds(bench);
    CHECK(there > 0.0);
    bench.pass(200ms);
    CHECK(at_seconds(bench) > there);
    // 1 again holds on, 0.5 is neither.
    CHECK(only(bench.ask("/forward", {1.0F}), "/forward f0").empty());
    CHECK(only(bench.ask("/forward", {0.5F}), "/forward f0").empty());
    CHECK(holds(bench.ask("/forward", {0.0F}), "/forward f0.00"));
    const double ahead = at_seconds(bench);
    bench.pass(300ms);
    CHECK(at_seconds(bench) == ahead);
    CHECK(holds(bench.ask("/rewind", {1.0F}), "/rewind f1.00"));
    bench.pass(2s);
    CHECK(at_seconds(bench) == 0.0);
    CHECK(holds(bench.ask("/rewind", {0.0F}), "/rewind f0.00"));
}

TEST_CASE("REAPER: the arrows go from marker to marker when told to, and have one task at a time", "[R4.3]") {
    ReaperBench bench(transport_patterns);
    bench.settle();
    CHECK(bench.ask("/bymarker", {}) == Lines{"/bymarker f1.00"});
    CHECK(holds(bench.ask("/forward", {1.0F}), "/time f4.00"));
    CHECK(holds(bench.ask("/forward", {1.0F}), "/time f8.00"));
    CHECK(holds(bench.ask("/rewind", {1.0F}), "/time f4.00"));
    CHECK(bench.ask("/editloop", {1.0F}) == Lines{"/bymarker f0.00", "/editloop f1.00"});
    CHECK(bench.ask("/editloop", {}) == Lines{"/editloop f0.00"});
}

TEST_CASE("REAPER: a scrub wheel moves the cursor its way, and is never told", "[R2.11][R4.4]") {
    ReaperBench bench(transport_patterns);
    bench.settle();
    CHECK(only(bench.ask("/scrub", {0.3F}), "/scrub").empty());
    const double there = at_seconds(bench);
    CHECK(there > 0.0);
    bench.ask("/scrub", {0.0F});
    CHECK(at_seconds(bench) == there);
    bench.ask("/scrub", {-0.3F});
    CHECK(at_seconds(bench) < there);
}

TEST_CASE("REAPER: a rotary whose centre is a half goes back below it", "[R2.11][R2.33]") {
    ReaperBench bench("DEVICE_ROTARY_CENTER 0.5\nTIME f/time\nSCRUB r/scrub\n");
    bench.settle();
    bench.ask("/time", {2.0F});
    bench.ask("/scrub", {0.5F});
    CHECK(at_seconds(bench) == 2.0);
    bench.ask("/scrub", {0.4F});
    CHECK(at_seconds(bench) < 2.0);
    bench.ask("/scrub", {0.9F});
    CHECK(at_seconds(bench) == Approx(2.0));
}

TEST_CASE("REAPER: switches of the transport are toggled and told", "[R4.1]") {
    ReaperBench bench(transport_patterns);
    const Lines first = bench.pass(1s);
    for (const std::string address : {"/click", "/replace", "/autorecarm"}) {
        CAPTURE(address);
        CHECK(holds(first, address + " f0.00"));
        CHECK(bench.ask(address, {}) == Lines{address + " f1.00"});
        CHECK(bench.ask(address, {0.0F}).empty());
        CHECK(bench.ask(address, {1.0F}) == Lines{address + " f0.00"});
    }
    bench.ask("/track/1/solo", {1.0F});
    CHECK(bench.strip(0).soloed);
    CHECK(holds(bench.ask("/soloreset", {}), "/anysolo f0.00"));
    CHECK_FALSE(bench.strip(0).soloed);
}

TEST_CASE("REAPER: play rate and tempo as a share, as they are, turned, and as a text", "[R4.5][R4.6]") {
    ReaperBench bench(transport_patterns);
    const Lines told = bench.pass(1s);
    CHECK(holds(told, "/playrate f0.20"));
    CHECK(holds(told, "/playrate/raw f1.00"));
    CHECK(holds(told, "/playrate/str s1"));
    CHECK(holds(told, "/tempo/raw f120.00"));
    CHECK(holds(told, "/tempo/str s120"));
    CHECK(only(told, "/tempo/rotary").empty());
    // The address it came on stays silent.
    CHECK(bench.ask("/tempo", {0.5F}) == Lines{"/tempo/raw f168.00", "/tempo/str s168"});
    CHECK(bench.ask("/tempo/raw", {90.0F}) == Lines{"/tempo f0.20", "/tempo/str s90"});
    CHECK(bench.ask("/tempo/rotary", {1.0F}) ==
          Lines{"/tempo f0.20", "/tempo/raw f90.25", "/tempo/str s90.25"});
    CHECK(bench.ask("/playrate/raw", {0.25F}) == Lines{"/playrate f0.00", "/playrate/str s0.25"});
    CHECK(bench.ask("/playrate/str", {std::string_view("2")}).empty());
}

TEST_CASE("REAPER: the cursor goes to a beat and to a frame as well", "[R4.10]") {
    ReaperBench bench(transport_patterns);
    bench.settle();
    CHECK(holds(bench.ask("/beat/str", {std::string_view("3.2.50")}), "/time f4.75"));
    CHECK(holds(bench.ask("/frames/str", {std::string_view("00:00:01:15")}), "/beat/str s1.4.00"));
    CHECK(time_from_beats("2", {}) == SongTime::from_seconds(2.0));
    CHECK(time_from_beats("x", {}) == SongTime());
    CHECK(time_from_frames("45") == SongTime::from_seconds(1.5));
    CHECK(time_from_frames("01:00:00:15") == SongTime::from_seconds(3600.5));
}
