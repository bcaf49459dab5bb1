#include "core/decibels.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <limits>

using namespace kedge;

TEST_CASE("silence is a level like any other") {
    const Decibels silence = Decibels::silence();
    CHECK(silence.is_silence());
    CHECK(silence.gain() == Gain(0.0));
    CHECK(silence < Decibels(-400.0));
    CHECK(silence == Decibels::silence());
    CHECK(Decibels::from_gain(Gain(0.0)).is_silence());
    CHECK_FALSE(Decibels().is_silence());
}

TEST_CASE("silence plus or minus anything is silence") {
    const Decibels silence = Decibels::silence();
    CHECK((silence + 20_dB).is_silence());
    CHECK((20_dB + silence).is_silence());
    CHECK((silence - 20_dB).is_silence());
    CHECK((silence - silence).is_silence());
    CHECK((silence + silence).is_silence());
}

TEST_CASE("gains and levels convert there and back") {
    CHECK(Decibels::from_gain(Gain(1.0)).db() == Approx(0.0));
    CHECK(Decibels::from_gain(Gain(2.0)).db() == Approx(6.0206).margin(1e-4));
    for (double db = -120.0; db <= 20.0; db += 0.37)
        CHECK(Decibels::from_gain(Decibels(db).gain()).db() == Approx(db).margin(1e-9));
}

TEST_CASE("only finite numbers and minus infinity are levels") {
    CHECK(Decibels::is_level(-193.0));
    CHECK(Decibels::is_level(-std::numeric_limits<double>::infinity()));
    CHECK_FALSE(Decibels::is_level(std::numeric_limits<double>::infinity()));
    CHECK_FALSE(Decibels::is_level(std::nan("")));
}

TEST_CASE("powers add") {
    CHECK(power_sum(-6_dB, -6_dB).db() == Approx(-2.99).margin(0.01));
    CHECK(power_sum(Decibels::silence(), -6_dB) == -6_dB);
    CHECK(power_sum(-6_dB, Decibels::silence()) == -6_dB);
    CHECK(power_sum(Decibels::silence(), Decibels::silence()).is_silence());
}

TEST_CASE("distance is symmetric and knows silence") {
    CHECK(distance(-3_dB, 4_dB) == 7_dB);
    CHECK(distance(4_dB, -3_dB) == 7_dB);
    CHECK(distance(Decibels::silence(), Decibels::silence()) == 0_dB);
    CHECK(distance(Decibels::silence(), 0_dB) == 400_dB);
    CHECK(distance(0_dB, Decibels::silence()) == 400_dB);
}

TEST_CASE("the nearest step of the grid") {
    CHECK(nearest_step(-4.4_dB, 3_dB) == -3_dB);
    CHECK(nearest_step(-4.6_dB, 3_dB) == -6_dB);
    CHECK(nearest_step(1.4_dB, 3_dB) == 0_dB);
    CHECK_FALSE(std::signbit(nearest_step(-1.0_dB, 3_dB).db()));
    CHECK(nearest_step(Decibels::silence(), 3_dB).is_silence());
}

TEST_CASE("ranges hold their ends, and a tolerance beyond them") {
    const LevelRange range{-17_dB, -14_dB};
    CHECK(range.holds(-17_dB));
    CHECK(range.holds(-14_dB));
    CHECK_FALSE(range.holds(-13.9_dB));
    CHECK(range.holds(-13.6_dB, 0.5_dB));
    CHECK_FALSE(range.holds(-13.4_dB, 0.5_dB));
    CHECK_FALSE(range.holds(Decibels::silence()));
    CHECK(range.shifted(-3_dB) == LevelRange{-20_dB, -17_dB});
}

TEST_CASE("levels are written signed, zero without a sign") {
    CHECK(to_string(-3_dB) == "-3.0 dB");
    CHECK(to_string(2.5_dB) == "+2.5 dB");
    CHECK(to_string(Decibels(-0.04)) == "0.0 dB");
    CHECK(to_string(Decibels::silence()) == "-inf dB");
}
