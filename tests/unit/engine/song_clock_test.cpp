#include "engine/song_clock.hpp"

#include "support/catch.hpp"

#include <random>

using namespace kedge;
using namespace kedge::engine;
using namespace std::chrono_literals;

namespace {

/// A song that rolls, heard ten times a second.
struct RolledSong {
    SongClock clock;
    Instant now = Instant{} + 1h;
    SongTime at{10s};
    double speed = 1.0;

    SongClock::Course tick(Duration late = {}) {
        now += 100ms;
        at = at + Duration(static_cast<std::int64_t>(1e8 * speed));
        return clock.heard(now + late, at);
    }
};

}  // namespace

TEST_CASE("a clock knows the song's place between two positions") {
    RolledSong song;
    CHECK_FALSE(song.clock.at(song.now));
    song.tick();
    CHECK_FALSE(song.clock.at(song.now));
    song.tick();
    REQUIRE(song.clock.at(song.now));
    CHECK(*song.clock.at(song.now) == song.at);
    CHECK(*song.clock.at(song.now + 70ms) == song.at + 70ms);
    CHECK_FALSE(song.clock.at(song.now + 700ms));
}

TEST_CASE("late positions in between move nothing") {
    std::mt19937 random(4);
    RolledSong song;
    for (int i = 0; i < 5; ++i) song.tick();
    for (int i = 0; i < 500; ++i) {
        const bool late = i % 3 == 0;
        CHECK(song.tick(late ? Duration(std::chrono::milliseconds(random() % 90)) : 0ms) ==
              SongClock::Course::steady);
        CHECK(std::chrono::abs(*song.clock.at(song.now + 90ms) - (song.at + 90ms)) <= 1ms);
    }
}

TEST_CASE("one position that does not fit is a doubt, two that agree are a jump") {
    for (const Duration jump : {Duration(-5s), Duration(-400ms), Duration(400ms), Duration(30s)}) {
        RolledSong song;
        for (int i = 0; i < 30; ++i) CHECK(song.tick() == SongClock::Course::steady);
        // One alone: an old one that was overtaken.
        CHECK(song.clock.heard(song.now + 10ms, song.at + jump) == SongClock::Course::doubtful);
        CHECK_FALSE(song.clock.at(song.now + 10ms));
        CHECK(song.tick() == SongClock::Course::steady);
        CHECK(song.clock.at(song.now));
        song.at = song.at + jump;
        CHECK(song.tick() == SongClock::Course::doubtful);
        CHECK(song.tick() == SongClock::Course::jumped);
    }
}

TEST_CASE("varispeed is noticed, the drift of a machine's clock is not") {
    for (const double speed : {0.5, 0.9, 1.1, 1.5}) {
        RolledSong song;
        for (int i = 0; i < 30; ++i) song.tick();
        song.speed = speed;
        bool noticed = false;
        for (int i = 0; i < 30 && !noticed; ++i) noticed = song.tick() != SongClock::Course::steady;
        INFO(speed);
        CHECK(noticed);
    }
    RolledSong song;
    song.speed = 1.001;
    song.tick();
    for (int i = 0; i < 3000; ++i) {
        REQUIRE(song.tick() == SongClock::Course::steady);
        REQUIRE(std::chrono::abs(*song.clock.at(song.now) - song.at) < 2ms);
    }
}

TEST_CASE("a machine that stalls now and then loses time, and is not at another speed") {
    for (const Duration stall : {Duration(60ms), Duration(120ms), Duration(200ms), Duration(240ms)}) {
        RolledSong song;
        for (int i = 0; i < 200; ++i) {
            // The song stands still meanwhile.
            if (i % 40 == 25) song.now += stall;
            INFO(stall.count() << " ns, tick " << i);
            CHECK(song.tick() == SongClock::Course::steady);
        }
        CHECK(song.clock.at(song.now) == song.at);
    }
}
