#include "support/catch.hpp"
#include "unit/sim/daw_bench.hpp"

#include <fstream>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

Lines golden(const std::string& name) {
    std::ifstream in(std::string(KEDGE_SOURCE_DIR) + "/tests/golden/sim/" + name);
    REQUIRE(in);
    Lines lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// The session that was recorded.
DawBench recorded_bench() {
    DawBench bench;
    std::vector<Datagram> out;
    bench.daw.add_bus("Drum Bus");
    SimStrip midi;
    midi.name = "Midi";
    midi.kind = StripKind::midi_track;
    bench.daw.engine().add(midi);
    bench.daw.add_vca("Drums");
    bench.daw.reorder_strips({0, 1, 3, 2, 4, 5});
    bench.daw.set_group(0, "Gtrs", out);
    bench.pass(100ms);
    return bench;
}

}  // namespace

TEST_CASE("greeted, it says what a real Ardour was recorded saying") {
    DawBench bench = recorded_bench();
    bench.send("/transport_play", {});
    const Lines heard = bench.greet();
    const Lines recorded = golden("ardour-7.3-greeting.txt");
    REQUIRE(heard.size() >= recorded.size());
    for (std::size_t i = 0; i < recorded.size(); ++i) {
        INFO("line " << i + 1);
        REQUIRE(heard[i] == recorded[i]);
    }
}

TEST_CASE("the lists are a real Ardour's") {
    DawBench bench = recorded_bench();
    bench.greet();
    Lines heard = only(bench.send("/strip/list", {}), "/reply");
    REQUIRE_FALSE(heard.empty());
    CHECK(heard.back() == "/reply send_route_list h48000 h192000 i0");
    heard.pop_back();
    for (const auto& line : bench.send("/strip", {})) heard.push_back(line);
    CHECK(heard == golden("ardour-7.3-lists.txt"));
}

TEST_CASE("the list is followed by everything once more, and is called #reply without its bit") {
    DawBench bench;
    const auto greeting = bench.greet(575, 3);
    const Lines heard = bench.send("/strip/list", {});
    CHECK(only(heard, "#reply").size() == 5);
    CHECK(only(heard, "/strip/").size() * 2 == greeting.size());
}

TEST_CASE("the types asked for decide what has a number") {
    DawBench bench = recorded_bench();
    std::vector<Datagram> out;
    bench.daw.hide_strip(bench.index("OH"), true, out);
    const auto names = [&](std::int32_t types) {
        bench.greet(types, 16384 + 1);
        std::string row;
        for (const auto& line : only(bench.send("/strip/list", {}), "/reply"))
            row += line.substr(7, line.find(' ', 7) - 7);
        return row;
    };
    CHECK(names(1) == "sATsATsend_route_list");
    CHECK(names(1 + 512) == "sATsATsATsend_route_list");
    CHECK(names(2 + 4) == "sBsMTsend_route_list");
    CHECK(names(16 + 32) == "sVsMAsend_route_list");
}

TEST_CASE(
    "a value set is echoed to everybody who asked for values, to the sender too; the same again to nobody") {
    DawBench bench;
    bench.greet();
    bench.greet(575, 2, 0, DawBench::two);
    std::vector<Datagram> out;
    bench.daw.receive(bench.now, DawBench::one, osc::encode("/strip/gain/1", {-6.0F}), out);
    REQUIRE(out.size() == 2);
    CHECK(line_of(out[0].bytes) == "/strip/gain/1 f-6.00");
    CHECK(out[0].to == DawBench::one);
    CHECK(line_of(out[1].bytes) == "/strip/gain i1 f-6.00");
    CHECK(out[1].to == DawBench::two);
    CHECK(bench.send("/strip/gain/1", {-6.0F}).empty());
    CHECK(bench.strip("Kick").fader == Decibels(-6.0));
}

