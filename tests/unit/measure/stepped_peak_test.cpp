#include "measure/stepped_peak.hpp"

#include "support/catch.hpp"
#include "unit/measure/fall_off_meter.hpp"

#include <random>
#include <string>

using namespace kedge;
using namespace kedge::measure;

namespace {

MeterLaw meter_of(const std::vector<double>& steps) {
    MeterLaw law;
    for (const double level : steps) law.steps.emplace_back(level);
    return law;
}

const MeterLaw twelve_lamps = meter_of({-60, -50, -40, -30, -20, -14, -10, -8, -6, -4, -2, 0});
/// A deflection like a studio meter's, in thirteenths.
const MeterLaw thirteenths =
    meter_of({-54.0, -45.2, -38.4, -32.6, -28.1, -23.7, -19.8, -16.3, -12.7, -9.2, -5.7, -2.1, 1.4});

MeterLaw even_steps(double width) {
    MeterLaw law;
    for (double level = -60.0; level <= 0.0; level += width) law.steps.emplace_back(level);
    return law;
}

StripStatistics heard_through(const MeterLaw& law, const std::vector<double>& truth, Decibels fader = {},
                              Decibels trim = {}) {
    TapeTrack track;
    track.strip = StripId{1};
    track.fader = fader;
    track.trim = trim;
    for (const double level : truth) {
        const bool sounds = std::isfinite(level);
        track.cells.push_back(Cell::reading(sounds ? law.told(Decibels(level)) : Decibels::silence()));
    }
    Tape tape;
    tape.adopt(std::move(track));
    return statistics(tape, law, MeterPoint::after_fader, ActivityRule{}).front();
}

/// What a meter without steps would say.
StripStatistics true_statistics(const std::vector<double>& truth, Decibels fader = {}, Decibels trim = {}) {
    return heard_through(MeterLaw{}, truth, fader, trim);
}

/// A song of some minutes: bars that play at levels of their own, some of them silent, with peaks here and
/// there. Loud enough not to drown under the meter's first step.
std::vector<double> random_song(std::mt19937& random) {
    std::uniform_real_distribution<double> loudest(-32.0, -0.5);
    std::uniform_real_distribution<double> spread(0.0, 12.0);
    std::uniform_real_distribution<double> one(0.0, 1.0);
    const double top = loudest(random);
    const double wide = spread(random);
    const double rests = one(random) * 0.6;
    std::vector<double> cells;
    const int bars = 20 + static_cast<int>(one(random) * 60.0);
    for (int bar = 0; bar < bars; ++bar) {
        const bool silent = one(random) < rests;
        const double level = top - one(random) * wide;
        for (int cell = 0; cell < 20; ++cell) cells.push_back(silent ? -INFINITY : level - one(random) * 6.0);
    }
    return cells;
}

}  // namespace

TEST_CASE("through a meter of steps the robust peak is the middle of its step, known to half of it") {
    const auto one = heard_through(twelve_lamps, std::vector<double>(600, -12.9));
    CHECK(one.robust_peak.db() == Approx(-12.0));
    CHECK(one.uncertainty.db() == Approx(2.0));
    CHECK_FALSE(one.open_above);
    CHECK_FALSE(one.never_active);
}

TEST_CASE("fader and trim move the estimate, not how well it is known") {
    const auto one =
        heard_through(twelve_lamps, std::vector<double>(600, -12.9), Decibels(-6.0), Decibels(2.0));
    CHECK(one.robust_peak.db() == Approx(-8.0));
    CHECK(one.uncertainty.db() == Approx(2.0));
}

TEST_CASE("a strip in the meter's last step is at least so loud, and that is said") {
    const auto one = heard_through(twelve_lamps, std::vector<double>(600, 3.7));
    CHECK(one.robust_peak.db() == Approx(0.0));
    CHECK(one.open_above);
    // A single accent over the top does not open the percentile.
    std::vector<double> accent(1200, -9.0);
    accent[300] = 3.7;
    CHECK_FALSE(heard_through(twelve_lamps, accent).open_above);
}

