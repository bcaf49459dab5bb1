#include "support/catch.hpp"
#include "unit/sim/mackie_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

MackieBench ardour_with(int tracks, int units = 1) {
    MackieHostSettings settings = as_ardour();
    settings.shared.units = units;
    return MackieBench(settings, short_named_song(tracks));
}

/// Where the bank begins after each of these presses.
std::vector<int> starts_after(MackieBench& bench, const std::vector<mackie::Key>& keys) {
    std::vector<int> starts;
    for (const mackie::Key key : keys) {
        bench.press(key, 0, 0ms);
        bench.pass(100ms);
        starts.push_back(bench.daw.bank_start());
    }
    return starts;
}

constexpr mackie::Key left = mackie::Key::bank_left;
constexpr mackie::Key right = mackie::Key::bank_right;

}  // namespace

TEST_CASE("Mackie host: Ardour's banks begin at multiples of all units' strips", "[M10.2]") {
    using Starts = std::vector<int>;
    SECTION("one strip, and eight, are one bank") {
        for (const int tracks : {1, 8}) {
            auto bench = ardour_with(tracks);
            bench.greet();
            CHECK(starts_after(bench, {right, mackie::Key::channel_right, left}) == Starts{0, 0, 0});
            CHECK(bench.names() == short_names(1, tracks));
        }
    }
    SECTION("the ninth stands alone") {
        auto bench = ardour_with(9);
        bench.greet();
        CHECK(starts_after(bench, {right, right}) == Starts{8, 8});
        CHECK(bench.names() == short_names(9, 9));
    }
    SECTION("twenty strips in three banks") {
        auto bench = ardour_with(20);
        bench.greet();
        CHECK(starts_after(bench, {right, right, right}) == Starts{8, 16, 16});
        CHECK(bench.names() == short_names(17, 20));
        CHECK(starts_after(bench, {left, left, left}) == Starts{8, 0, 0});
    }
    SECTION("a channel at a time until the last is shown, then back to a multiple") {
        auto bench = ardour_with(10);
        bench.greet();
        const mackie::Key on = mackie::Key::channel_right;
        CHECK(starts_after(bench, {on, on, on, mackie::Key::channel_left, left}) == Starts{1, 2, 2, 1, 0});
    }
    SECTION("a hundred strips on four units") {
        auto bench = ardour_with(100, 4);
        bench.greet();
        CHECK(starts_after(bench, {right, right, right, right}) == Starts{32, 64, 96, 96});
        CHECK(bench.names(0) == short_names(97, 100));
        CHECK(bench.names(3) == short_names(101, 100));
    }
}

TEST_CASE("Mackie host: REAPER's banks are of eight, and are refused when the last track is shown",
          "[M10.2][M10.3]") {
    using Starts = std::vector<int>;
    MackieBench bench(as_reaper(), short_named_song(20));
    bench.greet();
    CHECK(bench.seen[0].digits.assignment() == "01");
    CHECK(starts_after(bench, {right, right, right}) == Starts{8, 16, 16});
    CHECK(bench.seen[0].digits.assignment() == "17");
    bench.pass(1s);
    CHECK(bench.names() == short_names(17, 20));
    SECTION("channels run on until the last track stands alone") {
        const mackie::Key on = mackie::Key::channel_right;
        CHECK(starts_after(bench, {on, on, on, on}) == Starts{17, 18, 19, 19});
        bench.pass(1s);
        CHECK(bench.names() == short_names(20, 20));
    }
    SECTION("a press in vain tells the names again") {
        const auto heard = bench.press(right, 0, 1s);
        CHECK(only<mackie::WriteLcd>(heard).size() == 8);
        CHECK(bench.daw.bank_start() == 16);
    }
}

TEST_CASE("Mackie host: REAPER counts the tracks of all units before it refuses", "[M10.3]") {
    MackieHostSettings settings = as_reaper();
    settings.shared.units = 2;
    MackieBench bench(settings, short_named_song(20));
    bench.greet();
    CHECK(starts_after(bench, {right, right}) == std::vector<int>{8, 8});
    bench.pass(1s);
    CHECK(bench.names(0) == short_names(9, 20));
    CHECK(bench.names(1) == short_names(17, 20));
}

TEST_CASE("Mackie host: an overlapping last bank is full") {
    MackieHostSettings settings = as_ardour();
    settings.shared.banks.last_bank = BankRules::LastBank::overlapping;
    MackieBench bench(settings, short_named_song(20));
    bench.greet();
    CHECK(starts_after(bench, {right, right, right}) == std::vector<int>{8, 12, 12});
    CHECK(bench.names() == short_names(13, 20));
    CHECK(starts_after(bench, {left, left}) == std::vector<int>{4, 0});
}

TEST_CASE("Mackie host: extenders may stand on either side of the main unit") {
    MackieHostSettings settings = as_ardour();
    settings.shared.units = 3;
    settings.shared.main_position = 1;
    MackieBench bench(settings, short_named_song(24));
    bench.greet();
    CHECK(bench.names(1) == short_names(1, 24));
    CHECK(bench.names(0) == short_names(9, 24));
    CHECK(bench.names(2) == short_names(17, 24));
    bench.send(mackie::FaderMoved{mackie::Slot(0), FaderPosition(0)}, 2);
    REQUIRE(bench.daw.wire_writes().size() == 1);
    CHECK(bench.daw.wire_writes()[0].strip == bench.strip(16).id);
}

