#include "support/catch.hpp"
#include "unit/sim/mackie_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

/// Four seconds, with markers at 0, 4 and 8 s.
MackieBench marked_bench(const MackieHostSettings& settings) {
    return MackieBench(settings, recorded_song());
}

double seconds_of(const MackieBench& bench) {
    return bench.daw.transport().position().seconds();
}

}  // namespace

TEST_CASE("Mackie host: the strips' buttons and their LEDs") {
    MackieBench bench(as_ardour(), short_named_song(9));
    bench.greet();
    SECTION("mute") {
        CHECK(holds(hex_of(bench.press({mackie::SlotKey::mute, mackie::Slot(2)})), "90 12 7F"));
        CHECK(bench.strip(2).muted);
        REQUIRE(bench.daw.wire_writes().size() == 1);
        CHECK(bench.daw.wire_writes()[0].control == Control::mute);
        CHECK(bench.daw.wire_writes()[0].value == ControlValue(Mute::muted));
        CHECK(holds(hex_of(bench.press({mackie::SlotKey::mute, mackie::Slot(2)})), "90 12 00"));
        bench.daw.mute(2, true);
        CHECK(holds(hex_of(bench.pass(100ms)), "90 12 7F"));
        CHECK(bench.daw.wire_writes().size() == 2);
    }
    SECTION("solo, and that something is soloed") {
        CHECK(holds(hex_of(bench.press({mackie::SlotKey::solo, mackie::Slot(1)})), "90 09 7F"));
        CHECK(bench.seen[0].indicators.at(mackie::Indicator::rude_solo) == mackie::Led::blink);
        bench.press(mackie::Key::solo);
        CHECK_FALSE(bench.strip(1).soloed);
        CHECK(bench.led({mackie::SlotKey::solo, mackie::Slot(1)}) == mackie::Led::off);
        CHECK(bench.seen[0].indicators.at(mackie::Indicator::rude_solo) == mackie::Led::off);
    }
    SECTION("record, and one selected at a time") {
        bench.press({mackie::SlotKey::rec, mackie::Slot(0)});
        CHECK(bench.strip(0).record_enabled);
        bench.press({mackie::SlotKey::select, mackie::Slot(0)});
        bench.press({mackie::SlotKey::select, mackie::Slot(3)});
        CHECK_FALSE(bench.strip(0).selected);
        CHECK(bench.led({mackie::SlotKey::select, mackie::Slot(3)}) == mackie::Led::on);
        bench.press({mackie::SlotKey::select, mackie::Slot(3)});
        CHECK_FALSE(bench.strip(3).selected);
    }
    SECTION("REAPER blinks what is soloed, and selects several") {
        MackieBench reaper(as_reaper(), short_named_song(9));
        reaper.pass(3s);
        CHECK(holds(hex_of(reaper.press({mackie::SlotKey::solo, mackie::Slot(1)})), "90 09 01"));
        reaper.press({mackie::SlotKey::select, mackie::Slot(0)});
        reaper.press({mackie::SlotKey::select, mackie::Slot(3)});
        CHECK(reaper.strip(0).selected);
        CHECK(reaper.strip(3).selected);
    }
}

TEST_CASE("Mackie host: playing, stopping, winding") {
    auto bench = marked_bench(as_ardour());
    bench.greet();
    CHECK(bench.led(mackie::Key::stop) == mackie::Led::on);
    bench.press(mackie::Key::play, 0, 1s);
    CHECK(bench.daw.transport().rolls());
    CHECK(bench.led(mackie::Key::play) == mackie::Led::on);
    CHECK(bench.led(mackie::Key::stop) == mackie::Led::off);
    CHECK(seconds_of(bench) == Approx(1.0).margin(0.05));
    bench.press(mackie::Key::stop, 0, 1s);
    CHECK(bench.led(mackie::Key::play) == mackie::Led::off);
    CHECK(seconds_of(bench) == Approx(1.0).margin(0.05));
    bench.press(mackie::Key::fast_forward, 0, 1s);
    CHECK(bench.led(mackie::Key::fast_forward) == mackie::Led::on);
    CHECK(seconds_of(bench) == Approx(5.0).margin(0.2));
    bench.press(mackie::Key::rewind, 0, 3s);
    CHECK(seconds_of(bench) == 0.0);
    CHECK(bench.led(mackie::Key::rewind) == mackie::Led::off);
    bench.press(mackie::Key::record);
    CHECK(bench.led(mackie::Key::record) == mackie::Led::blink);
}

