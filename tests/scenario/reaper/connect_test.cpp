// A session at a simulated REAPER: connecting, hearing, and what a person does meanwhile.

#include "scenario/reaper/reaper_room.hpp"

#include <numeric>

using namespace kedge;
using namespace kedge::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("REAPER simulated: 1 to 200 tracks are connected to with all values right") {
    const int count = GENERATE(1, 16, 200);
    ReaperRoom room(sim::many_strips_song(count));
    // REAPER has just begun: it tells the 256 places of kedge's file first, which takes 1.3 s.
    room.connect();
    REQUIRE(room.session.mixer().strips.size() == static_cast<std::size_t>(count) + 1);
    room.require_same_mixer();
    WARN(count << " tracks took " << room.loop.now().time_since_epoch() / milliseconds(1) << " ms");
    CHECK(room.loop.now() < Instant(milliseconds(2'500 + 12 * count)));
}

TEST_CASE("REAPER simulated: its stock file is enough, and what it lacks is said") {
    ReaperRoom room(sim::many_strips_song(20), stock_patterns());
    room.connect();
    REQUIRE(room.session.mixer().strips.size() == 21);
    room.require_same_mixer();
    REQUIRE(room.session.lacks().size() == 1);
    REQUIRE(room.session.lacks().front().find("MASTER_VOLUME") != std::string::npos);
    REQUIRE(room.session.capabilities().touch);
    REQUIRE(room.session.capabilities().markers);
    REQUIRE(room.session.capabilities().bars);
    CHECK(room.session.counters().unknown_path == 0);
    CHECK(room.session.counters().wrong_type == 0);
    CHECK(room.session.counters().out_of_range == 0);
    CHECK(room.session.counters().malformed == 0);
}

TEST_CASE("REAPER simulated: a person's moves are heard") {
    ReaperRoom room(sim::many_strips_song(16));
    room.connect();
    room.daw.move_fader(3, Decibels(-11.0));
    room.daw.turn_pan(4, Pan(0.25));
    room.daw.mute_track(5, true);
    room.loop.idle(milliseconds(500));
    room.require_same_mixer();
}

TEST_CASE("REAPER simulated: renamed, reordered, added and removed tracks keep their ids") {
    ReaperRoom room(sim::many_strips_song(16));
    room.connect();
    const auto before = room.session.mixer();
    const auto& tracks = room.daw.engine().strips();
    const std::string third = tracks[2].name;
    SECTION("renamed") {
        room.daw.rename_track(2, "Somebody");
        room.loop.idle(seconds(3));
        REQUIRE(room.id("Somebody") == before.strips[3].id);
    }
    SECTION("reordered") {
        std::vector<std::size_t> order(16);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::reverse(order.begin(), order.end());
        room.daw.move_fader(2, Decibels(-7.0));
        room.loop.idle(seconds(1));
        room.daw.reorder_tracks(order);
        room.loop.idle(seconds(3));
        REQUIRE(room.id(third) == before.strips[3].id);
    }
    SECTION("removed") {
        room.daw.remove_track(0);
        room.loop.idle(seconds(3));
        REQUIRE(room.session.mixer().strips.size() == 16);
        REQUIRE(room.id(third) == before.strips[3].id);
    }
    SECTION("a folder added") {
        room.daw.add_folder("Band");
        room.loop.idle(seconds(3));
        REQUIRE(room.session.mixer().strips.size() == 18);
        REQUIRE(room.id(third) == before.strips[3].id);
    }
    REQUIRE(room.session.ready());
    room.require_same_mixer();
}

TEST_CASE("REAPER simulated: quit is Lost, and opened again all is as before") {
    ReaperRoom room(sim::many_strips_song(16));
    room.connect();
    const auto before = room.session.mixer();
    room.loop.idle(seconds(20));
    REQUIRE(room.session.ready());
    room.daw.quit();
    room.loop.idle(seconds(7));
    REQUIRE_FALSE(room.session.ready());
    room.daw.open();
    room.loop.idle(seconds(4));
    REQUIRE(room.session.ready());
    REQUIRE(room.session.mixer().strips.size() == before.strips.size());
    for (std::size_t i = 0; i < before.strips.size(); ++i) {
        INFO(before.strips[i].name.name << " was id " << before.strips[i].id.value);
        REQUIRE(room.session.mixer().strips[i].id == before.strips[i].id);
        REQUIRE(room.session.mixer().strips[i].name == before.strips[i].name);
    }
    room.require_same_mixer();
}

TEST_CASE("REAPER simulated: a REAPER that hangs for three seconds is not lost") {
    ReaperRoom room(sim::many_strips_song(16));
    room.connect();
    room.loop.idle(seconds(2));
    room.daw.hang(true);
    room.loop.idle(seconds(2));
    room.daw.hang(false);
    room.loop.idle(seconds(3));
    REQUIRE(room.session.ready());
    REQUIRE(room.session.counters().reconnects == 0);
}
