#include "surface/wire_pace.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::surface;
using namespace std::chrono_literals;

TEST_CASE("Before anything is known of the wire, patience and room are those of the start") {
    const WirePace pace{RunnerPacing{}};
    CHECK(pace.answer_time(0) == RunnerPacing{}.answer_time);
    CHECK(pace.room() == RunnerPacing{}.first_in_flight);
}

TEST_CASE("A wire that answers at once is waited for no longer than it takes, a slow one longer") {
    WirePace fast{RunnerPacing{}};
    WirePace slow{RunnerPacing{}};
    for (int i = 0; i < 50; ++i) {
        fast.answered(2ms);
        slow.answered(i % 2 == 0 ? 80ms : 120ms);
    }
    CHECK(fast.answer_time(0) == RunnerPacing{}.least_answer_time);
    CHECK(slow.answer_time(0) > 120ms);
    CHECK(slow.answer_time(0) <= RunnerPacing{}.most_answer_time);
}

TEST_CASE("Each wait in vain is followed by a longer one, up to a bound") {
    WirePace pace{RunnerPacing{}};
    pace.answered(1ms);
    Duration before{};
    for (int waits = 0; waits < 3; ++waits) {
        CHECK(pace.answer_time(waits) > before);
        before = pace.answer_time(waits);
    }
    CHECK(pace.answer_time(1000) == before);
    CHECK(before <= RunnerPacing{}.most_answer_time);
}

TEST_CASE("Answers make room for more at a time, missing ones take it away, within bounds") {
    RunnerPacing pacing;
    pacing.first_in_flight = 16;
    pacing.most_in_flight = 64;
    WirePace pace(pacing);
    for (int i = 0; i < 1000; ++i) pace.answered(1ms);
    CHECK(pace.room() == 64);
    pace.missed();
    CHECK(pace.room() == 32);
    for (int i = 0; i < 20; ++i) pace.missed();
    CHECK(pace.room() > 0);
    CHECK(pace.room() < 16);
}

TEST_CASE("A bound below what the wire would stand is kept") {
    RunnerPacing pacing;
    pacing.most_in_flight = 2;
    WirePace pace(pacing);
    CHECK(pace.room() == 2);
    pace.answered(1ms);
    CHECK(pace.room() == 2);
    pace.missed();
    CHECK(pace.room() <= 2);
    CHECK(pace.room() > 0);
}
