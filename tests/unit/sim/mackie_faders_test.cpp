#include "sim/chance.hpp"
#include "support/catch.hpp"
#include "unit/sim/mackie_bench.hpp"

#include <cmath>
#include <cstdlib>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

MackieBench fader_bench(MackieHostSettings settings) {
    return MackieBench(settings, short_named_song(9));
}

MackieHostSettings echoing(FaderEcho echo) {
    MackieHostSettings settings = as_reaper();
    settings.shared.echo = echo;
    settings.shared.hears_at_turns = false;
    return settings;
}

mackie::FaderMoved first_fader_to(int position) {
    return {mackie::Slot(0), FaderPosition(position)};
}

std::vector<int> positions_of(const std::vector<MackieBench::Heard>& heard) {
    std::vector<int> all;
    for (const auto& move : only<mackie::MoveFader>(heard)) all.push_back(move.position.value());
    return all;
}

}  // namespace

TEST_CASE("Mackie host: a position is said back at once, while it is touched too", "[M4.5]") {
    auto bench = fader_bench(as_ardour());
    bench.greet();
    bench.send(mackie::FaderTouched{mackie::Slot(0), true});
    for (const int position : {0, 1, 5000, 8192, 12808, 16383}) {
        CAPTURE(position);
        const auto echoed = positions_of(bench.send(first_fader_to(position)));
        REQUIRE(echoed.size() == 1);
        // Ardour cuts off what single precision makes of it.
        CHECK(std::abs(echoed[0] - position) <= 1);
        CHECK(echoed[0] <= position);
        CHECK(positions_of(bench.pass(300ms)).empty());
    }
    CHECK(positions_of(bench.send(mackie::FaderTouched{mackie::Slot(0), false})).empty());
    CHECK(positions_of(bench.pass(1s)).empty());
    CHECK(bench.daw.wire_writes().size() == 6);
    CHECK(bench.strip(0).fader.db() == Approx(6.02).margin(0.01));
}

TEST_CASE("Mackie host: other positions are not said to a touched fader", "[M4.6]") {
    SECTION("REAPER says them when it is let go") {
        auto bench = fader_bench(echoing(FaderEcho::at_once));
        bench.pass(3s);
        bench.send(mackie::FaderTouched{mackie::Slot(0), true});
        bench.daw.move_fader(0, Decibels(-6.0));
        bench.daw.move_fader(1, Decibels(-6.0));
        CHECK(positions_of(bench.pass(1s)) == std::vector<int>{9713});
        bench.send(mackie::FaderTouched{mackie::Slot(0), false});
        bench.pass(1s);
        CHECK(bench.fader(0) == 9713);
    }
    SECTION("Ardour never does") {
        auto bench = fader_bench(as_ardour());
        bench.greet();
        bench.send(mackie::FaderTouched{mackie::Slot(0), true});
        bench.daw.move_fader(0, Decibels(-6.0));
        CHECK(positions_of(bench.pass(1s)).empty());
        CHECK(positions_of(bench.send(mackie::FaderTouched{mackie::Slot(0), false})).empty());
        CHECK(positions_of(bench.pass(1s)).empty());
        bench.daw.move_fader(0, Decibels(-3.0));
        CHECK(positions_of(bench.pass(1s)) == std::vector<int>{11296});
    }
}

TEST_CASE("Mackie host: some say the position when the fader is let go, some never") {
    SECTION("when it is let go") {
        auto bench = fader_bench(echoing(FaderEcho::when_let_go));
        bench.pass(3s);
        bench.send(mackie::FaderTouched{mackie::Slot(0), true});
        CHECK(positions_of(bench.send(first_fader_to(9713))).empty());
        CHECK(positions_of(bench.pass(5s)).empty());
        auto heard = bench.send(mackie::FaderTouched{mackie::Slot(0), false});
        for (auto& each : bench.pass(1s)) heard.push_back(each);
        CHECK(positions_of(heard) == std::vector<int>{9713});
    }
    SECTION("never") {
        auto bench = fader_bench(echoing(FaderEcho::none));
        bench.pass(3s);
        CHECK(positions_of(bench.send(first_fader_to(9713))).empty());
        CHECK(positions_of(bench.pass(5s)).empty());
        bench.daw.move_fader(0, Decibels());
        CHECK(positions_of(bench.pass(1s)) == std::vector<int>{11734});
    }
}

