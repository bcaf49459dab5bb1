// Tracks that are renamed, moved, added and deleted: nothing on the wire says so but their names and values.

#include "room.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace kedge;
using namespace kedge::reaper::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

void connect_band(Room& room) {
    room.reaper.tracks = {{"Kick", -1.0}, {"Bass", -2.0}, {"Keys", -3.0}, {"Voice", -4.0}};
    room.start();
    REQUIRE(room.run_until_ready());
    room.run(seconds(1));
    room.events.clear();
}

void change(Room& room, const std::function<void()>& what) {
    room.reaper_does([&] {
        what();
        room.reaper.list_changed();
    });
    room.run(seconds(2));
    REQUIRE(room.session.ready());
}

}  // namespace

TEST_CASE("REAPER: a renamed track keeps its id", "[reaper]") {
    Room room;
    connect_band(room);
    const StripId keys = room.id("Keys");
    change(room, [&] { room.reaper.tracks[2].name = "Piano"; });
    REQUIRE(room.id("Piano") == keys);
    REQUIRE(room.strip("Piano").former_names == std::vector<std::string>{"Keys"});
    REQUIRE(room.heard<surface::StripsUnsettled>().size() == 1);
    REQUIRE(room.heard<surface::StripsChanged>().size() == 1);
    REQUIRE(room.heard<surface::StripsChanged>().front().added.empty());
}

TEST_CASE("REAPER: reordered tracks keep their ids, and get what is meant for them", "[reaper]") {
    Room room;
    connect_band(room);
    const StripId kick = room.id("Kick");
    const StripId voice = room.id("Voice");
    change(room, [&] {
        std::rotate(room.reaper.tracks.begin(), room.reaper.tracks.begin() + 3, room.reaper.tracks.end());
    });
    REQUIRE(room.names() == std::vector<std::string>{"MASTER", "Voice", "Kick", "Bass", "Keys"});
    REQUIRE(room.id("Kick") == kick);
    REQUIRE(room.id("Voice") == voice);
    REQUIRE(room.strip("Kick").fader->db() == Approx(-1.0));
    REQUIRE(room.command(surface::SetControl{kick, Control::fader, Decibels(-30.0)}));
    room.run(milliseconds(200));
    REQUIRE(room.reaper.tracks[1].db == Approx(-30.0));
}

TEST_CASE("REAPER: tracks that come and go are told", "[reaper]") {
    Room room;
    connect_band(room);
    const StripId bass = room.id("Bass");
    const StripId voice = room.id("Voice");
    SECTION("in the middle") {
        change(room, [&] { room.reaper.tracks.erase(room.reaper.tracks.begin() + 1); });
        REQUIRE(room.heard<surface::StripsChanged>().front().removed == std::vector<StripId>{bass});
        REQUIRE(room.id("Voice") == voice);
    }
    SECTION("a new one with a name") {
        change(room, [&] { room.reaper.tracks.insert(room.reaper.tracks.begin(), {"Choir", -8.0}); });
        REQUIRE(room.heard<surface::StripsChanged>().front().added == std::vector<StripId>{room.id("Choir")});
        REQUIRE(room.id("Bass") == bass);
    }
    SECTION("a new one at the end without a name") {
        change(room, [&] { room.reaper.tracks.push_back({}); });
        REQUIRE(room.heard<surface::StripsChanged>().front().added.size() == 1);
        REQUIRE(room.names().back() == "Track 5");
    }
    SECTION("many at the end") {
        change(room, [&] {
            for (auto& track : named_tracks(40)) room.reaper.tracks.push_back(track);
        });
        REQUIRE(room.session.mixer().strips.size() == 45);
        REQUIRE(room.strip("Part 40").fader->db() == Approx(-10.0));
    }
}

TEST_CASE("REAPER: an unnamed track that goes is missed though its name stays", "[reaper]") {
    Room room;
    connect_band(room);
    change(room, [&] { room.reaper.tracks.push_back({{}, -150.0}); });
    // Nothing tells of it: its place said the same before. The count does, in time.
    room.run(seconds(12));
    REQUIRE(room.session.ready());
    REQUIRE(room.names().back() == "Track 5");
    room.reaper_does([&] {
        room.reaper.tracks.pop_back();
        room.reaper.list_changed();
    });
    room.run(seconds(12));
    REQUIRE(room.session.ready());
    REQUIRE(room.names().back() == "Voice");
}

TEST_CASE("REAPER: a value that may have met another track is told as crossed", "[reaper]") {
    Room room;
    connect_band(room);
    const StripId bass = room.id("Bass");
    // The order changes while the value is on its way.
    REQUIRE(room.command(surface::SetControl{bass, Control::fader, Decibels(-33.0)}));
    std::swap(room.reaper.tracks[1], room.reaper.tracks[3]);
    room.reaper_does([&] { room.reaper.list_changed(); });
    room.run(milliseconds(5));
    room.run(seconds(2));
    REQUIRE(room.session.ready());
    const auto changed = room.heard<surface::StripsChanged>();
    REQUIRE(changed.size() == 1);
    REQUIRE(changed.front().crossed.size() == 1);
    REQUIRE(changed.front().crossed.front().strip == room.id("Voice"));
    REQUIRE(room.reaper.tracks[1].name == "Voice");
    REQUIRE(room.reaper.tracks[1].db == Approx(-33.0));
    REQUIRE(room.strip("Voice").fader->db() == Approx(-33.0));
}

TEST_CASE("REAPER: commands for strips are refused while they change", "[reaper]") {
    Room room;
    connect_band(room);
    const StripId bass = room.id("Bass");
    room.reaper_does([&] {
        room.reaper.tracks.pop_back();
        room.reaper.list_changed();
    });
    for (int i = 0; i < 100 && room.heard<surface::StripsUnsettled>().empty(); ++i) room.run(milliseconds(1));
    REQUIRE_FALSE(room.command(surface::SetControl{bass, Control::fader, Decibels(-5.0)}));
    REQUIRE(room.command(surface::Stop{}));
    REQUIRE(room.run_until_ready());
}
