#include "support/catch.hpp"
#include "unit/sim/hui_bench.hpp"

#include <cstdlib>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

HuiBench connected_bench(const HuiHostSettings& settings = hui_as_pro_tools(), int tracks = 20) {
    return HuiBench(settings, short_named_song(tracks));
}

hui::FaderMoved hui_fader_to(int position, int fader = 0, hui::Unit unit = {}) {
    return {unit, hui::Fader(fader), FaderPosition(position)};
}

hui::SwitchMoved hui_touch(bool touched, int slot = 0) {
    return {{}, hui::Switch(hui::SlotKey::fader_touch, hui::Slot(slot)), touched};
}

std::vector<int> hui_positions(const std::vector<HuiBench::Heard>& heard) {
    std::vector<int> all;
    for (const auto& move : only<hui::MoveFader>(heard)) all.push_back(move.position.value());
    return all;
}

}  // namespace

TEST_CASE("HUI host: a ping a second on every port", "[H1.2]") {
    HuiHostSettings settings = hui_as_pro_tools();
    settings.shared.units = 2;
    auto bench = connected_bench(settings);
    CHECK(only<hui::Ping>(bench.pass(5500ms)).size() == 12);
}

TEST_CASE("HUI host: without an answer a HUI is disconnected, and hears nothing but pings", "[H1.5]") {
    auto bench = connected_bench();
    bench.answers = false;
    for (const auto& each : bench.pass(5s)) CHECK(std::holds_alternative<hui::Ping>(each.message));
    CHECK_FALSE(bench.daw.is_connected(0));
    bench.answers = true;
    bench.pass(2s);
    CHECK(bench.daw.is_connected(0));
    CHECK(bench.labels() == short_names(1, 20));
    SECTION("one that falls silent is told everything when it is back") {
        bench.answers = false;
        bench.pass(4s);
        CHECK_FALSE(bench.daw.is_connected(0));
        bench.daw.rename(0, "New");
        CHECK(only<hui::ShowLabel>(bench.pass(2s)).empty());
        bench.answers = true;
        CHECK(only<hui::ShowLabel>(bench.pass(2s)).size() == 8);
        CHECK(bench.labels().front() == "New");
    }
    SECTION("one that is slow is not") {
        bench.answers = false;
        bench.pass(1500ms);
        bench.answers = true;
        bench.pass(1500ms);
        CHECK(bench.daw.is_connected(0));
    }
}

TEST_CASE("HUI host: REAPER pings and does not look at the answer", "[H1.6]") {
    auto bench = connected_bench(hui_as_reaper());
    bench.answers = false;
    const auto heard = bench.pass(10s);
    CHECK(only<hui::Ping>(heard).size() >= 10);
    CHECK(bench.daw.is_connected(0));
    CHECK(bench.labels() == short_names(1, 20));
}

TEST_CASE("HUI host: nothing is said to a touched fader, and its position when it is let go",
          "[H3.11][H10.1]") {
    auto bench = connected_bench();
    bench.pass(3s);
    bench.send(hui_touch(true));
    bench.send(hui_fader_to(8000));
    bench.daw.move_fader(0, Decibels(-40.0));
    bench.send(hui_fader_to(9713));
    CHECK(hui_positions(bench.pass(3s)).empty());
    auto heard = bench.send(hui_touch(false));
    for (auto& each : bench.pass(1s)) heard.push_back(each);
    const auto positions = hui_positions(heard);
    REQUIRE(positions.size() == 1);
    CHECK(std::abs(positions[0] - 9713) <= 1);
    CHECK(bench.daw.wire_writes().size() == 2);
    CHECK(bench.strip(0).fader.db() == Approx(-6.0).margin(0.01));
    bench.daw.move_fader(0, Decibels());
    CHECK(hui_positions(bench.pass(1s)) == std::vector<int>{11734});
}

