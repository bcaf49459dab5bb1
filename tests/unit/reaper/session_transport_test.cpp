// The transport: where the song is, whether it plays, its bars and markers, its meters.

#include "room.hpp"
#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::reaper::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

void connect_song(Room& room) {
    room.reaper.tracks = named_tracks(2);
    room.reaper.marks = {{"Verse", 12.5}, {"Chorus", 30.25}};
    room.reaper.position = 4.0;
    room.start();
    room.reaper_does([&] { room.reaper.tick(); });
    REQUIRE(room.run_until_ready());
    room.events.clear();
}

}  // namespace

TEST_CASE("REAPER: play, stop and locate, and what is told of them", "[reaper]") {
    Room room;
    connect_song(room);
    REQUIRE(room.command(surface::Play{}));
    room.run(milliseconds(100));
    REQUIRE(room.reaper.playing);
    REQUIRE(room.session.rolling() == true);
    REQUIRE(room.heard<surface::TransportReported>().back().rolling);
    REQUIRE(room.command(surface::Stop{}));
    REQUIRE(room.command(surface::Locate{SongTime::from_seconds(61.5)}));
    room.run(milliseconds(100));
    room.reaper_does([&] { room.reaper.tick(); });
    room.run(milliseconds(100));
    REQUIRE_FALSE(room.reaper.playing);
    REQUIRE(room.session.rolling() == false);
    REQUIRE(room.session.position() == SongTime::from_seconds(61.5));
    REQUIRE(room.heard<surface::PositionReported>().back().at == SongTime::from_seconds(61.5));
    REQUIRE_FALSE(room.command(surface::Locate{SongTime::from_seconds(-1.0)}));
}

TEST_CASE("REAPER: bars are told when another beat begins", "[reaper]") {
    Room room;
    connect_song(room);
    REQUIRE(room.session.capabilities().bars);
    for (const auto* beat : {"7.2.10", "7.2.80", "7.3.00"}) {
        room.reaper_does([&] {
            room.reaper.position += 0.1;
            room.reaper.beat = beat;
            room.reaper.tick();
        });
        room.run(milliseconds(50));
    }
    const auto bars = room.heard<surface::BarReported>();
    REQUIRE(bars.size() == 2);
    REQUIRE(bars.back().bar == 7);
    REQUIRE(bars.back().beat == 3);
    REQUIRE(room.session.bar()->beat == 3);
}

TEST_CASE("REAPER: markers are gone to by number and named there", "[reaper]") {
    Room room;
    connect_song(room);
    REQUIRE(room.session.capabilities().markers);
    REQUIRE(room.command(surface::LocateMark{2}));
    room.run(milliseconds(100));
    room.reaper_does([&] { room.reaper.tick(); });
    room.run(milliseconds(100));
    REQUIRE(room.session.position() == SongTime::from_seconds(30.25));
    REQUIRE(room.heard<surface::MarkShown>().back().text == "Chorus");
    room.events.clear();
    REQUIRE(room.command(surface::LocateMark{5}));
    room.run(milliseconds(100));
    room.reaper_does([&] { room.reaper.tick(); });
    room.run(milliseconds(100));
    REQUIRE(room.heard<surface::PositionReported>().empty());
}

TEST_CASE("REAPER: a meter is the louder channel, between the ends of REAPER's meters", "[reaper][R6.29]") {
    Room room(good_patterns, {Decibels(-60.0), Decibels(0.0)});
    connect_song(room);
    room.reaper_does([&] {
        room.reaper.tracks[0].vu = 0.75;
        room.reaper.tick();
    });
    room.run(milliseconds(50));
    REQUIRE(room.session.meter(room.id("Part 1"))->db() == Approx(-15.0));
    REQUIRE(room.session.meter(room.id("Part 2"))->is_silence());
    bool told = false;
    for (const auto& read : room.heard<surface::MeterRead>())
        told = told || (read.strip == room.id("Part 1") && !read.level.is_silence());
    REQUIRE(told);
}

namespace {

/// REAPER's display is updated 15 times a second.
void run_with_ticks(Room& room, Duration span) {
    for (Duration passed{}; passed < span; passed += milliseconds(67)) {
        room.run(milliseconds(67));
        room.reaper_does([&] { room.reaper.tick(); });
    }
    room.run(milliseconds(50));
}

/// Every answer to the search so far, in seconds; -1 for none.
std::vector<double> ends_found(const Room& room) {
    std::vector<double> found;
    for (const auto& end : room.heard<surface::EndFound>())
        found.push_back(end.at ? end.at->seconds() : -1.0);
    return found;
}

}  // namespace

TEST_CASE("REAPER: the song's end is found by going there", "[reaper]") {
    for (const double cursor : {4.0, 0.0, 90.5}) {
        INFO("the cursor was at " << cursor << " s");
        Room room;
        connect_song(room);
        REQUIRE(room.session.capabilities().finds_end);
        room.reaper.end = 90.5;
        REQUIRE(room.command(surface::Locate{SongTime::from_seconds(cursor)}));
        run_with_ticks(room, milliseconds(200));
        REQUIRE(room.command(surface::FindEnd{}));
        run_with_ticks(room, seconds(2));
        REQUIRE(ends_found(room) == std::vector{90.5});
        REQUIRE(room.session.mixer().session.end == SongTime::from_seconds(90.5));
        REQUIRE(room.session.position() == SongTime::from_seconds(90.5));
    }
}

TEST_CASE("REAPER: the song's end is looked for again when a position is lost on the way", "[reaper]") {
    Room room;
    connect_song(room);
    room.reaper.end = 90.5;
    const std::size_t until_now = room.packets_in;
    room.loses = [&](std::size_t packet) { return packet <= until_now + 2; };
    REQUIRE(room.command(surface::FindEnd{}));
    run_with_ticks(room, seconds(3));
    REQUIRE(ends_found(room) == std::vector{90.5});
}

TEST_CASE("REAPER: an empty project has no end, and neither has one that plays meanwhile", "[reaper]") {
    Room room;
    connect_song(room);
    room.reaper.end = 0.0;
    REQUIRE(room.command(surface::FindEnd{}));
    run_with_ticks(room, seconds(3));
    REQUIRE(ends_found(room) == std::vector{-1.0});
    REQUIRE_FALSE(room.session.mixer().session.end);

    room.events.clear();
    REQUIRE(room.command(surface::FindEnd{}));
    room.reaper_does([&] {
        room.reaper.playing = true;
        room.reaper.tell_transport();
    });
    room.run(seconds(1));
    REQUIRE(ends_found(room) == std::vector{-1.0});
    const auto refused = room.command(surface::FindEnd{});
    REQUIRE_FALSE(refused);
    REQUIRE(refused.error().next == "Stop it first.");
}

TEST_CASE("REAPER: the project is saved by an action", "[reaper]") {
    Room room;
    connect_song(room);
    REQUIRE(room.command(surface::SaveSession{}));
    room.run(milliseconds(100));
    REQUIRE(room.reaper.actions.back() == 40'026);
}