TEST_CASE("three spellings of a number, ends of the scale, strings that are numbers") {
    DawBench bench;
    bench.greet();
    CHECK(bench.send("/strip/gain", {std::int32_t{1}, -4.0F}) == Lines{"/strip/gain/1 f-4.00"});
    CHECK(bench.send("/strip/gain", {1.0F, -3.0F}) == Lines{"/strip/gain/1 f-3.00"});
    CHECK(bench.send("/strip/1/gain", {-2.0F}) == Lines{"/strip/gain/1 f-2.00"});
    CHECK(bench.send("/strip/gain/1", {std::string_view("-3.5")}) == Lines{"/strip/gain/1 f-3.50"});
    CHECK(bench.send("/strip/gain/1", {10.0F}) == Lines{"/strip/gain/1 f6.02"});
    CHECK(bench.send("/strip/gain/1", {-193.0F}) == Lines{"/strip/gain/1 f-200.00"});
    CHECK(bench.send("/strip/gain/1", {-1000.0F}).empty());
    CHECK(bench.send("/strip/fader/1", {0.5F}) == Lines{"/strip/gain/1 f-10.47"});
    CHECK(bench.send("/strip/db_delta/1", {1.0F}) == Lines{"/strip/gain/1 f-9.47"});
    CHECK(bench.send("/strip/trimdB/1", {40.0F}) == Lines{"/strip/trimdB/1 f40.00"});
    CHECK(bench.send("/strip/pan_stereo_position/1", {1.5F}) == Lines{"/strip/pan_stereo_position/1 f1.00"});
    CHECK(bench.strip("Kick").pan == Pan::left());
    CHECK(bench.send("/strip/mute/1", {std::int32_t{1}}) == Lines{"/strip/mute/1 f1.00"});
    CHECK(bench.send("/strip/mute/1", {1.0F}).empty());
    CHECK(bench.send("/strip/gain/99", {1.0F}).empty());
    CHECK(bench.send("/strip/gain/1", {std::nanf("")}) == Lines{"/strip/gain/1 f-200.00"});
}

TEST_CASE("what is refused comes back as 0 of the type it came in") {
    DawBench bench = recorded_bench();
    bench.greet();
    CHECK(bench.send("/strip/gain/1", {std::int32_t{-3}}) == Lines{"/strip/gain/1 i0"});
    CHECK(bench.send("/strip/gain", {std::int32_t{1}, std::int32_t{-4}}) == Lines{"/strip/gain i1 i0"});
    CHECK(bench.send("/strip/gain/1", {std::string_view("x")}) == Lines{"/strip/gain/1 s "});
    CHECK(bench.send("/strip/mute/1", {std::string_view("a")}) == Lines{"/strip/mute/1 s "});
    CHECK(bench.send("/strip/trimdB/6", {1.0F}) == Lines{"/strip/trimdB/6 f0.00"});
    CHECK(bench.send("/strip/pan_stereo_position/6", {0.5F}) == Lines{"/strip/pan_stereo_position/6 f0.00"});
    CHECK(bench.send("/strip/solo/7", {std::int32_t{1}}) == Lines{"/strip/solo/7 i0"});
    CHECK(bench.send("/strip/recenable/6", {std::int32_t{1}}) == Lines{"/strip/recenable/6 i0"});
    CHECK(bench.send("/strip/hide/3", {std::int32_t{0}}) == Lines{"/strip/hide/3 i0"});
    CHECK(bench.send("/strip/nonsense/1", {1.0F}) == Lines{"/strip/nonsense/1 f0.00"});
    CHECK(bench.send("/strip/vca/1", {std::string_view("Drums"), std::int32_t{1}}) ==
          Lines{"/strip/vca/1 s "});
    CHECK(bench.strip("Kick").fader == Decibels());
}

TEST_CASE("questions are answered at their own path, levels by a fast logarithm") {
    DawBench bench;
    bench.greet();
    bench.send("/strip/gain/1", {-4.0F});
    CHECK(bench.send("/strip/gain/1", {}) == Lines{"/strip/gain/1 f-4.07"});
    CHECK(bench.send("/strip/gain", {std::int32_t{1}}) == Lines{"/strip/gain f-4.07"});
    CHECK(bench.send("/strip/1/gain", {}) == Lines{"/strip/1/gain f-4.07"});
    CHECK(bench.send("/strip/gain/0", {1.0F}) == Lines{"/strip/gain/0 f-4.07"});
    bench.send("/strip/gain/1", {-3.0F});
    CHECK(bench.send("/strip/gain/1", {}) == Lines{"/strip/gain/1 f-3.04"});
    bench.send("/strip/gain/1", {-200.0F});
    CHECK(bench.send("/strip/gain/1", {}) == Lines{"/strip/gain/1 f-766.79"});
    CHECK(bench.send("/strip/mute/1", {}) == Lines{"/strip/mute/1 i0"});
    CHECK(bench.send("/strip/name/1", {}) == Lines{"/strip/name/1 sKick"});
    CHECK(bench.send("/strip/group/1", {}) == Lines{"/strip/group/1 s "});
    CHECK(bench.send("/master/gain", {}) == Lines{"/master/gain f0.00"});
    CHECK(bench.send("/strip/pan_type/1", {}) == Lines{"/strip/pan_type/1"});
}

