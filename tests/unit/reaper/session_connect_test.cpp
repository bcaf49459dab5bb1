// Connecting: every track found, however many, whatever is lost; or said what is missing.

#include "room.hpp"
#include "support/catch.hpp"

#include <random>

using namespace kedge;
using namespace kedge::reaper::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("REAPER: 0, 1, 16 and 200 tracks are found with every value", "[reaper]") {
    const int count = GENERATE(0, 1, 16, 200);
    Room room;
    room.reaper.tracks = named_tracks(count);
    room.reaper.master.db = -3.0;
    room.start();
    REQUIRE(room.run_until_ready());
    INFO(count << " tracks took " << room.now.time_since_epoch() / milliseconds(1) << " ms");
    REQUIRE(room.session.mixer().strips.size() == static_cast<std::size_t>(count) + 1);
    REQUIRE(room.session.mixer().strips.front().name.kind == StripKind::master);
    REQUIRE(room.session.mixer().strips.front().fader->db() == Approx(-3.0));
    REQUIRE(room.session.mixer().strips.front().mute == Mute::open);
    for (int i = 1; i <= count; ++i) {
        const Strip& strip = room.session.mixer().strips[static_cast<std::size_t>(i)];
        REQUIRE(strip.name.name == "Part " + std::to_string(i));
        REQUIRE(strip.fader->db() == Approx(-0.25 * i));
        REQUIRE(strip.pan == Pan::centre());
        REQUIRE(strip.mute == Mute::open);
        REQUIRE_FALSE(strip.trim);
    }
    REQUIRE(room.heard<surface::Ready>().size() == 1);
    REQUIRE(room.session.rolling() == false);
    REQUIRE(room.session.position() == SongTime());
    // 201 tracks are some 90 packets, 10 ms apart.
    REQUIRE(room.now < Instant(milliseconds(600 + 15 * count)));
}

TEST_CASE("REAPER: unnamed tracks at the end are counted, with the fader down as well", "[reaper][R6.25]") {
    Room room;
    room.reaper.tracks = named_tracks(3);
    room.reaper.tracks.push_back({});
    room.reaper.tracks.push_back({{}, -150.0});
    room.start();
    REQUIRE(room.run_until_ready());
    REQUIRE(room.names() ==
            std::vector<std::string>{"MASTER", "Part 1", "Part 2", "Part 3", "Track 4", "Track 5"});
    REQUIRE(room.strip("Track 5").fader->is_silence());
}

TEST_CASE("REAPER: where tracks cannot be counted the bank grows until its end is certain",
          "[reaper][R6.25]") {
    const int count = GENERATE(0, 5, 60, 200);
    Room room;
    room.reaper.answers_count = false;
    room.reaper.tracks = named_tracks(count);
    room.reaper.tracks.push_back({{}, -6.0});
    room.reaper.tracks.push_back({{}, -150.0});  // cannot be told from nobody
    room.start();
    REQUIRE(room.run_until_ready());
    REQUIRE(room.session.mixer().strips.size() == static_cast<std::size_t>(count) + 2);
    REQUIRE(room.reaper.bank >= count + 8);
}

TEST_CASE("REAPER: a count that comes late makes the end certain after all", "[reaper]") {
    Room room;
    room.reaper.answers_count = false;
    room.reaper.tracks = named_tracks(5);
    room.reaper.tracks.push_back({{}, -150.0});
    room.start();
    REQUIRE(room.run_until_ready());
    REQUIRE(room.session.mixer().strips.size() == 6);
    room.run(seconds(1));
    room.reaper.answers_count = true;
    room.reaper_does([&] { room.reaper.refresh(); });
    room.run(seconds(4));
    REQUIRE(room.session.ready());
    REQUIRE(room.session.mixer().strips.size() == 7);
}

