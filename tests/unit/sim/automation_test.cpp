#include "sim/automation.hpp"

#include "sim/fader_law.hpp"
#include "support/catch.hpp"
#include "unit/sim/daw_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

constexpr std::int64_t second = 48000;

AutomationList two_points(const ControlValue& from, const ControlValue& to) {
    AutomationList list;
    list.add({second, to});
    list.add({0, from});
    return list;
}

Decibels fader_at(const AutomationList& list, std::int64_t sample) {
    return std::get<Decibels>(*list.at(Control::fader, sample));
}

/// A DAW whose first fader is in a mode, greeted, at the start of the song.
struct ModeBench : DawBench {
    explicit ModeBench(AutomationMode mode) {
        daw.set_automation(0, Control::fader, mode, nobody);
        greet();
        pass(100ms);
    }
    const AutomationList& list() { return strip("Kick").automation(Control::fader).list(); }
    void move(double db) { send("/strip/gain/1", {static_cast<float>(db)}); }

    std::vector<Datagram> nobody;
};

const Decibels slack{0.001};

}  // namespace

TEST_CASE("a fader's curve is even along the fader's travel, a trim's in decibels, a mute's a step") {
    const auto middle = second / 2;
    const auto fader = two_points(Decibels(), Decibels(-20.0));
    const double halfway = (fader_position(Decibels()) + fader_position(Decibels(-20.0))) / 2.0;
    CHECK(fader_position(fader_at(fader, middle)) == Approx(halfway));
    CHECK(fader_at(fader, -5) == Decibels());
    CHECK(fader_at(fader, 5 * second) == Decibels(-20.0));
    CHECK(std::get<Decibels>(*two_points(Decibels(), Decibels(-20.0)).at(Control::trim, middle)).db() ==
          Approx(-10.0));
    CHECK(std::get<Pan>(*two_points(Pan(-1.0), Pan(0.0)).at(Control::pan, middle)).position() ==
          Approx(-0.5));
    const auto mute = two_points(Mute::open, Mute::muted);
    CHECK(std::get<Mute>(*mute.at(Control::mute, second - 1)) == Mute::open);
    CHECK(std::get<Mute>(*mute.at(Control::mute, second)) == Mute::muted);
    CHECK_FALSE(AutomationList().at(Control::fader, 0));
}

TEST_CASE("modes are set in either spelling, when number and mode are of one type") {
    DawBench bench;
    bench.greet();
    CHECK(bench.send("/strip/fader/automation/1", {std::int32_t{1}}) ==
          Lines{"/strip/gain/automation/1 f1.00", "/strip/gain/automation_name/1 sPlay"});
    CHECK(bench.send("/strip/gain/automation/1", {1.0F}).empty());
    CHECK(bench.send("/strip/fader/automation", {1.0F, 2.0F}) ==
          Lines{"/strip/gain/automation/1 f2.00", "/strip/gain/automation_name/1 sWrite"});
    CHECK(bench.send("/strip/fader/automation", {std::int32_t{1}, 0.0F}).empty());
    CHECK(bench.send("/strip/fader/automation", {std::int32_t{1}, std::int32_t{4}}) ==
          Lines{"/strip/gain/automation/1 f4.00", "/strip/gain/automation_name/1 sLatch"});
    CHECK(bench.send("/strip/fader/automation/1", {std::int32_t{7}}).empty());
    CHECK(bench.send("/strip/fader/automation/1", {}) ==
          Lines{"/strip/gain/automation/1 f0.00", "/strip/gain/automation_name/1 sManual"});
    CHECK(bench.send("/strip/trimdB/automation/1", {std::int32_t{3}}) ==
          Lines{"/strip/trimdB/automation/1 f3.00", "/strip/trimdB/automation_name/1 sTouch"});
    CHECK(bench.send("/master/fader/automation", {std::int32_t{3}}).empty());
    bench.greet(575, DawBench::everything, 1);
    CHECK(bench.send("/strip/fader/automation/1", {std::int32_t{1}}) ==
          Lines{"/strip/fader/automation/1 f1.00", "/strip/fader/automation_name/1 sPlay"});
}

