#include "measure/level_windows.hpp"

#include "support/catch.hpp"

#include <random>

using namespace kedge;
using namespace kedge::measure;

namespace {

/// What the header says, cell by cell.
std::vector<LevelWindow> windows_by_definition(const std::vector<Cell>& cells, std::size_t length,
                                               const FallOff& fall_off) {
    const bool falls = fall_off.per_cell > 0;
    const int fallen = fall_off.per_cell - fall_off.tolerance();
    std::vector<LevelWindow> windows((cells.size() + length - 1) / length);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        LevelWindow& window = windows[i / length];
        const int now = cells[i].raw();
        const int before = i == 0 ? int{Cell::unheard} : int{cells[i - 1].raw()};
        window.loudest = std::max(window.loudest, cells[i].raw());
        if (!falls || now > before - fallen) window.peak = std::max(window.peak, cells[i].raw());
    }
    return windows;
}

/// Levels on a slope of the meter's fall, jumps, silence and what was not heard.
std::vector<Cell> any_cells(std::size_t count, std::mt19937& random) {
    std::vector<Cell> cells;
    const bool all_heard = random() % 2 == 0;
    Decibels level(-10.0);
    while (cells.size() < count) {
        switch (random() % 8) {
            case 0:
                level = Decibels(-static_cast<double>(random() % 6000) / 100.0);
                break;
            case 1:
                cells.push_back(Cell::reading(Decibels::silence()));
                continue;
            case 2:
                cells.push_back(all_heard ? Cell::reading(level) : Cell());
                continue;
            default:
                level -= Decibels(static_cast<double>(random() % 200) / 100.0);
        }
        cells.push_back(Cell::reading(level));
    }
    return cells;
}

CellSeries series_of(const std::vector<Cell>& cells) {
    CellSeries series;
    for (const Cell cell : cells) series.push_back(cell);
    return series;
}

}  // namespace

TEST_CASE("windows are what their definition says, whatever their length") {
    const unsigned seed = 20261121;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (std::size_t length = 1; length <= 40; ++length) {
        for (const std::size_t count :
             {std::size_t{0}, std::size_t{1}, 4 * length, 9 * length + length / 2}) {
            for (const int per_cell : {0, 1, 133, 400}) {
                CAPTURE(length, count, per_cell);
                FallOff fall_off;
                fall_off.per_cell = per_cell;
                Readings readings;
                const CellSeries series = series_of(any_cells(count, random));
                readings.load(series, 0, series.size());
                // As the tape keeps them: what lies far under the loudest is kept in coarser steps.
                const std::vector<Cell> cells(readings.cells().begin(), readings.cells().end());

                std::vector<LevelWindow> cut;
                const WindowTotals totals = cut_windows(readings, length, fall_off, cut);
                const auto expected = windows_by_definition(cells, length, fall_off);
                REQUIRE(cut.size() == expected.size());
                WindowTotals plain;
                for (std::size_t i = 0; i < cut.size(); ++i) {
                    CAPTURE(i);
                    CHECK(cut[i].peak == expected[i].peak);
                    CHECK(cut[i].loudest == expected[i].loudest);
                    plain.loudest = std::max(plain.loudest, expected[i].loudest);
                    plain.windows_heard += expected[i].loudest != Cell::unheard;
                }
                for (const Cell cell : cells) plain.heard += cell.heard();
                CHECK(totals.loudest == plain.loudest);
                CHECK(totals.heard == plain.heard);
                CHECK(totals.windows_heard == plain.windows_heard);
            }
        }
    }
}
