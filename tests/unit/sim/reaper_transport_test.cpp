#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

double share_of(Decibels level) {
    return (level.db() + 62.0) / 68.0;
}

Decibels side_of(double amplitude) {
    return Decibels::from_gain(Gain(amplitude));
}

float last_number(const Lines& lines, std::string_view address) {
    const Lines found = only(lines, std::string(address) + " f");
    return found.empty() ? -1.0F : std::stof(found.back().substr(address.size() + 2));
}

}  // namespace

TEST_CASE("REAPER: play and stop are told, and a stop falls back to the edit cursor",
          "[R2.10][R4.1][R4.11]") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/time", {1.0F});
    Lines told = bench.ask("/play", {});
    CHECK(only(told, "/play") == Lines{"/play f1.00"});
    CHECK(only(told, "/stop") == Lines{"/stop f0.00"});
    CHECK(last_number(told, "/time") > 1.2F);
    told = bench.ask("/stop", {1.0F});
    CHECK(holds(told, "/stop f1.00"));
    CHECK(last_number(told, "/time") == 1.0F);
    // 0 is no press.
    CHECK(only(bench.ask("/play", {0.0F}), "/play").empty());
    CHECK(bench.ask("/action", {std::int32_t{1007}}).size() > 2);
    CHECK(bench.ask("/action", {std::int32_t{1016}}).size() > 2);
}

TEST_CASE("REAPER: the position is told fifteen times a second, and only when it moved", "[R4.12]") {
    ReaperBench bench;
    const Lines first = bench.pass(1s);
    // At the beginning from the start: never told.
    CHECK(only(first, "/time").empty());
    bench.ask("/play", {});
    const Lines told = bench.pass(1s);
    const std::size_t times = only(told, "/time f").size();
    CHECK(times >= 14);
    CHECK(times <= 16);
    CHECK(only(told, "/time/str").size() == times);
    CHECK(only(told, "/samples").size() == times);
    bench.ask("/stop", {});
    CHECK(only(bench.pass(1s), "/time").empty());
}

TEST_CASE("REAPER: a time sent moves the cursor, and what plays goes on from there", "[R4.9][R4.10][R4.11]") {
    ReaperBench bench;
    bench.settle();
    CHECK(bench.ask("/time", {2.5F}) == Lines{"/time f2.50", "/time/str s0:02.500", "/beat/str s2.2.00",
                                              "/samples f120000.00", "/frames/str s00:00:02:15"});
    CHECK(holds(bench.ask("/time", {5.0F}), "/lastmarker/name sVerse"));
    bench.ask("/time", {2.5F});
    bench.ask("/play", {});
    bench.ask("/time/str", {std::string_view("0:01.000")});
    CHECK(bench.daw.engine().rolling());
    CHECK(bench.daw.engine().position() < 2 * 48000);
    bench.ask("/stop", {});
    CHECK(bench.daw.engine().position() == 48000);
    bench.ask("/action/40042", {});
    CHECK(bench.daw.engine().position() == 0);
    bench.ask("/samples", {24000.0F});
    CHECK(bench.daw.engine().position() == 24000);
}

TEST_CASE("REAPER: playing again while it plays begins again at the edit cursor; a pause goes on") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/play", {});
    bench.pass(1s);
    bench.ask("/play", {});
    CHECK(bench.daw.engine().position() < 48000);
    const Lines told = bench.ask("/pause", {});
    CHECK(holds(told, "/pause f1.00"));
    CHECK(bench.daw.paused());
    const auto at = bench.daw.engine().position();
    bench.ask("/play", {});
    CHECK(bench.daw.engine().position() > at);
}

TEST_CASE("REAPER: it stops at the end of the project, unless told otherwise") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/time", {3.5F});
    bench.ask("/play", {});
    CHECK(holds(bench.pass(1s), "/stop f1.00"));
    ReaperBench on(reaper_patterns, recorded_song(),
                   [](ReaperSettings& settings) { settings.stops_at_end = false; });
    on.settle();
    on.ask("/time", {3.5F});
    on.ask("/play", {});
    on.pass(1s);
    CHECK(on.daw.engine().rolling());
}

TEST_CASE("REAPER: a loop, and its times", "[R4.7]") {
    ReaperBench bench;
    bench.settle();
    // Looked at anew at the next update, it is told back.
    CHECK(bench.ask("/loop/end/time", {1.5F}) == Lines{"/loop/end/time f1.50"});
    bench.ask("/loop/start/time", {1.0F});
    CHECK(holds(bench.ask("/repeat", {}), "/repeat f1.00"));
    bench.ask("/time", {1.0F});
    bench.ask("/play", {});
    bench.pass(2s);
    CHECK(bench.daw.engine().position() < 72000 + AudioEngine::block);
    CHECK(bench.daw.engine().position() >= 48000);
}