TEST_CASE("HUI host: the meters of both sides in twelve steps, the fall too", "[H5.4][H10.1]") {
    Song song;
    song.name = "meters";
    song.stems = {steady("Tone", 0.354813F, 1)};
    HuiBench bench(hui_as_pro_tools(), song);
    bench.pass(3s);
    bench.daw.turn_pan(0, Pan::left());
    bench.daw.transport().play();
    bench.pass(500ms);
    CHECK(bench.seen[0].levels.at({0, hui::Side::left}) == 7);
    CHECK(bench.seen[0].levels.at({0, hui::Side::right}) == 0);
    const auto heard = bench.pass(5s);
    std::vector<int> falling;
    for (const auto& meter : only<hui::ShowMeter>(heard))
        if (meter.slot == hui::Slot(0) && meter.side == hui::Side::left)
            falling.push_back(meter.step.number());
    CHECK(falling == std::vector<int>{6, 5, 4, 3, 2, 1, 0});
    // At most 25 times a second, for each side.
    CHECK(only<hui::ShowMeter>(heard).size() <= 2 * 25 * 5);
}

TEST_CASE("HUI host: strips by their switches and V-Pots") {
    auto bench = connected_bench();
    bench.pass(3s);
    const auto on = [](hui::SlotKey key, int slot) { return hui::Switch(key, hui::Slot(slot)); };
    bench.press(on(hui::SlotKey::mute, 1));
    CHECK(bench.strip(1).muted);
    CHECK(bench.lit(on(hui::SlotKey::mute, 1)));
    bench.press(on(hui::SlotKey::solo, 2));
    CHECK(bench.lit(on(hui::SlotKey::solo, 2)));
    CHECK(bench.lit(hui::Key::rude_solo_led));
    bench.press(on(hui::SlotKey::select, 3));
    CHECK(bench.strip(3).selected);
    bench.press(hui::Key::mode_touch);
    CHECK(bench.strip(3).automation(Control::fader).mode() == AutomationMode::touch);
    CHECK(bench.lit(hui::Key::mode_touch));
    bench.send(hui::VPotTurned{{}, hui::VPot(0), hui::Turn(50)});
    bench.pass(100ms);
    CHECK(bench.strip(0).pan == Pan::right());
    CHECK(bench.seen[0].rings.at({0, 0}) == 11);
    bench.press(on(hui::SlotKey::v_select, 0));
    CHECK(bench.strip(0).pan == Pan::centre());
    CHECK(bench.seen[0].rings.at({0, 0}) == 6);
    CHECK(bench.daw.wire_writes().size() == 3);
}

TEST_CASE("HUI host: banks, the last one full, painted after a lag") {
    auto bench = connected_bench();
    bench.pass(3s);
    bench.press(hui::Key::bank_right);
    CHECK(bench.labels() == short_names(9, 20));
    bench.press(hui::Key::bank_right);
    CHECK(bench.labels() == short_names(13, 20));
    bench.press(hui::Key::channel_left);
    CHECK(bench.labels() == short_names(12, 20));
    bench.press(hui::Key::bank_left, 0, {}, 20ms);
    CHECK(bench.labels() == short_names(12, 20));
    bench.send(hui_fader_to(0));
    CHECK(bench.daw.wire_writes().back().strip == bench.strip(3).id);
    bench.pass(200ms);
    CHECK(bench.labels() == short_names(4, 11));
}

TEST_CASE("HUI host: transport, time, and what is moved on the main display", "[H10.1]") {
    HuiBench bench(hui_as_pro_tools(), recorded_song());
    bench.pass(3s);
    CHECK(bench.lit(hui::Key::stop));
    CHECK(bench.lit(hui::Key::timecode_led));
    bench.press(hui::Key::play, 0, {}, 2s);
    CHECK(bench.lit(hui::Key::play));
    CHECK_FALSE(bench.lit(hui::Key::stop));
    bench.press(hui::Key::stop);
    CHECK(bench.seen[0].time.text().starts_with("00.00.02"));
    bench.press(hui::Key::return_to_zero);
    CHECK(bench.seen[0].time.text() == "00.00.00.00");
    bench.send(hui_fader_to(9713, 2));
    bench.pass(200ms);
    CHECK(bench.seen[0].zones.at(0) == "Bass DI   ");
    CHECK(bench.seen[0].zones.at(4) == "-6.0dB    ");
    bench.pass(6s);
    CHECK(bench.seen[0].zones.at(0) == std::string(10, ' '));
    bench.press(hui::Key::save);
    CHECK(bench.daw.times_saved() == 1);
}