TEST_CASE("Mackie host: in Ardour shift and rewind is the start, marker and rewind the marker before") {
    auto bench = marked_bench(as_ardour());
    bench.greet();
    bench.daw.transport().locate(SongTime::from_seconds(9.0));
    SECTION("the start") {
        bench.send(mackie::ButtonMoved{mackie::Key::shift, true});
        bench.press(mackie::Key::rewind);
        bench.send(mackie::ButtonMoved{mackie::Key::shift, false});
        CHECK(seconds_of(bench) == 0.0);
    }
    SECTION("markers") {
        bench.send(mackie::ButtonMoved{mackie::Key::marker, true});
        CHECK(bench.pass(50ms).size() >= 1);
        CHECK(bench.led(mackie::Key::marker) == mackie::Led::on);
        bench.press(mackie::Key::rewind);
        CHECK(seconds_of(bench) == 8.0);
        bench.press(mackie::Key::rewind);
        bench.press(mackie::Key::fast_forward);
        CHECK(seconds_of(bench) == 8.0);
        bench.send(mackie::ButtonMoved{mackie::Key::marker, false});
        bench.pass(50ms);
        CHECK(bench.led(mackie::Key::marker) == mackie::Led::off);
        CHECK(bench.daw.transport().markers().size() == 3);
    }
    SECTION("alone it adds one when it is let go") {
        bench.press(mackie::Key::marker);
        REQUIRE(bench.daw.transport().markers().size() == 4);
        CHECK(bench.daw.transport().markers()[3].at == SongTime::from_seconds(9.0));
    }
}

TEST_CASE("Mackie host: in REAPER rewind and forward go by markers, stop goes back") {
    auto bench = marked_bench(as_reaper());
    bench.pass(3s);
    bench.press(mackie::Key::fast_forward);
    CHECK(seconds_of(bench) == 4.0);
    bench.press(mackie::Key::rewind);
    CHECK(seconds_of(bench) == 0.0);
    bench.press(mackie::Key::play, 0, 1s);
    CHECK(seconds_of(bench) > 0.9);
    bench.press(mackie::Key::stop);
    CHECK(seconds_of(bench) == 0.0);
    bench.press(mackie::Key::play, 0, 6s);
    CHECK_FALSE(bench.daw.transport().rolls());
    bench.press(mackie::Key::marker);
    CHECK(bench.daw.transport().markers().size() == 4);
}

TEST_CASE("Mackie host: a loop") {
    auto bench = marked_bench(as_ardour());
    bench.greet();
    bench.daw.transport().set_loop({SongTime::from_seconds(1.0), SongTime::from_seconds(2.0)});
    bench.press(mackie::Key::cycle);
    CHECK(bench.led(mackie::Key::cycle) == mackie::Led::on);
    bench.press(mackie::Key::play, 0, 5s);
    CHECK(seconds_of(bench) < 2.1);
    bench.press(mackie::Key::cycle, 0, 2s);
    CHECK(bench.led(mackie::Key::cycle) == mackie::Led::off);
    CHECK(seconds_of(bench) > 2.1);
}

TEST_CASE("Mackie host: REAPER lights save for a second, undo for 150 ms, and takes back", "[M6.10]") {
    MackieBench bench(as_reaper(), short_named_song(4));
    bench.pass(3s);
    bench.press(mackie::Key::save, 0, 900ms);
    CHECK(bench.led(mackie::Key::save) == mackie::Led::on);
    bench.pass(200ms);
    CHECK(bench.led(mackie::Key::save) == mackie::Led::off);
    CHECK(bench.daw.times_saved() == 1);
    bench.press({mackie::SlotKey::mute, mackie::Slot(0)}, 0, 1s);
    bench.press(mackie::Key::undo, 0, 100ms);
    CHECK(bench.led(mackie::Key::undo) == mackie::Led::on);
    bench.pass(200ms);
    CHECK(bench.led(mackie::Key::undo) == mackie::Led::off);
    CHECK_FALSE(bench.strip(0).muted);
    CHECK(bench.led({mackie::SlotKey::mute, mackie::Slot(0)}) == mackie::Led::off);
    bench.send(mackie::ButtonMoved{mackie::Key::shift, true});
    bench.press(mackie::Key::undo);
    CHECK(bench.strip(0).muted);
}

TEST_CASE("Mackie host: Ardour saves without a light and takes nothing back") {
    MackieBench bench(as_ardour(), short_named_song(4));
    bench.greet();
    bench.press({mackie::SlotKey::mute, mackie::Slot(0)}, 0, 1s);
    CHECK_FALSE(holds(hex_of(bench.press(mackie::Key::save)), "90 50 7F"));
    bench.press(mackie::Key::undo);
    CHECK(bench.daw.times_saved() == 1);
    CHECK(bench.strip(0).muted);
}