TEST_CASE("in Play whatever is set is ignored without a word, rolling or not") {
    ModeBench bench(AutomationMode::play);
    CHECK(bench.send("/strip/gain/1", {-5.0F}).empty());
    bench.send("/transport_play", {});
    CHECK(bench.send("/strip/gain/1", {-5.0F}).empty());
    CHECK(bench.strip("Kick").fader == Decibels());
    CHECK(bench.send("/strip/trimdB/1", {-5.0F}) == Lines{"/strip/trimdB/1 f-5.00"});
}

TEST_CASE("in Play the list drives the fader while rolling, heard and fed back every tick") {
    ModeBench bench(AutomationMode::play);
    auto& list = bench.strip("Kick").automation(Control::fader).list();
    list.add({0, Decibels()});
    list.add({2 * second, Decibels(-40.0)});
    CHECK(only(bench.pass(1s), "/strip/gain").empty());
    bench.send("/transport_play", {});
    const Lines fed = only(bench.pass(1s), "/strip/gain/1");
    CHECK(fed.size() == 10);
    const Decibels expected = fader_at(list, bench.daw.engine().position());
    CHECK(distance(bench.strip("Kick").fader, expected) < Decibels(1.0));
    CHECK(bench.daw.engine().robust_peaks()[0] < Decibels(-15.0));
    bench.pass(2s);
    CHECK(only(bench.pass(1s), "/strip/gain/1").empty());
}

TEST_CASE("switched to Touch or Latch an empty list gets the value at both ends") {
    ModeBench bench(AutomationMode::manual);
    bench.move(-4.0);
    bench.send("/strip/fader/automation/1", {std::int32_t{3}});
    REQUIRE(bench.list().points().size() == 2);
    CHECK(bench.list().points().front().at == 0);
    CHECK(bench.list().points().back().at == bench.daw.engine().song_samples());
    CHECK(distance(fader_at(bench.list(), second), Decibels(-4.0)) < slack);
}

TEST_CASE(
    "touched while rolling: the moves become a staircase, and let go the fader goes back to the curve") {
    ModeBench bench(AutomationMode::touch);
    bench.send("/transport_play", {});
    bench.pass(500ms);
    bench.send("/strip/fader/touch/1", {std::int32_t{1}});
    std::vector<std::int64_t> when;
    for (const double db : {-6.0, -12.0, -9.0}) {
        bench.move(db);
        when.push_back(bench.daw.engine().position());
        bench.pass(300ms);
    }
    bench.pass(1500ms);
    CHECK(bench.strip("Kick").fader == Decibels(-9.0));
    bench.send("/strip/fader/touch/1", {std::int32_t{0}});
    const auto end = bench.daw.engine().position();
    bench.pass(300ms);
    CHECK(bench.strip("Kick").fader == Decibels());
    const auto& list = bench.list();
    CHECK(distance(fader_at(list, when[0] - 2), Decibels()) < slack);
    CHECK(distance(fader_at(list, when[0]), Decibels(-6.0)) < slack);
    CHECK(distance(fader_at(list, when[1] - 1), Decibels(-6.0)) < slack);
    CHECK(distance(fader_at(list, when[1]), Decibels(-12.0)) < slack);
    CHECK(distance(fader_at(list, when[2]), Decibels(-9.0)) < slack);
    CHECK(distance(fader_at(list, end - 1), Decibels(-9.0)) < slack);
    CHECK(distance(fader_at(list, end), Decibels()) < slack);
}

TEST_CASE("what is written plays back: in Play the same steps are fed back") {
    ModeBench bench(AutomationMode::touch);
    bench.send("/transport_play", {});
    bench.pass(500ms);
    bench.send("/strip/fader/touch/1", {std::int32_t{1}});
    bench.move(-6.0);
    bench.pass(500ms);
    bench.send("/strip/fader/touch/1", {std::int32_t{0}});
    bench.send("/transport_stop", {});
    bench.send("/strip/fader/automation/1", {std::int32_t{1}});
    bench.pass(100ms);
    bench.send("/goto_start", {});
    bench.send("/transport_play", {});
    CHECK(only(bench.pass(2s), "/strip/gain/1") ==
          Lines{"/strip/gain/1 f0.00", "/strip/gain/1 f-6.00", "/strip/gain/1 f0.00"});
}

