// REAPER's repeat: whether it is on, where it loops, and switching it.

#include "room.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace kedge;
using namespace kedge::reaper::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr auto loop_settles = milliseconds(200);

/// Repeat is on, from 9 s to 10.5 s.
void connect_looping(Room& room) {
    room.reaper.tracks = named_tracks(2);
    room.reaper.repeats = true;
    room.reaper.loop_start = 9.0;
    room.reaper.loop_end = 10.5;
    room.start();
    REQUIRE(room.run_until_ready());
    room.reaper_does([&] { room.reaper.tick(); });
    room.run(loop_settles);
    room.sent.clear();
}

auto times_sent(const Room& room) {
    const auto sent = room.sent_addresses();
    return std::count(sent.begin(), sent.end(), "/repeat");
}

std::string with_trigger() {
    std::string patterns = good_patterns;
    const std::string_view line = "REPEAT b/repeat";
    return patterns.replace(patterns.find(line), line.size(), "REPEAT t/repeat");
}

}  // namespace

TEST_CASE("REAPER: the loop is told", "[reaper][R4.7]") {
    Room room;
    REQUIRE_FALSE(room.session.loop());
    connect_looping(room);
    REQUIRE(room.session.capabilities().loop);
    const SongRange range = {SongTime::from_seconds(9.0), SongTime::from_seconds(10.5)};
    REQUIRE(room.session.loop() == SongLoop{true, range});
    room.reaper_does([&] {
        room.reaper.repeats = false;
        room.reaper.tell_transport();
    });
    room.run(loop_settles);
    REQUIRE(room.session.loop() == SongLoop{false, range});
}

TEST_CASE("REAPER: the loop is switched, by a switch and by a trigger that turns it over", "[reaper][R4.1]") {
    const bool triggers = GENERATE(false, true);
    Room room(triggers ? with_trigger() : good_patterns);
    room.reaper.turns_repeat = triggers;
    connect_looping(room);
    REQUIRE(room.command(surface::SwitchLoop{true}));
    REQUIRE(times_sent(room) == 0);
    REQUIRE(room.command(surface::SwitchLoop{false}));
    REQUIRE_FALSE(room.session.loop()->on);
    SECTION("and stays") {
        room.run(seconds(3));
        REQUIRE_FALSE(room.reaper.repeats);
        REQUIRE_FALSE(room.session.loop()->on);
        REQUIRE(times_sent(room) == 1);
        REQUIRE(room.command(surface::SwitchLoop{true}));
        room.run(loop_settles);
        REQUIRE(room.reaper.repeats);
    }
    SECTION("and back at once, before it was told") {
        REQUIRE(room.command(surface::SwitchLoop{true}));
        REQUIRE(room.command(surface::SwitchLoop{false}));
        REQUIRE_FALSE(room.session.loop()->on);
        room.run(seconds(3));
        REQUIRE_FALSE(room.reaper.repeats);
        REQUIRE_FALSE(room.session.loop()->on);
        REQUIRE(times_sent(room) == 3);
    }
}

TEST_CASE("REAPER: a switch of the loop that is lost on the way is sent again, and then given up",
          "[reaper]") {
    Room room;
    connect_looping(room);
    room.reaper.keeps_repeat = true;
    REQUIRE(room.command(surface::SwitchLoop{false}));
    SECTION("lost once") {
        room.run(milliseconds(100));
        room.reaper.keeps_repeat = false;
        room.run(seconds(1));
        REQUIRE_FALSE(room.reaper.repeats);
        REQUIRE_FALSE(room.session.loop()->on);
    }
    SECTION("never taken") {
        room.run(seconds(3));
        REQUIRE(times_sent(room) == 3);
        REQUIRE(room.session.loop()->on);
    }
}

TEST_CASE("REAPER: a loop that is not told cannot be switched", "[reaper]") {
    std::string patterns = good_patterns;
    const std::string_view line = "REPEAT b/repeat\n";
    patterns.erase(patterns.find(line), line.size());
    Room room(patterns);
    connect_looping(room);
    REQUIRE_FALSE(room.session.capabilities().loop);
    REQUIRE_FALSE(room.session.loop());
    REQUIRE_FALSE(room.command(surface::SwitchLoop{false}));
}
