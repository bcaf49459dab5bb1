#include "support/catch.hpp"
#include "unit/sim/reaper_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

Decibels envelope_at(ReaperBench& bench, std::size_t place, double seconds) {
    const auto value = bench.strip(place)
                           .automation(Control::fader)
                           .list()
                           .at(Control::fader, SongTime::from_seconds(seconds).samples(SampleRate{48000}));
    return value ? std::get<Decibels>(*value) : Decibels(99.0);
}

bool has_envelope(ReaperBench& bench, std::size_t place, Control control = Control::fader) {
    return !bench.strip(place).automation(control).list().empty();
}

}  // namespace

TEST_CASE(
    "REAPER: a mode is one of five booleans, of the track and of the selection it is in, but for the last "
    "track",
    "[R3.11][R6.7][R6.8]") {
    ReaperBench bench;
    bench.settle();
    CHECK(bench.ask("/track/1/autotouch", {}) ==
          Lines{"/track/1/autotrim f0.00", "/track/1/autotouch f1.00"});
    CHECK(bench.daw.mode_of(bench.strip(0).id) == AutomationMode::touch);
    for (std::size_t i = 0; i < 3; ++i) bench.strip(i).selected = true;
    const Lines told = bench.ask("/track/1/autolatch", {1.0F});
    CHECK(holds(told, "/track/2/autolatch f1.00"));
    CHECK(only(told, "/track/3").empty());
    CHECK(bench.daw.mode_of(bench.strip(2).id) == AutomationMode::manual);
    // Actions have no such flaw.
    CHECK(holds(bench.ask("/action/40401", {}), "/track/3/autoread f1.00"));
    for (const auto& [id, mode] :
         {std::pair{40400, AutomationMode::manual}, std::pair{40401, AutomationMode::play},
          std::pair{40402, AutomationMode::touch}, std::pair{40403, AutomationMode::write},
          std::pair{40404, AutomationMode::latch}}) {
        bench.ask("/action", {std::int32_t{id}});
        CHECK(bench.daw.mode_of(bench.strip(1).id) == mode);
    }
}

TEST_CASE("REAPER: touched by message while it rolls, moves are written; let go, the fader returns",
          "[R3.13][R6.10]") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/track/1/autotouch", {});
    bench.ask("/play", {});
    CHECK(holds(bench.ask("/track/1/volume/touch", {1.0F}), "/track/1/volume/touch f1.00") == false);
    bench.ask("/track/1/volume/db", {-6.0F});
    bench.ask("/track/1/volume/db", {-9.0F});
    bench.ask("/track/1/volume/touch", {0.0F});
    const Lines told = bench.pass(400ms);
    CHECK(bench.strip(0).fader.db() == Approx(0.0).margin(1e-6));
    CHECK(envelope_at(bench, 0, 0.1).db() == Approx(0.0).margin(1e-6));
    CHECK(envelope_at(bench, 0, 1.0).db() == Approx(-6.0));
    CHECK(envelope_at(bench, 0, 1.4).db() == Approx(-9.0));
    CHECK(envelope_at(bench, 0, 2.5).db() == Approx(0.0).margin(1e-6));
    CHECK_FALSE(has_envelope(bench, 0, Control::pan));
    // Read plays it, and says so.
    bench.ask("/stop", {});
    bench.ask("/track/1/autoread", {});
    bench.ask("/play", {});
    const Lines read = bench.pass(2s);
    CHECK(holds(read, "/track/1/volume/str s-6.00dB"));
    CHECK(holds(read, "/track/1/volume/str s-9.00dB"));
    static_cast<void>(told);
}

TEST_CASE("REAPER: with touch messages in the file a value alone touches nothing", "[R6.10]") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/track/1/autotouch", {});
    bench.ask("/play", {});
    bench.ask("/track/1/volume/db", {-6.0F});
    CHECK_FALSE(has_envelope(bench, 0));
    bench.ask("/stop", {});
    CHECK_FALSE(has_envelope(bench, 0));
    CHECK(bench.strip(0).fader == Decibels(-6.0));
}

