#include "engine/mark_reader.hpp"

#include "support/catch.hpp"
#include "unit/engine/scripted_transport.hpp"

#include <algorithm>
#include <random>

using namespace kedge;
using namespace kedge::engine;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

SongTime second(double seconds) {
    return SongTime::from_seconds(seconds);
}

/// A stopped DAW at 7 s with four markers.
struct MarkedSong {
    MarkedSong() {
        daw.position_now = second(7.0);
        daw.marks = {
            {"Intro", SongTime()}, {"Verse", second(8.5)}, {"Verse", second(12)}, {"A <-> B", second(20)}};
    }
    void read(bool rolls = false) {
        REQUIRE(daw.run(reader));
        CHECK(daw.rolling_now == rolls);
        if (!rolls) CHECK(daw.position_now == second(7.0));
    }
    [[nodiscard]] std::vector<std::pair<std::string, SongTime>> marks() const {
        std::vector<std::pair<std::string, SongTime>> all;
        for (const auto& mark : reader.marks()) all.emplace_back(mark.name, mark.at);
        return all;
    }

    ScriptedTransport daw;
    MarkReader reader;
};

using Marks = std::vector<std::pair<std::string, SongTime>>;

const Marks all_four = {
    {"Intro", SongTime()}, {"Verse", second(8.5)}, {"Verse", second(12)}, {"A <-> B", second(20)}};

}  // namespace

TEST_CASE("Markers are read by name and place, and the transport goes back") {
    MarkedSong song;
    SECTION("stopped") {
        song.read();
    }
    SECTION("rolling") {
        song.daw.rolling_now = true;
        song.read(true);
    }
    SECTION("standing on a marker") {
        song.daw.position_now = second(8.5);
        REQUIRE(song.daw.run(song.reader));
        CHECK(song.daw.position_now == second(8.5));
    }
    CHECK_FALSE(song.reader.error());
    CHECK(song.marks() == all_four);
    CHECK(std::count(song.daw.log.begin(), song.daw.log.end(), "mark 1") == 1);
}

TEST_CASE("A song without markers has none, and that takes a moment only") {
    MarkedSong song;
    song.daw.marks.clear();
    const Instant began = song.daw.now();
    song.read();
    CHECK_FALSE(song.reader.error());
    CHECK(song.marks().empty());
    CHECK(song.daw.now() - began < 5s);
}

TEST_CASE("Of markers at one place one is read, and those behind them too") {
    MarkedSong song;
    song.daw.marks = {{"Verse", second(8.5)}, {"Take 2", second(8.5)}, {"Outro", second(20)}};
    song.read();
    CHECK(song.marks() == Marks{{"Take 2", second(8.5)}, {"Outro", second(20)}});
}

TEST_CASE("Any one command may be lost on the way") {
    for (int lost = 0; lost < 10; ++lost) {
        CAPTURE(lost);
        MarkedSong song;
        song.daw.lost_commands = {lost};
        song.read();
        CHECK_FALSE(song.reader.error());
        CHECK(song.marks() == all_four);
    }
}

TEST_CASE("A marker whose name was lost is there all the same") {
    MarkedSong song;
    song.daw.names_are_lost = true;
    song.read();
    CHECK(song.marks().size() == 4);
    CHECK(song.marks()[1].second == second(8.5));
}

TEST_CASE("Stopped at any moment it goes back to where the transport was") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int run = 0; run < 40; ++run) {
        const Duration when = std::uniform_int_distribution<int>(0, 400)(random) * 10ms;
        CAPTURE(when.count());
        MarkedSong song;
        song.daw.rolling_now = run % 2 == 1;
        bool pressed = false;
        song.daw.at(when, [&](TransportUser& user) {
            pressed = true;
            song.daw.interrupt(user);
        });
        song.read(run % 2 == 1);
        REQUIRE(song.reader.error().has_value() == pressed);
        if (pressed) CHECK(song.reader.error()->kind == ErrorKind::interrupted);
    }
}

TEST_CASE("A transport that a person starts is left to them") {
    MarkedSong song;
    song.daw.at(600ms, [&](TransportUser&) { song.daw.rolling_now = true; });
    REQUIRE(song.daw.run(song.reader));
    REQUIRE(song.reader.error());
    CHECK(song.reader.error()->kind == ErrorKind::interrupted);
    CHECK(song.daw.rolling_now);
}

TEST_CASE("A DAW that is lost among its markers is said to be") {
    MarkedSong song;
    song.daw.at(600ms, [&](TransportUser& user) { song.daw.tell(user, surface::Lost{"no sign of life"}); });
    REQUIRE(song.daw.run(song.reader));
    REQUIRE(song.reader.error());
    CHECK(song.reader.error()->kind == ErrorKind::no_daw);
}

TEST_CASE("A locate that is refused ends the reading") {
    MarkedSong song;
    song.daw.refuses_locate = Error{ErrorKind::refused, "too far", "go nearer"};
    REQUIRE(song.daw.run(song.reader));
    REQUIRE(song.reader.error());
    CHECK(song.reader.error()->message == "too far");
}
