#include "support/catch.hpp"
#include "unit/sim/daw_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

const Lines plays = {"/loop_toggle f0.00",    "/transport_play f1.00", "/toggle_roll f1.00",
                     "/transport_stop f0.00", "/rewind f0.00",         "/ffwd f0.00"};
const Lines stops = {"/loop_toggle f0.00",    "/transport_play f0.00", "/toggle_roll f0.00",
                     "/transport_stop f1.00", "/rewind f0.00",         "/ffwd f0.00"};

}  // namespace

TEST_CASE("play is told at once and again at the next tick, stop once; neither twice") {
    DawBench bench;
    bench.greet();
    CHECK(bench.send("/transport_play", {}) == plays);
    CHECK(only(bench.pass(100ms), "/transport_play") == Lines{"/transport_play f1.00"});
    CHECK(only(bench.pass(1s), "/transport_play").empty());
    CHECK(bench.send("/transport_play", {}).empty());
    CHECK(bench.send("/transport_stop", {}) == stops);
    CHECK(only(bench.pass(1s), "/transport").empty());
    CHECK(bench.send("/transport_stop", {}).empty());
}

TEST_CASE("buttons take no value, or 1; 0 is a release") {
    DawBench bench;
    bench.greet();
    CHECK(bench.send("/transport_play", {0.0F}).empty());
    CHECK(bench.send("/transport_play", {1.0F}) == plays);
    CHECK(bench.send("/transport_stop", {0.0F}).empty());
    CHECK(bench.send("/transport_stop", {std::int32_t{1}}) == stops);
    CHECK(bench.send("/toggle_roll", {}) == plays);
    CHECK(bench.send("/toggle_roll", {}) == stops);
}

TEST_CASE("a locate soon after a stop is lost") {
    DawBench bench;
    bench.greet();
    bench.send("/transport_play", {});
    bench.pass(500ms);
    bench.send("/transport_stop", {});
    const auto at = bench.daw.engine().position();
    bench.send("/locate", {std::int32_t{48000}, std::int32_t{0}});
    CHECK(bench.daw.engine().position() == at);
    bench.pass(50ms);
    bench.send("/locate", {std::int32_t{48000}, std::int32_t{0}});
    CHECK(bench.daw.engine().position() == 48000);
}

TEST_CASE("located while rolling it rolls on from there, having said that it neither plays nor is stopped") {
    DawBench bench;
    bench.greet();
    bench.send("/transport_play", {});
    bench.pass(500ms);
    const Lines told = bench.send("/locate", {std::int32_t{48000}, std::int32_t{0}});
    REQUIRE(told.size() == 12);
    CHECK(told[1] == "/transport_play f0.00");
    CHECK(told[3] == "/transport_stop f0.00");
    CHECK(Lines(told.begin() + 6, told.end()) == plays);
    CHECK(bench.daw.engine().rolling());
    bench.pass(100ms);
    CHECK(bench.daw.engine().position() > 48000);
}

TEST_CASE(
    "locate: floats and a must-roll are taken, nonsense is not; a question is answered in its own type") {
    DawBench bench;
    bench.greet();
    bench.send("/locate", {5.0F, 0.0F});
    CHECK(bench.daw.engine().position() == 5);
    bench.send("/locate", {std::int32_t{-5}, std::int32_t{0}});
    bench.send("/locate", {std::string_view("x")});
    bench.send("/locate", {std::nanf(""), 0.0F});
    CHECK(bench.send("/transport_frame", {}) == Lines{"/transport_frame h5"});
    CHECK(bench.send("/transport_speed", {}) == Lines{"/transport_speed d0"});
    CHECK(bench.send("/locate", {std::int32_t{0}, std::int32_t{1}}) == plays);
    CHECK(bench.daw.engine().rolling());
}

TEST_CASE("the marker is told when the playhead comes to another") {
    DawBench bench;
    CHECK(only(bench.greet(), "/marker") == Lines{"/marker s-> Intro", "/marker sIntro"});
    bench.send("/transport_play", {});
    CHECK(only(bench.pass(3900ms), "/marker") == Lines{"/marker sIntro <-> Verse"});
    CHECK(only(bench.pass(300ms), "/marker") == Lines{"/marker sVerse <-> Chorus"});
    CHECK(only(bench.pass(5s), "/marker") == Lines{"/marker sChorus <-"});
    DawBench bare{Song{}};
    CHECK(only(bare.greet(), "/marker") == Lines{"/marker sNo Marks", "/marker sNo Marks"});
}

TEST_CASE("a marker is gone to by name or number, and the transport stops there") {
    DawBench bench;
    bench.greet();
    bench.send("/transport_play", {});
    bench.pass(500ms);
    CHECK(only(bench.send("/marker", {std::string_view("Verse")}), "/transport_play") ==
          Lines{"/transport_play f0.00"});
    CHECK_FALSE(bench.daw.engine().rolling());
    CHECK(bench.daw.engine().position() == 4 * 48000);
    CHECK(only(bench.pass(100ms), "/marker") == Lines{"/marker sVerse"});
    bench.send("/marker", {std::int32_t{3}});
    CHECK(bench.daw.engine().position() == 8 * 48000);
    bench.send("/marker", {1.0F});
    CHECK(bench.daw.engine().position() == 0);
    bench.send("/marker", {std::int32_t{9}});
    bench.send("/marker", {std::int32_t{0}});
    CHECK(bench.daw.engine().position() == 0);
}

TEST_CASE("a marker's name that does not exist renames the one at the playhead, and nothing elsewhere") {
    DawBench bench;
    bench.greet();
    bench.send("/marker", {std::string_view("Verse")});
    bench.pass(100ms);
    CHECK(bench.send("/marker", {std::string_view("Vers B")}).empty());
    CHECK(bench.daw.markers()[1].name == "Vers B");
    CHECK(bench.daw.engine().position() == 4 * 48000);
    bench.send("/locate", {std::int32_t{100}, std::int32_t{0}});
    bench.send("/marker", {std::string_view("Nope")});
    CHECK(bench.daw.engine().position() == 100);
    CHECK(bench.daw.markers()[0].name == "Intro");
    bench.send("/add_marker", {std::string_view("New")});
    REQUIRE(bench.daw.markers().size() == 4);
    CHECK(bench.daw.markers()[1].name == "New");
}