TEST_CASE("Mackie host: a bank is painted after its lag, and moved at once", "[M10.2]") {
    MackieHostSettings settings = as_ardour();
    settings.shared.bank_lag = 200ms;
    MackieBench bench(settings, short_named_song(20));
    bench.greet();
    bench.press(right, 0, 0ms);
    CHECK(only<mackie::WriteLcd>(bench.pass(190ms)).empty());
    CHECK(bench.names() == short_names(1, 20));
    SECTION("what is moved meanwhile is of the new bank") {
        bench.send(mackie::FaderMoved{mackie::Slot(2), FaderPosition(0)});
        REQUIRE(bench.daw.wire_writes().size() == 1);
        CHECK(bench.daw.wire_writes()[0].strip == bench.strip(10).id);
        CHECK(bench.daw.wire_writes()[0].control == Control::fader);
        CHECK(bench.daw.wire_writes()[0].value == ControlValue(Decibels::silence()));
        CHECK(bench.daw.wire_writes()[0].at == bench.now);
        CHECK(bench.strip(2).fader == Decibels());
    }
    SECTION("another press begins the wait anew") {
        bench.press(right, 0, 0ms);
        CHECK(only<mackie::WriteLcd>(bench.pass(190ms)).empty());
        CHECK(bench.daw.is_painting());
    }
    bench.pass(400ms);
    CHECK_FALSE(bench.daw.is_painting());
    CHECK(bench.names() == short_names(bench.daw.bank_start() + 1, 20));
}

TEST_CASE(
    "Mackie host: while a bank waits to be painted nothing is said of the strips that still stand there") {
    MackieHostSettings settings = as_ardour();
    settings.shared.bank_lag = 200ms;
    MackieBench bench(settings, short_named_song(20));
    bench.greet();
    bench.press(right, 0, 0ms);
    bench.daw.move_fader(0, Decibels(-6.0));
    bench.daw.rename(1, "Other");
    const auto heard = bench.pass(150ms);
    CHECK(only<mackie::MoveFader>(heard).empty());
    CHECK(only<mackie::WriteLcd>(heard).empty());
    bench.pass(1s);
    bench.press(left, 0, 1s);
    CHECK(bench.name(1) == "Other");
    CHECK(bench.fader(0) == 9943);
}

TEST_CASE("Mackie host: an extender has no keys for banks") {
    auto bench = ardour_with(20, 2);
    bench.greet();
    bench.press(right, 1);
    CHECK(bench.daw.bank_start() == 0);
    bench.press(right, 0);
    CHECK(bench.daw.bank_start() == 16);
}

TEST_CASE("Mackie host: the DAW's mixer changes under the surface") {
    auto bench = ardour_with(9);
    bench.greet();
    SECTION("a track is put in front") {
        bench.daw.insert_track(0, steady("New", 0.1F, 1));
        bench.pass(100ms);
        CHECK(bench.name(0) == "New");
        CHECK(bench.name(1) == "T1");
        CHECK(bench.daw.strip_at(1) == bench.strip(1).id);
    }
    SECTION("a track goes") {
        bench.daw.remove_track(0);
        bench.pass(100ms);
        CHECK(bench.names() == short_names(2, 9));
    }
    SECTION("tracks change places") {
        bench.daw.reorder_tracks({8, 1, 2, 3, 4, 5, 6, 7, 0});
        bench.pass(100ms);
        CHECK(bench.name(0) == "T9");
    }
    SECTION("a hidden track is not shown") {
        bench.daw.hide(0, true);
        bench.pass(100ms);
        CHECK(bench.names() == short_names(2, 9));
    }
    SECTION("a track is added behind the others") {
        bench.press(right);
        const auto index = bench.daw.add_track(steady("Last", 0.1F, 1));
        bench.pass(100ms);
        CHECK(index == 9);
        CHECK(bench.name(1) == "Last");
    }
    SECTION("somebody scrolls the mixer") {
        bench.daw.bank_by_hand(3);
        bench.pass(100ms);
        CHECK(bench.names() == short_names(4, 9));
    }
    SECTION("the bank that is shown is gone") {
        bench.press(right);
        bench.daw.remove_track(8);
        bench.pass(100ms);
        CHECK(bench.names() == short_names(10, 9));
        CHECK_FALSE(bench.daw.strip_at(0));
    }
}

TEST_CASE("Mackie host: tracks of one name are one on the surface") {
    Song song = short_named_song(9);
    for (Stem& stem : song.stems) stem.name = "Guitar";
    SECTION("REAPER writes the name anew for each") {
        MackieBench bench(as_reaper(), song);
        bench.greet();
        CHECK(only<mackie::WriteLcd>(bench.press(right, 0, 1s)).size() == 8);
    }
    SECTION("Ardour writes only what is another text") {
        MackieBench bench(as_ardour(), song);
        bench.greet();
        bench.press(right, 0, 0ms);
        for (const auto& write : only<mackie::WriteLcd>(bench.pass(50ms)))
            CHECK(write.text.ascii().substr(0, 6) != "Guitar");
        CHECK(bench.name(0) == "Guitar");
        CHECK(bench.name(1).empty());
    }
}

TEST_CASE("Mackie host: a place without a strip takes nothing and shows nothing") {
    auto bench = ardour_with(3);
    bench.greet();
    CHECK(hex_of(bench.send(mackie::FaderMoved{mackie::Slot(5), FaderPosition(9000)})).empty());
    bench.press({mackie::SlotKey::mute, mackie::Slot(5)});
    bench.send(mackie::VPotTurned{mackie::Slot(5), mackie::Ticks(3)});
    CHECK(bench.daw.wire_writes().empty());
    CHECK(bench.fader(5) == 0);
    CHECK(bench.unreadable == 0);
}