TEST_CASE("the master is told as a strip and as the master") {
    DawBench bench;
    bench.greet();
    CHECK(bench.send("/master/gain", {-3.0F}) == Lines{"/strip/gain/4 f-3.00", "/master/gain f-3.00"});
    CHECK(bench.send("/strip/mute/4", {1.0F}) == Lines{"/strip/mute/4 f1.00", "/master/mute f1.00"});
    CHECK(bench.send("/master/gain", {std::int32_t{-3}}) == Lines{"/master/gain i0"});
}

TEST_CASE("names are told, and no two strips have one") {
    DawBench bench;
    bench.greet();
    CHECK(bench.send("/strip/name/2", {std::string_view("Kick")}) == Lines{"/strip/name/2 sKick 1"});
    CHECK(bench.send("/strip/name", {std::int32_t{2}, std::string_view("OH")}) == Lines{"/strip/name/2 sOH"});
}

TEST_CASE("a selection acts when the button is let go, and everything is said again") {
    DawBench bench;
    bench.greet();
    CHECK(bench.send("/strip/select/1", {std::int32_t{1}}).empty());
    CHECK(bench.send("/strip/select/1", {std::int32_t{0}}) == Lines{"/strip/select/1 f1.00"});
    const Lines again = bench.pass(100ms);
    CHECK(holds(again, "/strip/name/3 sBass DI"));
    CHECK(holds(again, "/strip/list"));
}

TEST_CASE("meters: every tick and only when they changed; after the first, silence says nothing") {
    DawBench bench;
    bench.greet();
    CHECK(only(bench.pass(100ms), "/strip/meter") ==
          Lines{"/strip/meter/1 f-193.00", "/strip/meter/2 f-193.00", "/strip/meter/3 f-193.00",
                "/strip/meter/4 f-193.00"});
    CHECK(only(bench.pass(500ms), "/strip/meter").empty());
    bench.send("/transport_play", {});
    const Lines first = only(bench.pass(100ms), "/strip/meter");
    CHECK(holds(first, "/strip/meter/1 f-6.02"));
    CHECK(only(bench.pass(100ms), "/strip/meter/1").empty());
    bench.send("/transport_stop", {});
    CHECK(only(bench.pass(1s), "/strip/meter/1").size() == 10);
}

TEST_CASE("no meters without values or buttons, no positions without something that is watched") {
    DawBench bench;
    bench.greet(575, 128 + 1024);
    bench.send("/transport_play", {});
    CHECK(bench.pass(1s).empty());
    bench.greet(575, 8 + 1024);
    CHECK(only(bench.pass(1s), "/position/samples").size() == 10);
}

TEST_CASE("the position is a string and comes when it changed; the heart beats about once a second") {
    DawBench bench;
    bench.greet();
    bench.pass(100ms);
    CHECK(only(bench.pass(1s), "/position").empty());
    bench.send("/locate", {std::int32_t{48000}, std::int32_t{0}});
    CHECK(only(bench.pass(100ms), "/position") ==
          Lines{"/position/bbt s001|03|0000", "/position/samples s48000"});
    const Lines beats = only(bench.pass(21s), "/heartbeat");
    CHECK(beats.size() == 20);
    CHECK(std::count(beats.begin(), beats.end(), "/heartbeat f1.00") == 10);
}

