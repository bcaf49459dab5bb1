#include "reaper/fader_law.hpp"

#include "support/catch.hpp"

#include <random>

using namespace kedge;
using namespace kedge::reaper;

namespace {

struct FaderRow {
    double db;
    double normalised;
};

}  // namespace

TEST_CASE("The fader's law goes through every published point, both ways", "[R7.1][R7.2]") {
    // Slider units of the SDK and of ReaScripts, which are thousandths; a gain of 2 is 20 log10 2 dB.
    const FaderRow rows[] = {
        {-150.0, 2.5138729793972e-3},
        {-144.0, 3.1647785560398e-3},
        {0.0, 716.2178503126e-3},
        {6.020599913279624, 852.77445440699e-3},
        {12.0, 1.0},
    };
    for (const FaderRow& row : rows) {
        CAPTURE(row.db);
        CHECK(share_of(Decibels(row.db)).normalised() == Approx(row.normalised).margin(1e-9));
        CHECK(level_at(FaderShare(row.normalised)).db() == Approx(row.db).margin(1e-6));
    }
}

TEST_CASE("The fader's table", "[R7.3]") {
    const FaderRow rows[] = {
        {12, 1.0000000},  {10, 0.9494810},  {6, 0.8522870},   {3, 0.7827589},   {0, 0.7162179},
        {-3, 0.6528388},  {-6, 0.5928483},  {-10, 0.5185388}, {-12, 0.4839496}, {-15, 0.4353754},
        {-18, 0.3907971}, {-20, 0.3632714}, {-24, 0.3132987}, {-30, 0.2500901}, {-36, 0.1991610},
        {-40, 0.1709837}, {-48, 0.1259084}, {-60, 0.0794823}, {-72, 0.0501563}, {-150, 0.0025139},
    };
    for (const FaderRow& row : rows) {
        CAPTURE(row.db);
        CHECK(share_of(Decibels(row.db)).normalised() == Approx(row.normalised).margin(1e-7));
    }
}

TEST_CASE("The fader's table the other way round", "[R7.4]") {
    const FaderRow rows[] = {
        {7.9899, 0.9},    {3.7558, 0.8},   {1.5403, 0.75},  {-0.7532, 0.7},
        {-5.6329, 0.6},   {-11.0593, 0.5}, {-17.3582, 0.4}, {-25.1619, 0.3},
        {-30.0095, 0.25}, {-35.8896, 0.2}, {-54.0119, 0.1}, {-72.0813, 0.05},
    };
    for (const FaderRow& row : rows) {
        CAPTURE(row.normalised);
        CHECK(level_at(FaderShare(row.normalised)).db() == Approx(row.db).margin(1e-4));
    }
}

TEST_CASE("The fader's ends") {
    CHECK(share_of(Decibels::silence()) == FaderShare(0.0));
    CHECK(level_at(FaderShare(0.0)).is_silence());
    CHECK(level_at(FaderShare(-0.5)).is_silence());
    CHECK(share_of(Decibels(fader_top_db)).normalised() == Approx(1.0).margin(1e-12));
    CHECK(share_of(Decibels(40.0)) == FaderShare(1.0));
    CHECK(level_at(FaderShare(1.5)).db() == Approx(fader_top_db));
    CHECK(level_at(FaderShare(1e-9)).db() < fader_floor_db);
}

TEST_CASE("The fader's law rises everywhere, and back is where it came from", "[R7.1]") {
    const unsigned seed = 20'261'122;
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> some_db(fader_floor_db, fader_top_db);
    for (int i = 0; i < 20'000; ++i) {
        const Decibels level(some_db(random));
        const Decibels other(some_db(random));
        CAPTURE(level.db(), other.db());
        REQUIRE(level_at(share_of(level)).db() == Approx(level.db()).margin(1e-6));
        REQUIRE((level < other) == (share_of(level) < share_of(other)));
    }
}
