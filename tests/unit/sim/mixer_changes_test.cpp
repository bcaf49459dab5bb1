#include "support/catch.hpp"
#include "unit/sim/daw_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

/// Names in the order of their numbers.
Lines names(DawBench& bench) {
    Lines row;
    for (const auto& line : only(bench.send("/strip", {}), "/strip/")) {
        const auto from = line.find(" s", line.find(" s") + 1) + 2;
        row.push_back(line.substr(from, line.find(" i", from) - from));
    }
    return row;
}

}  // namespace

TEST_CASE("a new strip is told at the next tick: everything again, then that the list should be asked for") {
    DawBench bench;
    bench.greet();
    bench.pass(100ms);
    bench.daw.add_track(steady("Snare", 0.2F));
    bench.daw.add_bus("Drum Bus");
    CHECK(names(bench) == Lines{"Kick", "OH", "Bass DI", "Master"});
    const Lines told = only(bench.pass(100ms), "/strip/");
    REQUIRE_FALSE(told.empty());
    CHECK(holds(told, "/strip/name/4 sSnare"));
    CHECK(holds(told, "/strip/name/5 sDrum Bus"));
    CHECK(holds(told, "/strip/expand/5 f0.00"));
    const auto list = std::find(told.begin(), told.end(), "/strip/list");
    CHECK(std::count(told.begin(), told.end(), "/strip/list") == 1);
    CHECK(only(Lines(list, told.end()), "/strip/name").empty());
    CHECK(names(bench) == Lines{"Kick", "OH", "Bass DI", "Snare", "Drum Bus", "Master"});
}

TEST_CASE("until a removal is told numbers are stale: a gone strip's does nothing") {
    DawBench bench;
    bench.greet();
    bench.pass(100ms);
    bench.daw.remove_strip(1);
    CHECK(bench.send("/strip/gain/2", {-6.0F}).empty());
    CHECK(bench.send("/strip/gain/3", {-6.0F}) == Lines{"/strip/gain/3 f-6.00"});
    CHECK(bench.strip("Bass DI").fader == Decibels(-6.0));
    CHECK(holds(bench.pass(100ms), "/strip/gain/2 f-6.00"));
    CHECK(names(bench) == Lines{"Kick", "Bass DI", "Master"});
}

TEST_CASE("strips in another order keep what they are") {
    DawBench bench;
    bench.greet();
    bench.send("/strip/gain/1", {-6.0F});
    bench.daw.reorder_strips({2, 1, 0});
    const Lines told = bench.pass(100ms);
    CHECK(holds(told, "/strip/name/3 sKick"));
    CHECK(holds(told, "/strip/gain/3 f-6.00"));
    CHECK(names(bench) == Lines{"Bass DI", "OH", "Kick", "Master"});
}

TEST_CASE("a hidden strip is said to be, and keeps its number only for who asked for hidden ones") {
    DawBench bench;
    bench.greet(575);
    bench.greet(63, DawBench::everything, 0, DawBench::two);
    bench.pass(100ms);
    CHECK(bench.person([&](auto& out) { bench.daw.hide_strip(1, true, out); }) == Lines{"/strip/hide/2 i1"});
    std::vector<Datagram> out;
    bench.now += 100ms;
    bench.daw.advance(bench.now, out);
    Lines to_one;
    Lines to_two;
    for (const Datagram& datagram : out)
        (datagram.to == DawBench::one ? to_one : to_two).push_back(line_of(datagram.bytes));
    CHECK(holds(to_one, "/strip/name/2 sOH"));
    CHECK(holds(to_one, "/strip/list"));
    CHECK(only(to_one, "/strip/expand").empty());
    CHECK(holds(to_two, "/strip/name/2 sBass DI"));
    CHECK(holds(to_two, "/strip/expand/2 f0.00"));
    CHECK(holds(to_two, "/strip/list"));
}

TEST_CASE("groups are told with the list of them, left ones first the strip") {
    DawBench bench;
    bench.greet();
    CHECK(bench.send("/strip/group/1", {std::string_view("Drums")}) ==
          Lines{"/group/list snone sDrums", "/strip/group/1 sDrums"});
    CHECK(bench.send("/strip/group/1", {std::string_view("none")}) ==
          Lines{"/strip/group/1 s ", "/group/list snone"});
}

TEST_CASE("a VCA's move is told for its strips as well, and a strip is set as it counts") {
    DawBench bench;
    const auto vca = bench.daw.add_vca("Drums");
    bench.greet();
    CHECK(bench.send("/strip/vca", {std::int32_t{1}, std::string_view("Drums"), std::int32_t{1}}).empty());
    CHECK(bench.send("/strip/vca", {std::int32_t{1}}) == Lines{"/strip/vca i1 sDrums"});
    CHECK(bench.send("/strip/gain/4", {-10.0F}) == Lines{"/strip/gain/4 f-10.00", "/strip/gain/1 f-10.00"});
    CHECK(bench.strip("Kick").fader == Decibels());
    // The strip's own fader ends at +6.02.
    CHECK(bench.send("/strip/gain/1", {-3.0F}) == Lines{"/strip/gain/1 f-3.98"});
    CHECK(bench.send("/strip/gain/1", {6.0F}).empty());
    CHECK(bench.send("/strip/gain/4", {0.0F}) == Lines{"/strip/gain/4 f0.00", "/strip/gain/1 f6.02"});
    bench.send("/strip/gain/4", {-10.0F});
    // Let go, and taken again, the level stays.
    CHECK(bench.send("/strip/vca", {std::int32_t{1}, std::string_view("Drums"), std::int32_t{0}}).empty());
    CHECK(bench.strip("Kick").fader.db() == Approx(-3.9794).margin(0.001));
    CHECK(bench.person([&](auto& out) { bench.daw.assign_vca(0, vca, true, out); }).empty());
    CHECK(bench.strip("Kick").fader.db() == Approx(6.0206).margin(0.001));
}

TEST_CASE("a VCA's mute and solo are its strips'") {
    DawBench bench;
    std::vector<Datagram> out;
    bench.daw.assign_vca(0, bench.daw.add_vca("Drums"), true, out);
    bench.greet();
    CHECK(bench.send("/strip/mute/4", {1.0F}) == Lines{"/strip/mute/1 f1.00", "/strip/mute/4 f1.00"});
    CHECK(bench.send("/strip/mute/1", {}) == Lines{"/strip/mute/1 i1"});
    CHECK_FALSE(bench.strip("Kick").muted);
    bench.send("/strip/mute/4", {0.0F});
    CHECK(bench.send("/strip/solo/4", {1.0F}) ==
          Lines{"/strip/solo/1 f1.00", "/strip/solo/4 f1.00", "/cancel_all_solos f1.00"});
}

TEST_CASE("a VCA that is removed lets its strips go, as loud as they were") {
    DawBench bench;
    std::vector<Datagram> out;
    const auto vca = bench.daw.add_vca("Drums");
    bench.daw.assign_vca(0, vca, true, out);
    bench.strip("Drums").fader = Decibels(-10.0);
    bench.daw.remove_strip(vca);
    CHECK(bench.strip("Kick").vcas.empty());
    CHECK(bench.daw.engine().fader_of(bench.strip("Kick")) == Decibels(-10.0));
}