TEST_CASE(
    "Mackie host: REAPER's automation buttons are for the selected tracks, and blink where these differ",
    "[M6.9]") {
    MackieBench bench(as_reaper(), short_named_song(4));
    bench.pass(3s);
    CHECK(bench.led(mackie::Key::trim) == mackie::Led::off);
    bench.press({mackie::SlotKey::select, mackie::Slot(0)});
    CHECK(bench.led(mackie::Key::trim) == mackie::Led::on);
    bench.press(mackie::Key::touch);
    CHECK(bench.strip(0).automation(Control::fader).mode() == AutomationMode::touch);
    CHECK(bench.strip(1).automation(Control::fader).mode() == AutomationMode::manual);
    CHECK(bench.led(mackie::Key::touch) == mackie::Led::on);
    CHECK(bench.led(mackie::Key::trim) == mackie::Led::off);
    bench.press({mackie::SlotKey::select, mackie::Slot(1)});
    CHECK(bench.led(mackie::Key::touch) == mackie::Led::blink);
    CHECK(bench.led(mackie::Key::trim) == mackie::Led::blink);
    bench.press(mackie::Key::latch);
    CHECK(bench.led(mackie::Key::latch) == mackie::Led::on);
    bench.press(mackie::Key::trim);
    CHECK(bench.strip(1).automation(Control::fader).mode() == AutomationMode::manual);
}

TEST_CASE("Mackie host: Ardour's automation buttons work when they are let go, group is off") {
    MackieBench bench(as_ardour(), short_named_song(4));
    bench.greet();
    CHECK(bench.led(mackie::Key::group) == mackie::Led::on);
    bench.press({mackie::SlotKey::select, mackie::Slot(0)});
    bench.send(mackie::ButtonMoved{mackie::Key::touch, true});
    CHECK(bench.strip(0).automation(Control::fader).mode() == AutomationMode::manual);
    bench.send(mackie::ButtonMoved{mackie::Key::touch, false});
    bench.pass(100ms);
    CHECK(bench.strip(0).automation(Control::fader).mode() == AutomationMode::touch);
    CHECK(bench.led(mackie::Key::touch) == mackie::Led::on);
    CHECK(bench.led(mackie::Key::group) == mackie::Led::off);
    bench.press(mackie::Key::latch);
    CHECK(bench.led(mackie::Key::touch) == mackie::Led::on);
    bench.press(mackie::Key::group);
    CHECK(bench.led(mackie::Key::group) == mackie::Led::on);
}

TEST_CASE("Mackie host: a fader that is held writes automation in touch mode") {
    auto bench = marked_bench(as_ardour());
    bench.greet();
    bench.daw.set_mode(0, AutomationMode::touch);
    bench.press(mackie::Key::play, 0, 1s);
    bench.send(mackie::FaderTouched{mackie::Slot(0), true});
    bench.send(mackie::FaderMoved{mackie::Slot(0), FaderPosition(5329)});
    bench.pass(1s);
    bench.send(mackie::FaderTouched{mackie::Slot(0), false});
    bench.pass(1s);
    bench.press(mackie::Key::stop);
    const auto& list = bench.strip(0).automation(Control::fader).list();
    const auto at = [&](double seconds) {
        return std::get<Decibels>(*list.at(Control::fader, SongTime::from_seconds(seconds).samples({48000})))
            .db();
    };
    CHECK(at(0.5) == Approx(0.0).margin(0.1));
    CHECK(at(1.5) == Approx(-20.0).margin(0.1));
    CHECK(at(3.0) == Approx(0.0).margin(0.1));
}

TEST_CASE("Mackie host: Ardour's bank keys light up while they are held, channel keys blink in vain") {
    MackieBench bench(as_ardour(), short_named_song(4));
    bench.greet();
    bench.send(mackie::ButtonMoved{mackie::Key::channel_right, true});
    bench.pass(50ms);
    CHECK(bench.led(mackie::Key::channel_right) == mackie::Led::blink);
    bench.send(mackie::ButtonMoved{mackie::Key::channel_right, false});
    bench.send(mackie::ButtonMoved{mackie::Key::bank_right, true});
    bench.pass(50ms);
    CHECK(bench.led(mackie::Key::channel_right) == mackie::Led::off);
    CHECK(bench.led(mackie::Key::bank_right) == mackie::Led::on);
}