TEST_CASE("REAPER: a touch that is never let go holds for ever", "[R6.10]") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/track/1/autotouch", {});
    bench.ask("/track/1/volume/touch", {1.0F});
    bench.pass(10s);
    bench.ask("/play", {});
    bench.ask("/track/1/volume/db", {-6.0F});
    bench.pass(1s);
    CHECK(bench.strip(0).automation(Control::fader).touched());
    CHECK(bench.strip(0).fader == Decibels(-6.0));
}

TEST_CASE("REAPER: without touch messages in the file a control is touched for three seconds after a value",
          "[R3.22][R6.11]") {
    ReaperBench bench(patterns_without("TRACK_VOLUME_TOUCH"), recorded_song(),
                      [](ReaperSettings& settings) { settings.stops_at_end = false; });
    bench.settle();
    bench.ask("/track/1/autotouch", {});
    bench.ask("/play", {});
    bench.ask("/track/1/volume/db", {-6.0F});
    bench.pass(2500ms);
    CHECK(bench.strip(0).automation(Control::fader).touched());
    CHECK(bench.strip(0).fader == Decibels(-6.0));
    bench.pass(500ms);
    CHECK_FALSE(bench.strip(0).automation(Control::fader).touched());
    CHECK(bench.strip(0).fader.db() == Approx(0.0).margin(1e-6));
    CHECK(envelope_at(bench, 0, 2.0).db() == Approx(-6.0));
}

TEST_CASE(
    "REAPER: a touch stays with the number when tracks are reordered, and counts only where the device looks",
    "[R6.13][R6.14]") {
    ReaperBench bench;
    bench.settle();
    for (std::size_t i = 0; i < 3; ++i) bench.daw.set_mode(i, AutomationMode::touch);
    bench.ask("/track/1/volume/touch", {1.0F});
    CHECK(bench.strip(0).automation(Control::fader).touched());
    bench.daw.reorder_tracks({1, 0, 2});
    bench.pass(200ms);
    CHECK(bench.strip(0).name == "OH");
    CHECK(bench.strip(0).automation(Control::fader).touched());
    CHECK_FALSE(bench.strip(1).automation(Control::fader).touched());
    // A bank of one leaves track 2 out; the touch is kept until it is looked at again.
    bench.ask("/track/2/volume/touch", {1.0F});
    CHECK(bench.strip(1).automation(Control::fader).touched());
    bench.ask("/device/track/count", {std::int32_t{1}});
    CHECK_FALSE(bench.strip(1).automation(Control::fader).touched());
    bench.ask("/device/track/count", {std::int32_t{4}});
    CHECK(bench.strip(1).automation(Control::fader).touched());
}

TEST_CASE("REAPER: latch writes on after the touch, until the stop") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/track/1/autolatch", {});
    bench.ask("/play", {});
    bench.ask("/track/1/volume/touch", {1.0F});
    bench.ask("/track/1/volume/db", {-6.0F});
    bench.ask("/track/1/volume/touch", {0.0F});
    bench.pass(1s);
    CHECK(bench.strip(0).fader == Decibels(-6.0));
    bench.ask("/stop", {});
    CHECK(envelope_at(bench, 0, 2.0).db() == Approx(-6.0));
}

TEST_CASE("REAPER: write writes what is moved, without any touch, and stays write") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/track/1/autowrite", {});
    bench.ask("/play", {});
    bench.ask("/track/1/volume/db", {-6.0F});
    bench.pass(500ms);
    bench.ask("/stop", {});
    CHECK(has_envelope(bench, 0));
    CHECK_FALSE(has_envelope(bench, 0, Control::pan));
    CHECK(envelope_at(bench, 0, 0.8).db() == Approx(-6.0));
    CHECK(bench.daw.mode_of(bench.strip(0).id) == AutomationMode::write);
    // The next roll writes over it from its start.
    bench.ask("/track/1/volume/db", {-12.0F});
    bench.ask("/play", {});
    bench.pass(500ms);
    bench.ask("/stop", {});
    CHECK(envelope_at(bench, 0, 0.5).db() == Approx(-12.0));
}