TEST_CASE("bars are told by the song's tempo and meter, to the nearest tick") {
    Song song = recorded_song();
    song.tempo = {90.0, 3};
    DawBench bench(song);
    bench.greet(575, 32);
    const auto bar_at = [&](int sample) {
        bench.send("/locate", {std::int32_t{sample}, std::int32_t{0}});
        return only(bench.pass(100ms), "/position");
    };
    CHECK(bar_at(32'000) == Lines{"/position/bbt s001|02|0000"});
    CHECK(bar_at(96'000) == Lines{"/position/bbt s002|01|0000"});
    CHECK(bar_at(95'999) == Lines{"/position/bbt s002|01|0000"});
    CHECK(bar_at(80'000) == Lines{"/position/bbt s001|03|0960"});
    CHECK(bar_at(96'000 * 1000) == Lines{"/position/bbt s1001|01|0000"});
}

TEST_CASE("gainmode 1 feeds back positions and shows the level as the name for a while; 2 feeds back both") {
    DawBench bench;
    bench.greet(575, DawBench::everything, 1);
    bench.pass(1s);
    CHECK(bench.send("/strip/gain/1", {-7.0F}) == Lines{"/strip/fader/1 f0.58", "/strip/name/1 s-7.00"});
    CHECK(only(bench.pass(700ms), "/strip/name").empty());
    CHECK(only(bench.pass(100ms), "/strip/name") == Lines{"/strip/name/1 sKick"});
    bench.greet(575, DawBench::everything, 2);
    CHECK(bench.send("/strip/gain/1", {-8.0F}) == Lines{"/strip/fader/1 f0.56", "/strip/gain/1 f-8.00"});
    CHECK(bench.send("/strip/fader/1", {}) == Lines{"/strip/fader/1 f0.56"});
}

TEST_CASE(
    "set_surface: asked without numbers it answers in an order of its own, takes them in the path, one by "
    "one") {
    DawBench bench;
    bench.greet();
    CHECK(bench.send("/set_surface", {}) == Lines{"/set_surface i0 i575 i17599 i0 i0 i0 i0 i1 i0"});
    bench.send("/set_surface/0/63/3/2", {});
    CHECK(bench.send("/set_surface", {}) == Lines{"/set_surface i0 i63 i3 i2 i0 i0 i0 i1 i0"});
    bench.send("/set_surface/strip_types", {std::int32_t{1}});
    CHECK(bench.send("/set_surface", {}) == Lines{"/set_surface i0 i1 i3 i2 i0 i0 i0 i1 i0"});
}

TEST_CASE("a reply port is one for the host: other surfaces there are forgotten") {
    DawBench bench;
    bench.greet();
    bench.greet(575, DawBench::everything, 0, DawBench::two);
    const Peer fixed{DawBench::one.address, 9100};
    std::vector<Datagram> out;
    bench.daw.receive(
        bench.now, DawBench::one,
        osc::encode("/set_surface", {std::int32_t{0}, std::int32_t{63}, std::int32_t{3}, std::int32_t{0},
                                     std::int32_t{0}, std::int32_t{0}, std::int32_t{9100}}),
        out);
    REQUIRE_FALSE(out.empty());
    CHECK(std::all_of(out.begin(), out.end(), [&](const Datagram& each) { return each.to == fixed; }));
    out.clear();
    bench.daw.receive(bench.now, DawBench::two, osc::encode("/strip/gain/1", {-5.0F}), out);
    REQUIRE(out.size() == 1);
    CHECK(out[0].to == fixed);
}

TEST_CASE("saved: the session's name is said, and the mixer kept") {
    DawBench bench;
    bench.greet();
    bench.send("/strip/gain/1", {-6.0F});
    CHECK(bench.send("/save_state", {}) == Lines{"/session_name struth"});
    CHECK(bench.daw.saved().times == 1);
    CHECK(bench.daw.saved().strips[0].fader == Decibels(-6.0));
}

TEST_CASE("frozen, forgetful: nothing is said, and after a restart nobody is known") {
    DawBench bench;
    bench.greet();
    bench.daw.freeze(true);
    CHECK(bench.send("/strip/gain/1", {-6.0F}).empty());
    CHECK(bench.pass(3s).empty());
    bench.daw.freeze(false);
    CHECK_FALSE(bench.pass(3s).empty());
    bench.daw.forget_surfaces();
    CHECK(bench.pass(3s).empty());
}
