#include "engine/layer_turn.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::engine;
using namespace std::chrono_literals;

TEST_CASE("bars pass when the song enters another bar, from wherever it began") {
    LayerTurn turn(Bars{2});
    turn.bar(4, true);
    turn.bar(4, true);
    CHECK_FALSE(turn.over());
    CHECK(turn.words() == "bar 1 of 2");
    turn.bar(5, true);
    CHECK(turn.words() == "bar 2 of 2");
    CHECK(turn.share() == Approx(0.5));
    CHECK_FALSE(turn.over());
    turn.bar(6, true);
    CHECK(turn.over());
    turn.begin();
    CHECK_FALSE(turn.over());
    turn.bar(7, true);
    turn.bar(8, true);
    CHECK(turn.over());
}

TEST_CASE("a jump is one bar at most, and nothing passes while the transport stands") {
    LayerTurn turn(Bars{2});
    turn.bar(4, true);
    turn.bar(40, true);
    CHECK(turn.words() == "bar 2 of 2");
    turn.bar(9, false);
    turn.bar(10, false);
    CHECK_FALSE(turn.over());
    turn.bar(10, true);
    CHECK_FALSE(turn.over());
    turn.bar(11, true);
    CHECK(turn.over());
}

TEST_CASE("song time passes while it plays; jumps and what comes late in a turn are counted rightly") {
    LayerTurn turn(Duration(1s));
    const auto play = [&](double from, double to) {
        for (double at = from; at < to + 0.001; at += 0.1) turn.position(SongTime::from_seconds(at), true);
    };
    play(0.0, 0.5);
    CHECK_FALSE(turn.over());
    CHECK(turn.words() == "0:00.5 of 0:01.0");
    turn.position(SongTime::from_seconds(60.0), true);
    turn.position(SongTime::from_seconds(60.5), false);
    CHECK(turn.words() == "0:00.5 of 0:01.0");
    play(60.5, 61.2);
    CHECK(turn.over());
    turn.begin();
    CHECK(turn.words() == "0:00.2 of 0:01.0");
    CHECK(turn.share() == Approx(0.2));
}
