#include "support/catch.hpp"
#include "unit/sim/mackie_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;
using kedge::test::hex;

namespace {

const Lines four_queries = {"F0 00 00 66 14 00 F7", "F0 00 00 66 15 00 F7", "F0 00 00 66 10 00 F7",
                            "F0 00 00 66 11 00 F7"};

mackie::ConnectionQuery turned_on() {
    return {mackie::greeting_serial, mackie::plain_challenge};
}

MackieBench two_unit_ardour() {
    MackieHostSettings settings = as_ardour();
    settings.shared.units = 2;
    return MackieBench(settings, short_named_song(10));
}

}  // namespace

TEST_CASE("Mackie host: Ardour asks four models, and says nothing more before it was answered", "[M2.11]") {
    auto bench = two_unit_ardour();
    const auto heard = bench.pass(2s);
    CHECK(hex_of(heard, 0) == four_queries);
    CHECK(hex_of(heard, 1) == four_queries);
    SECTION("a main unit and an extender are on when they answer") {
        CHECK_FALSE(bench.send(turned_on(), 0).empty());
        CHECK(bench.daw.is_on(0));
        CHECK_FALSE(bench.daw.is_on(1));
        const auto told = bench.pass(1s);
        CHECK(hex_of(told, 1).empty());
        CHECK(bench.names(0) == short_names(1, 10));
        bench.send(turned_on(), 1, mackie::Model::extender);
        bench.pass(1s);
        CHECK(bench.names(1) == short_names(9, 10));
    }
    SECTION("who is on already and says so again is told nothing") {
        bench.send(turned_on(), 0);
        bench.pass(3s);
        bench.send(turned_on(), 0);
        CHECK(only<mackie::WriteLcd>(bench.pass(1s)).empty());
    }
    SECTION("a Logic Control is challenged back, and on when it confirms") {
        const auto reply = bench.send(turned_on(), 0, mackie::Model::logic_control);
        CHECK(hex_of(reply) == Lines{"F0 00 00 66 10 02 58 59 5A 57 18 61 05 65 5D 5F 67 F7"});
        CHECK_FALSE(bench.daw.is_on(0));
        bench.pass(1s);
        const auto on =
            bench.send(mackie::ConnectionConfirmed{mackie::greeting_serial}, 0, mackie::Model::logic_control);
        REQUIRE_FALSE(on.empty());
        CHECK(on.front().hex == "F0 00 00 66 10 13 00 F7");
        CHECK(bench.daw.is_on(0));
        const auto told = only<mackie::WriteLcd>(bench.pass(1s));
        CHECK_FALSE(told.empty());
    }
    SECTION("one that refuses is off") {
        bench.send(turned_on(), 0);
        bench.send(mackie::ConnectionRefused{mackie::greeting_serial}, 0);
        CHECK_FALSE(bench.daw.is_on(0));
        bench.pass(1s);
        bench.daw.rename(0, "Other");
        CHECK(bench.pass(1s).empty());
    }
}

TEST_CASE("Mackie host: without a handshake the first message turns a unit on", "[M2.12]") {
    MackieHostSettings settings = as_ardour();
    settings.any_message_turns_on = true;
    MackieBench bench(settings, short_named_song(4));
    bench.pass(1s);
    CHECK_FALSE(bench.daw.is_on(0));
    bench.send(mackie::FaderTouched{mackie::Slot(0), true});
    CHECK(bench.daw.is_on(0));
    bench.pass(1s);
    CHECK(bench.names() == short_names(1, 4));
}

TEST_CASE("Mackie host: REAPER asks nothing and answers no challenge", "[M2.13]") {
    MackieBench bench(as_reaper(), short_named_song(4));
    for (const auto& each : bench.pass(3s))
        CHECK_FALSE(std::holds_alternative<mackie::DeviceQuery>(each.message));
    CHECK(bench.names() == short_names(1, 4));
    bench.send(mackie::ConnectionQuery{{}, mackie::plain_challenge}, 0, mackie::Model::logic_control);
    CHECK(only<mackie::WriteLcd>(bench.pass(1s)).empty());
}

