// Markers and regions with their places, as REAPER tells them.

#include "room.hpp"
#include "support/catch.hpp"

#include <limits>

#include <fmt/format.h>

using namespace kedge;
using namespace kedge::reaper::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

SongTime in_song(double seconds_of_song) {
    return SongTime::from_seconds(seconds_of_song);
}

void connect_places(Room& room) {
    room.reaper.tracks = named_tracks(2);
    room.start();
    REQUIRE(room.run_until_ready());
    // A hundred and twenty-eight of each, in packets 10 ms apart.
    room.run(milliseconds(500));
    room.events.clear();
}

}  // namespace

TEST_CASE("REAPER: markers and regions are told with their places", "[reaper][R4.15][R4.16]") {
    Room room;
    room.reaper.marks = {{"Verse", 0.0}, {"", 12.5}, {"Bridge", 30.25}};
    room.reaper.regions = {{"Chorus", 20.0, 8.5}, {"Take 2", 24.0, 100.0}};
    connect_places(room);
    const auto places = room.session.places();
    REQUIRE(places);
    REQUIRE(places->markers == std::vector<SongMarker>{
                                   {"Verse", in_song(0.0)}, {"", in_song(12.5)}, {"Bridge", in_song(30.25)}});
    REQUIRE(places->regions == std::vector<SongRegion>{{"Chorus", {in_song(20.0), in_song(28.5)}},
                                                       {"Take 2", {in_song(24.0), in_song(124.0)}}});
}

TEST_CASE("REAPER: a project without markers and regions has none, and says so", "[reaper]") {
    Room room;
    connect_places(room);
    REQUIRE(room.session.places() == SongPlaces{});
}

TEST_CASE("REAPER: markers and regions that come, move and go are followed", "[reaper]") {
    Room room;
    room.reaper.marks = {{"Verse", 1.0}, {"Bridge", 30.25}};
    room.reaper.regions = {{"Chorus", 20.0, 8.5}};
    connect_places(room);
    room.reaper_does([&] {
        room.reaper.marks.erase(room.reaper.marks.begin());
        room.reaper.regions = {{"Solo", 5.0, 2.0}, {"Chorus", 21.0, 8.5}};
        room.reaper.tell_marks();
    });
    room.run(milliseconds(100));
    const SongPlaces now = {
        {{"Bridge", in_song(30.25)}},
        {{"Solo", {in_song(5.0), in_song(7.0)}}, {"Chorus", {in_song(21.0), in_song(29.5)}}}};
    REQUIRE(room.session.places() == now);
}

TEST_CASE("REAPER: more markers than are told at first are asked for", "[reaper][R2.27]") {
    Room room;
    const int count = GENERATE(127, 128, 129, 300);
    for (int i = 0; i < count; ++i) room.reaper.marks.emplace_back(fmt::format("M{}", i), 2.0 * i);
    connect_places(room);
    room.run(seconds(1));
    const auto places = room.session.places();
    REQUIRE(places);
    REQUIRE(places->markers.size() == static_cast<std::size_t>(count));
    REQUIRE(places->markers.back() == SongMarker{fmt::format("M{}", count - 1), in_song(2.0 * (count - 1))});
}

TEST_CASE("REAPER: while a marker may be missing none are told, and what was lost is asked for", "[reaper]") {
    Room room;
    room.reaper.marks = {{"Verse", 1.0}, {"Bridge", 30.25}};
    room.reaper.regions = {{"Chorus", 20.0, 8.5}};
    room.reaper.tracks = named_tracks(2);
    // What is told on connecting, but for the tracks, is some thirty packets.
    room.loses = [](std::size_t packet) { return packet % 7 == 5 && packet < 40; };
    room.start();
    REQUIRE(room.run_until_ready());
    room.run(seconds(8));
    const auto places = room.session.places();
    REQUIRE(places);
    REQUIRE(places->markers.size() == 2);
    REQUIRE(places->regions.size() == 1);
}

TEST_CASE("REAPER: wrong places are counted and ignored", "[reaper]") {
    Room room;
    room.reaper.marks = {{"Verse", 1.0}};
    connect_places(room);
    const auto before = room.session.counters();
    const auto say = [&](const std::vector<std::byte>& bytes) {
        surface::Effects effects;
        room.session.receive(room.now, bytes, effects);
    };
    say(osc::encode("/marker/1/time", {std::numeric_limits<float>::quiet_NaN()}));
    say(osc::encode("/region/1/length", {-1.0F}));
    say(osc::encode("/marker/1/name", {1.0F}));
    say(osc::encode("/marker/1/time", {std::string_view("soon")}));
    REQUIRE(room.session.counters().out_of_range == before.out_of_range + 2);
    REQUIRE(room.session.counters().wrong_type == before.wrong_type + 2);
    REQUIRE(room.session.places()->markers == std::vector<SongMarker>{{"Verse", in_song(1.0)}});
}

TEST_CASE("REAPER: nothing is said of places before it is ready, and after it is lost", "[reaper]") {
    Room room;
    room.reaper.marks = {{"Verse", 1.0}};
    REQUIRE_FALSE(room.session.places());
    connect_places(room);
    REQUIRE(room.session.places());
    room.deaf = true;
    room.run(seconds(6));
    REQUIRE_FALSE(room.session.ready());
    REQUIRE_FALSE(room.session.places());
}
