#include "core/exactness.hpp"

#include "support/catch.hpp"

using namespace kedge;

TEST_CASE("a level that is known exactly is in its range or not") {
    const LevelRange range{-15_dB, -12_dB};
    CHECK(may_be_in(range, -12_dB, {}));
    CHECK_FALSE(may_be_in(range, Decibels(-11.9), {}));
    CHECK(may_be_in(range, Decibels(-11.6), {}, Decibels(0.5)));
    CHECK(to_string(Exactness{}).empty());
}

TEST_CASE("a level known within 2 dB is out of its range only when it surely is") {
    const LevelRange range{-15_dB, -12_dB};
    CHECK(may_be_in(range, -10_dB, {2_dB, false}));
    CHECK_FALSE(may_be_in(range, Decibels(-9.9), {2_dB, false}));
    CHECK(may_be_in(range, -17_dB, {2_dB, false}));
    CHECK(to_string(Exactness{2_dB, false}) == "within 2 dB");
    CHECK(to_string(Exactness{Decibels(1.2), false}) == "within 1.5 dB");
}

TEST_CASE("a level that is at least so high may be in every range above it") {
    CHECK(may_be_in({-15_dB, -12_dB}, -20_dB, {{}, true}));
    CHECK_FALSE(may_be_in({-15_dB, -12_dB}, -11_dB, {{}, true}));
    CHECK(to_string(Exactness{{}, true}) == "at least");
}