TEST_CASE("Mackie host: REAPER tells a unit everything anew that says it was turned on") {
    MackieBench bench(as_reaper(), short_named_song(4));
    bench.pass(3s);
    SECTION("a main unit") {
        bench.seen[0] = {};
        bench.send(turned_on(), 0);
        const auto heard = bench.pass(1s);
        CHECK(bench.names() == short_names(1, 4));
        CHECK(bench.fader(0) == 11734);
        CHECK(only<mackie::SetMeterMode>(heard).size() == 8);
        CHECK(only<mackie::SetOverload>(heard).size() == 8);
        CHECK(only<mackie::SetDigit>(heard).size() >= 12);
    }
    SECTION("not one that is of another model") {
        bench.send(turned_on(), 0, mackie::Model::extender);
        CHECK(only<mackie::WriteLcd>(bench.pass(1s)).empty());
    }
    SECTION("nor one with another serial number") {
        bench.send(mackie::ConnectionQuery{{}, mackie::plain_challenge}, 0);
        CHECK(only<mackie::WriteLcd>(bench.pass(1s)).empty());
    }
}

TEST_CASE("Mackie host: a port that is pulled loses what was said") {
    auto bench = two_unit_ardour();
    bench.greet();
    bench.daw.unplug(0);
    bench.daw.rename(0, "While");
    CHECK(hex_of(bench.pass(2s), 0).empty());
    bench.send(mackie::FaderMoved{mackie::Slot(0), FaderPosition(0)}, 0);
    CHECK(bench.daw.wire_writes().empty());
    SECTION("Ardour asks when it is back, and paints nothing") {
        bench.daw.plug(0);
        const auto asked = bench.pass(10ms);
        CHECK(only<mackie::DeviceQuery>(asked).size() == four_queries.size());
        bench.send(turned_on(), 0);
        CHECK(only<mackie::WriteLcd>(bench.pass(1s)).empty());
        CHECK(bench.name(0) == "T1");
    }
}

TEST_CASE("Mackie host: a DAW may paint anew when a port is back") {
    MackieHostSettings settings = as_stubborn();
    settings.repaints_when_plugged = true;
    MackieBench bench(settings, short_named_song(4));
    bench.pass(3s);
    bench.daw.unplug(0);
    bench.daw.rename(0, "While");
    bench.pass(3s);
    CHECK(bench.name(0) == "T1");
    bench.daw.plug(0);
    bench.pass(3s);
    CHECK(bench.name(0) == "While");
}

TEST_CASE("Mackie host: frozen, hung, gone and back") {
    MackieBench bench(as_reaper(), short_named_song(9));
    bench.pass(3s);
    const mackie::FaderMoved moved{mackie::Slot(0), FaderPosition(0)};
    SECTION("frozen it hears nothing") {
        bench.daw.freeze(true);
        bench.send(moved);
        bench.pass(1s);
        bench.daw.freeze(false);
        bench.pass(1s);
        CHECK(bench.daw.wire_writes().empty());
    }
    SECTION("hung it hears it later") {
        bench.daw.hang(true);
        bench.send(moved);
        CHECK(bench.pass(1s).empty());
        bench.daw.hang(false);
        bench.pass(1s);
        CHECK(bench.daw.wire_writes().size() == 1);
    }
    SECTION("it says good-bye, is silent, and begins anew") {
        bench.press(mackie::Key::bank_right);
        bench.pass(1s);
        bench.daw.quit();
        CHECK(hex_of(bench.pass(1s)) == Lines{"F0 00 00 66 14 08 00 F7"});
        bench.send(moved);
        CHECK(bench.pass(1s).empty());
        bench.seen[0] = {};
        bench.daw.open();
        bench.pass(3s);
        CHECK(bench.names() == short_names(1, 9));
        CHECK(bench.daw.wire_writes().empty());
        bench.daw.open(short_named_song(2));
        bench.pass(3s);
        CHECK(bench.names() == short_names(1, 2));
    }
}

TEST_CASE("Mackie host: bytes that mean nothing are counted and change nothing") {
    MackieBench bench(as_stubborn(), short_named_song(4));
    bench.pass(3s);
    bench.send_bytes(hex("F0 00 00 66 05 00 01 F7 90 7F 7F B0 70 01 FE E9 00 00 90 18"));
    bench.send_bytes(hex("7F 90 18 00"));
    bench.pass(1s);
    CHECK(bench.daw.unusable().total() == 5);
    CHECK(bench.strip(0).selected);
    CHECK(bench.daw.wire_writes().empty());
    CHECK(bench.unreadable == 0);
}