TEST_CASE("REAPER: meters between the ends of the preferences, the mean of both sides and each side",
          "[R3.10][R3.17][R6.26][R6.28]") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/play", {});
    Lines told = bench.pass(500ms);
    told = bench.ask("/action/41743", {});
    // Kick, mono, at 0.5: both sides.
    CHECK(last_number(told, "/track/1/vu") == Approx(share_of(side_of(0.5))).margin(0.01));
    CHECK(last_number(told, "/track/1/vu/L") == Approx(share_of(side_of(0.5))).margin(0.01));
    // All three are in phase.
    CHECK(last_number(told, "/master/vu/L") == Approx(share_of(side_of(0.85))).margin(0.01));
    bench.ask("/track/1/pan", {1.0F});
    bench.pass(700ms);
    told = bench.ask("/action/41743", {});
    CHECK(last_number(told, "/track/1/vu/L") == 0.0F);
    CHECK(last_number(told, "/track/1/vu/R") == Approx(share_of(side_of(0.5))).margin(0.01));
    CHECK(last_number(told, "/track/1/vu") == Approx(share_of(side_of(0.25))).margin(0.01));
}

TEST_CASE("REAPER: meters fall to 0, are told while they change, and are those of the fader's far side",
          "[R6.27]") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/track/2/volume/db", {-20.0F});
    bench.ask("/play", {});
    bench.pass(500ms);
    const Lines told = bench.ask("/action/41743", {});
    CHECK(last_number(told, "/track/2/vu") == Approx(share_of(side_of(0.025))).margin(0.01));
    CHECK(only(bench.pass(1s), "/track/2/vu").empty());
    bench.ask("/stop", {});
    CHECK(last_number(bench.pass(1s), "/track/2/vu") <= 0.0F);
    CHECK(only(bench.pass(1s), "/track/2/vu").empty());
}

TEST_CASE("REAPER: meters are those of other preferences where the user has them", "[R6.26][R6.29]") {
    ReaperBench bench(reaper_patterns, recorded_song(), [](ReaperSettings& settings) {
        settings.meters = {Decibels(-40.0), Decibels(0.0)};
    });
    bench.settle();
    bench.ask("/play", {});
    bench.pass(500ms);
    CHECK(last_number(bench.ask("/action/41743", {}), "/track/1/vu") ==
          Approx((side_of(0.5).db() + 40.0) / 40.0).margin(0.01));
}

TEST_CASE("REAPER: a mono track keeps its level in the centre, and its near side when it is panned") {
    AudioEngine engine(recorded_song(), {PanLaw::balance, Decibels(120.0)});
    CHECK(engine.bus_peak().db() == Approx(side_of(0.85).db()).margin(1e-4));
    CHECK(pan_gains(Pan(0.5), 1, PanLaw::balance).left == Approx(0.5));
    CHECK(pan_gains(Pan(0.5), 1, PanLaw::balance).right == 1.0);
}

TEST_CASE("REAPER: a folder is a track that its tracks run through") {
    ReaperBench bench;
    const auto folder = bench.daw.add_folder("Drums");
    bench.daw.put_into(0, folder);
    bench.settle();
    bench.ask("/track/4/volume/db", {-20.0F});
    bench.ask("/play", {});
    bench.pass(500ms);
    const Lines told = bench.ask("/action/41743", {});
    CHECK(last_number(told, "/track/4/vu") == Approx(share_of(side_of(0.05))).margin(0.01));
    CHECK(last_number(told, "/master/vu/L") == Approx(share_of(side_of(0.4))).margin(0.01));
}

TEST_CASE("REAPER: named commands are handed on, numbers run, unknown ones do nothing",
          "[R2.20][R4.35][R4.39]") {
    ReaperBench bench;
    std::vector<std::string> called;
    bench.daw.on_command([&](std::string_view name) { called.emplace_back(name); });
    bench.settle();
    CHECK(bench.ask("/action/str", {std::string_view("_RSkedge0123")}).empty());
    bench.ask("/action/_RSkedge4567", {});
    bench.ask("/action/_RSkedge89/cc", {0.5F});
    bench.ask("/action/str", {std::string_view("nonsense")});
    CHECK(called == std::vector<std::string>{"_RSkedge0123", "_RSkedge4567", "_RSkedge89"});
    CHECK(bench.daw.named_commands() == called);
    CHECK(bench.ask("/action", {std::int32_t{12345}}).empty());
    bench.ask("/action", {std::int32_t{40026}, std::int32_t{40026}});
    CHECK(bench.daw.saved() == 2);
    bench.ask("/action", {40026.0F});
    CHECK(bench.daw.saved() == 2);
}

TEST_CASE("REAPER: rates") {
    ReaperBench bench;
    const Lines told = bench.pass(1s);
    CHECK(holds(told, "/tempo/raw f120.00"));
    CHECK(holds(told, "/playrate/raw f1.00"));
    CHECK(holds(bench.ask("/tempo/raw", {90.0F}), "/tempo f0.20"));
}