TEST_CASE("REAPER: in trim/read the envelope sounds, and the fader works on top of it") {
    ReaperBench bench;
    bench.settle();
    bench.daw.set_mode(0, AutomationMode::write);
    bench.daw.press_play();
    bench.daw.move_fader(0, Decibels(-6.0));
    bench.pass(1s);
    bench.daw.press_stop();
    bench.daw.set_mode(0, AutomationMode::manual);
    // The level is in the envelope now.
    CHECK(bench.strip(0).fader == Decibels());
    bench.daw.move_fader(0, Decibels(-2.0));
    bench.daw.press_play();
    bench.pass(500ms);
    CHECK(bench.strip(0).fader == Decibels(-2.0));
    CHECK(bench.strip(0).sides[0].db() == Approx(20.0 * std::log10(0.5) - 8.0).margin(0.1));
    bench.daw.press_stop();
    bench.daw.set_mode(0, AutomationMode::play);
    bench.daw.set_mode(0, AutomationMode::manual);
    CHECK(bench.strip(0).fader == Decibels(-2.0));
}

TEST_CASE("REAPER: a pan has touches of its own", "[R3.13]") {
    ReaperBench bench;
    bench.settle();
    bench.ask("/track/1/autotouch", {});
    bench.ask("/play", {});
    bench.ask("/track/1/pan/touch", {1.0F});
    bench.ask("/track/1/pan", {0.25F});
    bench.ask("/track/1/volume/db", {-6.0F});
    bench.ask("/track/1/pan/touch", {0.0F});
    CHECK(has_envelope(bench, 0, Control::pan));
    CHECK_FALSE(has_envelope(bench, 0, Control::fader));
    CHECK(bench.strip(0).pan == Pan());
    // 0.5 is neither on nor off.
    bench.ask("/track/1/pan/touch", {0.5F});
    CHECK_FALSE(bench.strip(0).automation(Control::pan).touched());
}

TEST_CASE("REAPER: what is told of a value that automation takes back is what was asked for, at first",
          "[R6.20]") {
    ReaperBench bench;
    bench.settle();
    bench.daw.set_mode(0, AutomationMode::write);
    bench.daw.press_play();
    bench.daw.move_fader(0, Decibels(-6.0));
    bench.pass(1s);
    bench.daw.press_stop();
    bench.daw.set_mode(0, AutomationMode::play);
    bench.daw.press_play();
    bench.pass(500ms);
    REQUIRE(bench.strip(0).fader.db() == Approx(-6.0));
    const Lines told = only(bench.ask("/track/1/volume/db", {-2.0F}), "/track/1/volume/str");
    REQUIRE_FALSE(told.empty());
    CHECK(told.front() == "/track/1/volume/str s-2.00dB");
    CHECK(bench.strip(0).fader.db() == Approx(-6.0));
}

TEST_CASE("REAPER: touch messages beyond track 2047 touch nothing", "[R6.15]") {
    Song song;
    song.name = "large";
    const Stem stem = steady("T", 0.1F, 1);
    for (int i = 0; i < 2049; ++i) song.stems.push_back(stem);
    ReaperBench bench(reaper_patterns, song);
    bench.ask("/device/track/bank/select", {std::int32_t{512}});
    for (const std::size_t place : {std::size_t{2046}, std::size_t{2047}})
        bench.daw.set_mode(place, AutomationMode::touch);
    bench.ask("/track/3/volume/touch", {1.0F});
    bench.ask("/track/4/volume/touch", {1.0F});
    CHECK(bench.strip(2046).automation(Control::fader).touched());
    CHECK_FALSE(bench.strip(2047).automation(Control::fader).touched());
}

TEST_CASE("REAPER: strips that were set from outside are in the mode of their faders") {
    ReaperBench bench;
    SimStrip& strip = bench.strip(1);
    strip.automation(Control::fader).set_mode(AutomationMode::touch, {0, strip.fader}, false, 48'000);
    CHECK(bench.daw.mode_of(strip.id) == AutomationMode::manual);
    bench.daw.take_modes_of_faders();
    CHECK(bench.daw.mode_of(strip.id) == AutomationMode::touch);
    CHECK(bench.daw.mode_of(bench.strip(0).id) == AutomationMode::manual);
}
