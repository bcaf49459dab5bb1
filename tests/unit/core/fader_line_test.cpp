#include "core/fader_line.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace std::chrono_literals;

namespace {

FaderLine played_line(const std::string& native = {}) {
    return {AutomationMode::play, Gain(0.5), {{SongTime(1s), Gain(0.5)}, {SongTime(2s), Gain(1.0)}}, native};
}

}  // namespace

TEST_CASE("lines are the same up to what a file rounds off, and not beyond it") {
    FaderLine other = played_line();
    other.points[1].at = SongTime(2s + 10ns);
    other.points[0].gain = Gain(0.50000001);
    other.rest = Gain(0.9);  // the playhead moves it
    CHECK(same_line(played_line(), other));
    other.points[1].at = SongTime(2s + 5us);
    CHECK_FALSE(same_line(played_line(), other));
    other = played_line();
    other.points[0].gain = Gain(0.501);
    CHECK_FALSE(same_line(played_line(), other));
}

TEST_CASE("native words count where they say more than the points") {
    CHECK(same_line(played_line(), played_line("plain 1 0 0 0;1 0.5 0 0 0.5")));
    CHECK(same_line(played_line("plain 1 1 0 0"), played_line("plain 1 0 0 0")));
    CHECK_FALSE(same_line(played_line(), played_line("shaped 1 1 0 0;1 0.5 3 0 0.5")));
    CHECK_FALSE(same_line(played_line("plain 1"), played_line("shaped 1")));
    const auto shaped = [](const std::string& rest) { return played_line("shaped " + rest); };
    CHECK(same_line(shaped("1;1.5 0.25"), shaped("1;1.50000000001 0.25")));
    CHECK_FALSE(same_line(shaped("1;1.5 0.25"), shaped("1;1.5 0.26")));
    CHECK_FALSE(same_line(shaped("1;1.5 0.25"), shaped("1;1.5 0.25 5")));
    CHECK_FALSE(same_line(shaped("1;1.5 latch"), shaped("1;1.5 0.25")));
}