TEST_CASE("HUI host: REAPER has all units on one port, no meters, displays and automation", "[H8.7]") {
    HuiHostSettings settings = hui_as_reaper();
    settings.shared.units = 2;
    auto bench = connected_bench(settings);
    const auto heard = bench.pass(3s);
    CHECK(bench.labels() == short_names(1, 20));
    CHECK(bench.seen[0].faders.at({1, 7}) == 11734);
    bench.send(hui_fader_to(0, 3, hui::Unit(1)));
    bench.pass(100ms);
    REQUIRE(bench.daw.wire_writes().size() == 1);
    CHECK(bench.daw.wire_writes()[0].strip == bench.strip(11).id);
    bench.press(hui::Switch(hui::SlotKey::mute, hui::Slot(2)), 0, hui::Unit(1));
    CHECK(bench.strip(10).muted);
    CHECK(bench.lit(hui::Switch(hui::SlotKey::mute, hui::Slot(2)), 1));
    bench.press(hui::Switch(hui::SlotKey::select, hui::Slot(0)));
    bench.press(hui::Key::mode_write);
    CHECK(bench.strip(0).automation(Control::fader).mode() == AutomationMode::manual);
    bench.daw.transport().play();
    const auto playing = bench.pass(1s);
    CHECK(only<hui::ShowMeter>(playing).empty());
    CHECK(only<hui::ShowText>(playing).empty());
    CHECK(only<hui::ShowTime>(playing).empty());
}

TEST_CASE("HUI host: REAPER's banks run on until the last track stands alone") {
    auto bench = connected_bench(hui_as_reaper(), 10);
    bench.pass(3s);
    bench.press(hui::Key::bank_right);
    CHECK(bench.labels() == short_names(9, 10));
    bench.press(hui::Key::bank_right);
    CHECK(bench.labels() == short_names(10, 10));
    bench.press(hui::Key::channel_right);
    CHECK(bench.labels() == short_names(10, 10));
    bench.press(hui::Key::bank_left);
    CHECK(bench.labels() == short_names(2, 10));
}

TEST_CASE("HUI host: REAPER clears the names when it leaves", "[H8.6]") {
    auto bench = connected_bench(hui_as_reaper());
    bench.pass(3s);
    bench.daw.quit();
    bench.pass(1s);
    CHECK(bench.labels() == std::vector<std::string>(8));
}

TEST_CASE("HUI host: the worst that is allowed shows the mixer in the end") {
    auto bench = connected_bench(hui_as_stubborn());
    bench.pass(4s);
    CHECK(bench.labels() == short_names(1, 20));
    for (int i = 0; i < 3; ++i) {
        bench.press(hui::Key::bank_right, 0, {}, 60ms);
        bench.send(hui_fader_to(5000 + i, i));
    }
    bench.daw.insert_track(0, steady("New", 0.1F, 1));
    bench.pass(8s);
    for (int slot = 0; slot < 8; ++slot) {
        const SimStrip* strip = bench.daw.engine().find(bench.daw.strip_at(slot).value());
        REQUIRE(strip);
        CHECK(bench.labels().at(static_cast<std::size_t>(slot)) == strip->name);
        const int wanted = hui_as_stubborn().shared.faders.position_of(strip->fader).value();
        CHECK(std::abs(bench.seen[0].faders.at({0, slot}) - wanted) <= 1);
    }
}
