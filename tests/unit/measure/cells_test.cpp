#include "measure/cells.hpp"

#include "support/catch.hpp"

#include <random>
#include <vector>

using namespace kedge;
using namespace kedge::measure;

TEST_CASE("a series gives back what was put in, to the step it promises") {
    const unsigned seed = 20260108;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    CellSeries series;
    std::vector<Cell> plain;
    for (int i = 0; i < 3000; ++i) {
        const auto kind = random() % 20;
        Cell cell = Cell::reading(Decibels(-0.01 * static_cast<double>(random() % 9000)));
        if (kind == 0) cell = Cell();
        if (kind == 1) cell = Cell::reading(Decibels::silence());
        plain.push_back(cell);
        series.push_back(cell);
    }
    for (int i = 0; i < 200; ++i) {
        const auto at = random() % plain.size();
        plain[at] = Cell::reading(Decibels(-0.01 * static_cast<double>(random() % 3000)));
        series.set(at, plain[at]);
    }
    REQUIRE(series.size() == plain.size());
    std::vector<Cell> read(plain.size() - 77);
    series.read(77, read);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const Cell cell = series[i];
        if (i >= 77) REQUIRE(read[i - 77] == cell);
        if (plain[i].raw() <= Cell::silent || plain[i].level() > Decibels(-36.0)) {
            REQUIRE(cell == plain[i]);
        } else {
            REQUIRE(std::abs(cell.level().db() - plain[i].level().db()) < 0.4);
        }
    }
    CHECK(series.loudest() == *std::max_element(plain.begin(), plain.end()));
    CHECK(series.loudest(130, 130) == Cell());
}

TEST_CASE("a copy of a series does not follow the original") {
    CellSeries series;
    series.assign(500, Cell::reading(Decibels(-20.0)));
    const CellSeries copy = series;
    series.set(3, Cell::reading(Decibels(-3.0)));
    CHECK(copy[3].level().db() == Approx(-20.0));
    CHECK(series[3].level().db() == Approx(-3.0));
    CHECK_FALSE(copy == series);
    series.resize(2);
    CHECK(series.size() == 2);
}