TEST_CASE("Mackie host: without touches time tells that a fader was let go", "[M4.8]") {
    auto bench = fader_bench(echoing(FaderEcho::when_let_go));
    bench.pass(3s);
    bench.send(first_fader_to(9713));
    CHECK(positions_of(bench.pass(2900ms)).empty());
    bench.send(first_fader_to(9700));
    CHECK(positions_of(bench.pass(2900ms)).empty());
    CHECK(positions_of(bench.pass(200ms)) == std::vector<int>{9700});
}

TEST_CASE("Mackie host: the laws of faders") {
    const HostFader ardour{FaderTravel::ardour, 14, true};
    const HostFader reaper{FaderTravel::reaper, 14, false};
    const HostFader console{FaderTravel::console, 14, false};
    CHECK(ardour.position_of(Decibels()).value() == 12808);
    CHECK(ardour.position_of(Decibels(-20.0)).value() == 5329);
    CHECK(ardour.position_of(Decibels(12.0)).value() == 16383);
    CHECK(reaper.position_of(Decibels()).value() == 11734);
    CHECK(reaper.position_of(Decibels(-20.0)).value() == 5951);
    CHECK(console.position_of(Decibels()).value() == 13168);
    CHECK(console.position_of(Decibels(-25.0)).value() == 5968);
    for (const HostFader& scale : {ardour, reaper, console}) {
        CHECK(scale.position_of(Decibels::silence()).value() == 0);
        CHECK(scale.level_at(FaderPosition(0)).is_silence());
        Decibels below = Decibels::silence();
        for (int position = 64; position <= 16383; position += 64) {
            const Decibels level = scale.level_at(FaderPosition(position));
            CHECK(below < level);
            CHECK(std::abs(scale.position_of(level).value() - position) <= 1);
            below = level;
        }
    }
}

TEST_CASE("Mackie host: of ten bits the lower four are lost") {
    MackieHostSettings settings = as_ardour();
    settings.shared.faders.bits_read = 10;
    auto bench = fader_bench(settings);
    bench.greet();
    bench.send(first_fader_to(12808));
    const Decibels level = bench.strip(0).fader;
    bench.send(first_fader_to(12815));
    CHECK(bench.strip(0).fader == level);
    bench.send(first_fader_to(12816));
    CHECK(bench.strip(0).fader > level);
}

TEST_CASE("Mackie host: the master's fader is the ninth of the main unit") {
    SECTION("where there is one") {
        auto bench = fader_bench(as_ardour());
        bench.greet();
        CHECK(bench.seen[0].faders.at(mackie::Fader::master()) == 12808);
        CHECK(positions_of(bench.send(mackie::FaderMoved{mackie::Fader::master(), FaderPosition(0)})) ==
              std::vector<int>{0});
        CHECK(bench.daw.engine().master().fader.is_silence());
        REQUIRE(bench.daw.wire_writes().size() == 1);
        CHECK(bench.daw.wire_writes()[0].strip == RouteId{});
        bench.daw.move_master(Decibels(-3.0));
        CHECK(positions_of(bench.pass(1s)) == std::vector<int>{11296});
    }
    SECTION("and where there is none") {
        auto bench = fader_bench(as_stubborn());
        bench.pass(3s);
        CHECK_FALSE(bench.seen[0].faders.contains(mackie::Fader::master()));
        bench.send(mackie::FaderMoved{mackie::Fader::master(), FaderPosition(0)});
        bench.pass(1s);
        CHECK(bench.daw.wire_writes().empty());
    }
}

