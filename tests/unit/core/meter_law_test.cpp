#include "core/meter_law.hpp"

#include "support/catch.hpp"

#include <cmath>

using namespace kedge;

namespace {

MeterLaw lamps() {
    MeterLaw law;
    for (const double level : {-60.0, -50.0, -40.0, -30.0, -20.0, -14.0, -10.0, -8.0, -6.0, -4.0, -2.0, 0.0})
        law.steps.emplace_back(level);
    return law;
}

}  // namespace

TEST_CASE("a meter without steps tells every level, and is off by nothing") {
    const MeterLaw law;
    CHECK_FALSE(law.coarse());
    CHECK(law.told(-13.7_dB) == -13.7_dB);
    CHECK(law.told(Decibels::silence()).is_silence());
    CHECK(law.off_by(-13.7_dB) == Decibels());
    CHECK(law.step_of(-13.7_dB) == LevelRange{-13.7_dB, -13.7_dB});
    CHECK_FALSE(law.open_above(12_dB));
}

TEST_CASE("a meter of steps tells the middle of a step, and is off by half of it") {
    const MeterLaw law = lamps();
    CHECK(law.coarse());
    CHECK(law.told(-13.7_dB) == -12_dB);
    CHECK(law.told(-10_dB) == -9_dB);  // where a step begins it is on
    CHECK(law.told(-10.001_dB) == -12_dB);
    CHECK(law.off_by(-12_dB) == 2_dB);
    CHECK(law.off_by(-9_dB) == 1_dB);
    CHECK(law.off_by(-55_dB) == 5_dB);
    CHECK(law.step_of(-17_dB) == LevelRange{-20_dB, -14_dB});
}

TEST_CASE("under the first step a meter tells nothing") {
    CHECK(lamps().told(-60.1_dB).is_silence());
    CHECK(lamps().told(Decibels::silence()).is_silence());
    CHECK(lamps().off_by(Decibels::silence()) == Decibels());
}

TEST_CASE("the last step is open: it tells a level that is at least so high") {
    const MeterLaw law = lamps();
    CHECK(law.told(0_dB) == 0_dB);
    CHECK(law.told(9_dB) == 0_dB);
    CHECK(law.open_above(law.told(9_dB)));
    CHECK_FALSE(law.open_above(law.told(-0.1_dB)));
    CHECK(law.off_by(0_dB) == Decibels());
}

TEST_CASE("a level is never further from what is told of it than the meter is off by") {
    const MeterLaw law = lamps();
    for (double level = -60.0; level < 0.0; level += 0.01) {
        const Decibels told = law.told(Decibels(level));
        INFO(level);
        CHECK(distance(told, Decibels(level)) <= law.off_by(told) + Decibels(1e-9));
    }
}

TEST_CASE("a reading that was rounded to hundredths on its way is still of the step it was told of") {
    MeterLaw law;
    for (const double level : {-17.0, -13.4615, -9.9231, -6.3846, -2.8462, 0.6923, 4.2308})
        law.steps.emplace_back(level);
    for (std::size_t i = 0; i < law.steps.size(); ++i) {
        const Decibels told = law.told(law.steps[i]);
        const Decibels kept(std::round(told.db() * 100.0) / 100.0);
        INFO(told.db());
        CHECK(law.step_of(kept).low == law.steps[i]);
        CHECK(law.open_above(kept) == (i + 1 == law.steps.size()));
    }
    CHECK(law.told(Decibels(4.2298)) < Decibels(4.0));  // what is told of is exact
}
