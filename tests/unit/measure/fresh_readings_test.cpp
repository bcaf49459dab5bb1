#include "measure/fresh_readings.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <initializer_list>
#include <vector>

using namespace kedge;
using namespace kedge::measure;

namespace {

constexpr double tick = 1.3;

MeterLaw falling() {
    MeterLaw law;
    law.fall_off_per_second = Decibels(13.0);
    return law;
}

std::vector<Cell> cells(std::initializer_list<double> levels) {
    std::vector<Cell> result;
    for (const double level : levels) result.push_back(Cell::reading(Decibels(level)));
    return result;
}

Freshness of(std::initializer_list<double> levels, std::size_t i, const MeterLaw& law = falling()) {
    return freshness(cells(levels), i, fall_off_of(law));
}

TruePeak peak_of(std::initializer_list<double> levels, const MeterLaw& law = falling()) {
    return true_peak(cells(levels), law);
}

}  // namespace

TEST_CASE("a meter that falls at its own rate says nothing new") {
    CHECK(of({-40, -10, -11.3, -12.6, -40}, 2) == Freshness::stale);
    // A tick of the DAW's process cycles is a little shorter or longer than a cell.
    CHECK(of({-40, -10, -11.1, -12.6, -40}, 2) == Freshness::stale);
    CHECK(of({-40, -10, -10.5, -12.6, -40}, 2) != Freshness::stale);
}

TEST_CASE("a sound that is over within its tick is a transient, one that goes on is sustained") {
    CHECK(of({-40, -10, -11.3, -12.6}, 1) == Freshness::transient);
    CHECK(of({-40, -10, -10.2, -10.1}, 1) == Freshness::sustained);
    // What follows is louder: how this one went on is hidden.
    CHECK(of({-40, -10, -8, -9.3}, 1) == Freshness::transient);
    CHECK(of({-40, -10}, 1) == Freshness::transient);
    CHECK(of({-10, -11.3}, 0) == Freshness::transient);
}

TEST_CASE("a reading that stands in two cells is one reading, in three a held sound") {
    CHECK(of({-40, -10, -10, -11.3, -12.6}, 1) == Freshness::transient);
    CHECK(of({-40, -10, -10, -11.3, -12.6}, 2) == Freshness::stale);
    CHECK(of({-40, -10, -10, -10, -10}, 1) == Freshness::sustained);
    CHECK(of({-40, -10, -10, -10, -10}, 3) == Freshness::sustained);
}

TEST_CASE("silence and what was not heard are never fresh; a meter without fall-off always is") {
    CHECK(freshness(std::vector{Cell()}, 0, fall_off_of(falling())) == Freshness::stale);
    CHECK(freshness(std::vector{Cell::reading(Decibels::silence())}, 0, fall_off_of(falling())) ==
          Freshness::stale);
    CHECK(of({-10, -30, -30}, 1, MeterLaw{}) == Freshness::sustained);
}

TEST_CASE("behind one transient the peak lies up to a tick above, rather little than much") {
    const TruePeak peak = peak_of({-40, -10, -11.3, -12.6, -13.9});
    // (1 - exp(-x / 0.5)) / (1 - exp(-1.3 / 0.5)) = 0.5 and 0.8
    CHECK(peak.likely.db() == Approx(-10.0 + 0.311).margin(0.01));
    CHECK(peak.at_most.db() == Approx(-10.0 + 0.675).margin(0.01));
}

TEST_CASE("of several transients near the top the loudest is likely higher than that") {
    // The larger of two draws stays below x with the square of the chance of one.
    const TruePeak two = peak_of({-40, -10, -11.3, -12.6, -40, -10, -11.3});
    CHECK(two.likely.db() == Approx(-10.0 + 0.531).margin(0.01));
    CHECK(two.at_most.db() == Approx(-10.0 + 0.880).margin(0.01));
    const TruePeak far = peak_of({-40, -10, -11.3, -12.6, -40, -11.4, -12.7});
    CHECK(far.likely.db() == Approx(-10.0 + 0.311).margin(0.01));
    CHECK(far.at_least.db() == Approx(-10.0));
}

TEST_CASE("a sustained sound hides hardly anything") {
    const TruePeak peak = peak_of({-10, -10.1, -10.05, -10.3, -10.6, -10.9, -11.2, -11.5});
    CHECK(peak.likely >= Decibels(-10.0));
    CHECK(peak.at_most <= Decibels(-10.0 + 0.25 * tick));
}

TEST_CASE("a meter that hides nothing is believed, and silence stays silence") {
    CHECK(peak_of({-20, -10, -30}, MeterLaw{}).at_most.db() == Approx(-10.0));
    CHECK(true_peak({}, falling()).likely.is_silence());
    CHECK(true_peak(std::vector{Cell::reading(Decibels::silence()), Cell()}, falling()).at_most.is_silence());
}