TEST_CASE("Mackie host: a tick of a V-Pot, and the ring around it") {
    SECTION("Ardour: 63 from side to side") {
        auto bench = fader_bench(as_ardour());
        bench.greet();
        CHECK(bench.seen[0].rings.at(mackie::Slot(0)) == mackie::Ring(mackie::RingMode::single_dot, 6, true));
        bench.send(mackie::VPotTurned{mackie::Slot(0), mackie::Ticks(1)});
        CHECK(bench.strip(0).pan.position() == Approx(2.0 / 63.0));
        bench.send(mackie::VPotTurned{mackie::Slot(0), mackie::Ticks(63)});
        CHECK(bench.strip(0).pan == Pan::right());
        CHECK(bench.seen[0].rings.at(mackie::Slot(0)) == mackie::Ring(mackie::RingMode::single_dot, 11));
        bench.send(mackie::VPotTurned{mackie::Slot(0), mackie::Ticks(-63)});
        CHECK(bench.strip(0).pan == Pan::left());
        CHECK(bench.seen[0].rings.at(mackie::Slot(0)) == mackie::Ring(mackie::RingMode::single_dot, 1));
        CHECK(bench.daw.wire_writes().size() == 3);
    }
    SECTION("REAPER: 31 from the middle to a side, pushed it is in the middle") {
        auto bench = fader_bench(as_reaper());
        bench.pass(3s);
        bench.send(mackie::VPotTurned{mackie::Slot(0), mackie::Ticks(-31)});
        bench.pass(100ms);
        CHECK(bench.strip(0).pan == Pan::left());
        CHECK(bench.seen[0].rings.at(mackie::Slot(0)) == mackie::Ring(mackie::RingMode::single_dot, 1));
        bench.press({mackie::SlotKey::vpot, mackie::Slot(0)});
        CHECK(bench.strip(0).pan == Pan::centre());
        CHECK(bench.seen[0].rings.at(mackie::Slot(0)) == mackie::Ring(mackie::RingMode::single_dot, 6));
    }
}

TEST_CASE("Mackie host: REAPER's bank says again only the faders that stand elsewhere") {
    auto bench = fader_bench(as_reaper());
    bench.pass(3s);
    bench.daw.move_fader(8, Decibels(-6.0));
    const auto heard = bench.press(mackie::Key::bank_right, 0, 1s);
    const auto moved = positions_of(heard);
    // The ninth track's, and seven that are let down as nothing stands there.
    CHECK(moved.size() == 8);
    CHECK(bench.fader(0) == 9713);
    CHECK(bench.fader(1) == 0);
    CHECK(positions_of(bench.press(mackie::Key::bank_right, 0, 1s)).empty());
}

TEST_CASE("Mackie host: a fader that plays automation takes no values in Ardour") {
    auto bench = fader_bench(as_ardour());
    bench.greet();
    bench.daw.set_mode(0, AutomationMode::play);
    bench.send(first_fader_to(0));
    CHECK(bench.strip(0).fader == Decibels());
    CHECK(bench.daw.wire_writes().size() == 1);
}

TEST_CASE("Mackie host: whatever is moved, the faders show the mixer in the end") {
    const std::uint32_t seed = GENERATE(1U, 2U, 3U, 4U);
    CAPTURE(seed);
    Chance chance(seed);
    const auto one_of = [&](int count) {
        return static_cast<int>((chance.next() + 1.0) / 2.0 * count) % count;
    };
    const std::array hosts = {as_ardour(), as_reaper(), as_stubborn()};
    const MackieHostSettings& settings = hosts.at(static_cast<std::size_t>(one_of(3)));
    MackieBench bench(settings, short_named_song(20));
    bench.greet();
    for (int i = 0; i < 60; ++i) {
        const mackie::Slot slot(one_of(8));
        if (chance.happens(0.15))
            bench.press(chance.happens(0.5) ? mackie::Key::bank_right : mackie::Key::bank_left, 0, 1s);
        if (chance.happens(0.2))
            bench.daw.move_fader(static_cast<std::size_t>(one_of(20)),
                                 Decibels(-30.0 * chance.next() - 30.0));
        bench.send(mackie::FaderTouched{slot, true});
        bench.send(mackie::FaderMoved{slot, FaderPosition(one_of(16384))});
        bench.send(mackie::FaderTouched{slot, false});
        bench.pass(50ms);
    }
    bench.pass(10s);
    for (int slot = 0; slot < mackie::Slot::count; ++slot) {
        const auto id = bench.daw.strip_at(slot);
        if (!id) continue;
        const SimStrip* strip = bench.daw.engine().find(*id);
        REQUIRE(strip);
        CHECK(bench.name(slot) == strip->name);
        CHECK(std::abs(settings.shared.faders.position_of(strip->fader).value() - bench.fader(slot)) <= 1);
    }
}