TEST_CASE("a strip that may be above the floor is not called silent, one that surely is below is") {
    CHECK(heard_through(twelve_lamps, std::vector<double>(600, -52.0)).never_active);
    CHECK_FALSE(heard_through(twelve_lamps, std::vector<double>(600, -48.0)).never_active);
    CHECK(heard_through(twelve_lamps, std::vector<double>(600, -70.0)).never_active);
    // Through a fader at -6 what reads -55 may be a source of -44.
    CHECK_FALSE(heard_through(twelve_lamps, std::vector<double>(600, -52.0), Decibels(-6.0)).never_active);
}

TEST_CASE("the true robust peak of a random song is never further off than what is said") {
    const std::vector<MeterLaw> laws{twelve_lamps, thirteenths, even_steps(2.0), even_steps(4.0),
                                     even_steps(6.0)};
    const MeterLaw& law = laws[static_cast<std::size_t>(GENERATE(range(0, 5)))];
    const auto seed = std::random_device{}();
    INFO("seed " << seed << ", " << law.steps.size() << " steps from " << law.steps.front().db());
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> moved(-6.0, 3.0);
    for (int song = 0; song < 200; ++song) {
        const auto truth = random_song(random);
        const Decibels fader(moved(random));
        const auto is = true_statistics(truth, fader);
        const auto told = heard_through(law, truth, fader);
        if (is.never_active) continue;
        REQUIRE_FALSE(told.never_active);
        INFO("song " << song << ": " << told.robust_peak.db() << " within " << told.uncertainty.db()
                     << ", in truth " << is.robust_peak.db());
        if (told.open_above) {
            CHECK(is.robust_peak >= told.robust_peak - told.uncertainty - Decibels(0.02));
        } else {
            CHECK(distance(is.robust_peak, told.robust_peak) <= told.uncertainty + Decibels(0.02));
        }
        // Not by saying nothing: half of the widest step that can matter, no more.
        CHECK(told.uncertainty <= law.off_by(told.robust_peak - fader) + Decibels(5.0));
    }
}

TEST_CASE("steps of 4 dB tell a robust peak to within 2 dB") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const MeterLaw law = even_steps(4.0);
    for (int song = 0; song < 300; ++song) {
        const auto truth = random_song(random);
        const auto is = true_statistics(truth);
        const auto told = heard_through(law, truth);
        if (is.never_active || told.open_above) continue;
        INFO("song " << song << ": " << told.robust_peak.db() << ", in truth " << is.robust_peak.db());
        CHECK(distance(is.robust_peak, told.robust_peak) <= Decibels(2.02));
        CHECK(told.uncertainty.db() == Approx(2.0).margin(0.5));
    }
}

TEST_CASE("steps are no transients: a meter that falls in steps is not corrected upwards") {
    MeterLaw law = twelve_lamps;
    law.fall_off_per_second = Decibels(13.3);
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> level(-13.9, -10.1);
    for (int song = 0; song < 50; ++song) {
        FallOffMeter meter;
        std::vector<FallOffMeter::Hit> hits;
        for (double at = 0.2; at < 59.0; at += 0.25) hits.push_back({at, level(random)});
        const auto told = heard_through(law, meter.readings(hits, 60.0));
        CHECK(told.robust_peak.db() == Approx(-12.0));
        CHECK(told.uncertainty.db() == Approx(2.0 + 1.33).margin(0.01));
    }
}

TEST_CASE("what a meter of steps only falls through is no peak of its own") {
    MeterLaw law = twelve_lamps;
    law.fall_off_per_second = Decibels(13.3);
    FallOffMeter meter;
    std::vector<FallOffMeter::Hit> hits;
    for (double at = 0.9; at < 59.0; at += 3.0) hits.push_back({at, -9.0});
    const auto told = heard_through(law, meter.readings(hits, 60.0));
    // Every peak is a hit's: tails alone would drag the percentile down by steps.
    CHECK(told.robust_peak.db() == Approx(-9.0).margin(1.01));
}