TEST_CASE("REAPER: what is lost on the way is asked for again", "[reaper]") {
    const auto seed = GENERATE(1U, 2U, 3U, 4U, 5U);
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    Room room;
    room.reaper.tracks = named_tracks(60);
    room.loses = [&](std::size_t) { return chance() % 10 < 3; };
    room.start();
    REQUIRE(room.run_until_ready());
    REQUIRE(room.session.mixer().strips.size() == 61);
    for (int i = 1; i <= 60; ++i)
        REQUIRE(room.session.mixer().strips[static_cast<std::size_t>(i)].fader->db() == Approx(-0.25 * i));
}

TEST_CASE("REAPER: nobody there is said once, with what to turn on, and found when it comes", "[reaper]") {
    Room room;
    room.reaper.tracks = named_tracks(2);
    room.deaf = true;
    room.start();
    room.run(seconds(10));
    const auto lost = room.heard<surface::Lost>();
    REQUIRE(lost.size() == 1);
    REQUIRE(lost.front().why.find("Control/OSC/web") != std::string::npos);
    REQUIRE_FALSE(room.command(surface::Play{}));
    room.deaf = false;
    REQUIRE(room.run_until_ready(seconds(5)));
}

TEST_CASE("REAPER: a silence in which nothing was asked is none, however long we were busy", "[reaper]") {
    Room room;
    room.reaper.tracks = named_tracks(3);
    room.start();
    REQUIRE(room.run_until_ready());
    room.stand_still(seconds(10));
    CHECK(room.session.ready());
    room.run(seconds(5));
    CHECK(room.session.ready());
    CHECK(room.heard<surface::Lost>().empty());

    room.deaf = true;
    room.stand_still(seconds(10));
    room.run(seconds(2));
    CHECK(room.session.ready());
    room.run(seconds(1));
    CHECK_FALSE(room.session.ready());
    CHECK(room.heard<surface::Lost>().size() == 1);
}

TEST_CASE("REAPER: silence is asked about cheaply, and four seconds of it are Lost; ids stay", "[reaper]") {
    Room room;
    room.reaper.tracks = named_tracks(200);
    room.start();
    REQUIRE(room.run_until_ready());
    const StripId before = room.id("Part 7");
    room.run(seconds(5));
    room.sent.clear();
    room.packets_in = 0;
    room.run(seconds(30));
    REQUIRE(room.session.ready());
    REQUIRE(room.sent.size() >= 10);
    REQUIRE(room.sent.size() <= 25);
    REQUIRE(room.packets_in <= 25);
    room.deaf = true;
    room.run(milliseconds(5'500));
    REQUIRE(room.heard<surface::Lost>().size() == 1);
    REQUIRE_FALSE(room.session.ready());
    room.reaper.start_over();
    (void)room.reaper.take();
    room.deaf = false;
    REQUIRE(room.run_until_ready());
    REQUIRE(room.id("Part 7") == before);
    REQUIRE(room.session.counters().reconnects == 1);
}

TEST_CASE("REAPER: a surface set up anew behind our back gets its bank again", "[reaper]") {
    Room room;
    room.reaper.tracks = named_tracks(30);
    room.start();
    REQUIRE(room.run_until_ready());
    room.run(seconds(2));
    room.reaper_does([&] { room.reaper.start_over(); });
    room.run(seconds(4));
    REQUIRE(room.session.ready());
    REQUIRE(room.reaper.bank >= 38);
    room.reaper_does([&] {
        room.reaper.tracks[24].db = -42.0;
        room.reaper.list_changed();
    });
    room.run(seconds(1));
    REQUIRE(room.strip("Part 25").fader->db() == Approx(-42.0));
}

TEST_CASE("REAPER: a file that names no tracks is refused with what to add", "[reaper]") {
    Room room("TRACK_VOLUME f/track/@/volume/db\n");
    room.start();
    REQUIRE(room.heard<surface::Lost>().size() == 1);
    REQUIRE(room.heard<surface::Lost>().front().why.find("TRACK_NAME") != std::string::npos);
    REQUIRE(room.sent.empty());
}