TEST_CASE("a value without a touch is one of a second: between moves the fader falls back, a saw-tooth") {
    ModeBench bench(AutomationMode::touch);
    bench.send("/transport_play", {});
    bench.pass(200ms);
    bench.move(-6.0);
    bench.pass(900ms);
    CHECK(bench.strip("Kick").fader == Decibels(-6.0));
    CHECK(only(bench.pass(300ms), "/strip/gain/1") == Lines{"/strip/gain/1 f0.00"});
    bench.move(-8.0);
    bench.pass(600ms);
    // A value within the second does not make it longer.
    bench.move(-9.0);
    CHECK(only(bench.pass(600ms), "/strip/gain/1") == Lines{"/strip/gain/1 f0.00"});
    // An explicit touch takes its place.
    bench.move(-3.0);
    bench.send("/strip/fader/touch/1", {std::int32_t{1}});
    bench.pass(2s);
    CHECK(bench.strip("Kick").fader == Decibels(-3.0));
}

TEST_CASE("Write takes everything from the roll to the stop, and then is Touch") {
    ModeBench bench(AutomationMode::write);
    bench.strip("Kick").automation(Control::fader).list().add({second / 2, Decibels(-30.0)});
    bench.send("/transport_play", {});
    bench.pass(1s);
    bench.move(-12.0);
    const auto moved = bench.daw.engine().position();
    bench.pass(1s);
    const Lines told = bench.send("/transport_stop", {});
    CHECK(holds(told, "/strip/gain/automation_name/1 sTouch"));
    CHECK(holds(told, "/transport_stop f1.00"));
    CHECK(distance(fader_at(bench.list(), second / 2), Decibels()) < slack);
    CHECK(distance(fader_at(bench.list(), moved - 1), Decibels()) < slack);
    CHECK(distance(fader_at(bench.list(), moved), Decibels(-12.0)) < slack);
}

TEST_CASE("Latch holds the last value until the stop") {
    ModeBench bench(AutomationMode::latch);
    bench.send("/transport_play", {});
    bench.pass(200ms);
    bench.move(-20.0);
    const auto moved = bench.daw.engine().position();
    bench.pass(3s);
    CHECK(bench.strip("Kick").fader == Decibels(-20.0));
    const auto end = bench.daw.engine().position();
    bench.send("/transport_stop", {});
    CHECK(distance(fader_at(bench.list(), moved), Decibels(-20.0)) < slack);
    CHECK(distance(fader_at(bench.list(), end - 1), Decibels(-20.0)) < slack);
    CHECK(distance(fader_at(bench.list(), end), Decibels()) < slack);
    CHECK(bench.strip("Kick").automation(Control::fader).mode() == AutomationMode::latch);
}

TEST_CASE("without its GUI Ardour records a spike for each move, back to the old curve within a block") {
    ModeBench bench(AutomationMode::touch);
    bench.daw.headless(true);
    bench.send("/transport_play", {});
    bench.pass(200ms);
    bench.send("/strip/fader/touch/1", {std::int32_t{1}});
    bench.pass(200ms);
    bench.move(-6.0);
    const auto moved = bench.daw.engine().position();
    bench.pass(500ms);
    bench.send("/strip/fader/touch/1", {std::int32_t{0}});
    CHECK(distance(fader_at(bench.list(), moved), Decibels(-6.0)) < slack);
    CHECK(distance(fader_at(bench.list(), moved + AudioEngine::block), Decibels()) < slack);
    CHECK(distance(fader_at(bench.list(), moved - 1), Decibels()) < slack);
}

TEST_CASE("a pan takes no touch but its values do; a mute in Touch stays where it was put") {
    DawBench bench;
    bench.greet();
    bench.send("/strip/pan_stereo_position/automation/1", {std::int32_t{3}});
    bench.send("/strip/mute/automation/1", {std::int32_t{3}});
    bench.send("/transport_play", {});
    bench.pass(200ms);
    bench.send("/strip/pan_stereo_position/touch/1", {std::int32_t{1}});
    bench.send("/strip/pan_stereo_position/1", {0.3F});
    bench.send("/strip/mute/1", {1.0F});
    CHECK(only(bench.pass(1200ms), "/strip/pan_stereo_position") ==
          Lines{"/strip/pan_stereo_position/1 f0.50"});
    CHECK(bench.strip("Kick").muted);
}
