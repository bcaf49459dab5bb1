#include "measure/phrases.hpp"

#include "support/catch.hpp"
#include "unit/measure/fall_off_meter.hpp"

#include <algorithm>
#include <cmath>
#include <random>

using namespace kedge;
using namespace kedge::measure;

namespace {

/// A sound that goes on at one level.
struct Sung {
    double from_s;
    double to_s;
    double db;
};

MeterLaw falling_meter() {
    MeterLaw law;
    law.fall_off_per_second = Decibels(13.3);
    return law;
}

/// What a fall-off meter, whose ticks stand `phase_s` behind the cells' beginnings, puts on the tape.
std::vector<Cell> cells_of_sung(const std::vector<Sung>& song, double seconds, double phase_s) {
    FallOffMeter meter;
    meter.phase_seconds = phase_s;
    std::vector<FallOffMeter::Hit> hits;
    for (const Sung& one : song)
        for (double at = one.from_s; at < one.to_s; at += 0.01) hits.push_back({at, one.db});
    std::vector<Cell> cells;
    for (const double reading : meter.readings(hits, seconds))
        cells.push_back(Cell::reading(std::isfinite(reading) ? Decibels(reading) : Decibels::silence()));
    return cells;
}

std::vector<Phrase> phrases_of(const std::vector<Cell>& cells, const MeterLaw& law = falling_meter()) {
    return find_phrases(cells, sounding(cells, law), law, PhraseRule{});
}

double off_by(SongTime at, double seconds) {
    return std::abs(at.seconds() - seconds);
}

constexpr double phases[] = {0.003, 0.02, 0.04, 0.06, 0.08, 0.097};

}  // namespace

TEST_CASE("phrases are split by pauses of a third of a second, their edges known to a tick, at any phase") {
    for (const double phase : phases) {
        INFO("phase " << phase);
        const auto phrases =
            phrases_of(cells_of_sung({{1.0, 2.2, -12}, {2.55, 4.0, -14}, {5.0, 6.3, -10}}, 8.0, phase));
        REQUIRE(phrases.size() == 3);
        const double edges[3][2] = {{1.0, 2.2}, {2.55, 4.0}, {5.0, 6.3}};
        for (std::size_t i = 0; i < 3; ++i) {
            CHECK(phrases[i].kind == PhraseKind::phrase);
            CHECK(off_by(phrases[i].range.from, edges[i][0]) <= (i == 1 ? 0.15 : 0.1));
            CHECK(off_by(phrases[i].range.to, edges[i][1]) <= 0.1);
        }
        CHECK(phrases[0].level.db() == Approx(-12.0).margin(0.3));
        CHECK(phrases[1].level.db() == Approx(-14.0).margin(0.4));
        CHECK(phrases[2].level.db() == Approx(-10.0).margin(0.3));
    }
}

TEST_CASE("a word's end is no pause, and syllables sung apart are one phrase") {
    for (const double phase : phases) {
        INFO("phase " << phase);
        CHECK(phrases_of(cells_of_sung({{1.0, 2.0, -12}, {2.12, 3.0, -12}}, 5.0, phase)).size() == 1);
        for (const double apart : {0.6, 0.65}) {  // a pause of 0.35 s, and of a whole passage
            INFO("syllables every " << apart << " s");
            std::vector<Sung> sung;
            for (int i = 0; i < 3; ++i) sung.push_back({1.0 + apart * i, 1.25 + apart * i, -12});
            const auto syllables = phrases_of(cells_of_sung(sung, 5.0, phase));
            REQUIRE(syllables.size() == 1);
            CHECK(syllables[0].kind == PhraseKind::phrase);
        }
    }
}

TEST_CASE("a lone shout is too short for a phrase") {
    for (const double phase : phases) {
        INFO("phase " << phase);
        const auto phrases = phrases_of(cells_of_sung({{1.0, 2.0, -12}, {5.0, 5.1, -8}}, 7.0, phase));
        REQUIRE(phrases.size() == 2);
        CHECK(phrases[0].kind == PhraseKind::phrase);
        CHECK(phrases[1].kind == PhraseKind::too_short);
    }
}

TEST_CASE("what is softer than the meter's fall is hidden as long as it falls") {
    // 8 dB softer after a pause of 0.3 s: the meter needs 0.6 s to fall that far.
    const auto phrases = phrases_of(cells_of_sung({{1.0, 2.0, -10}, {2.3, 4.0, -18}}, 6.0, 0.05));
    REQUIRE(phrases.size() == 2);
    CHECK(phrases[1].range.from.seconds() == Approx(2.6).margin(0.15));
    CHECK(phrases[1].level.db() == Approx(-18.0).margin(0.5));
}

TEST_CASE("a voice that gets softer in the middle is heard again when the meter has fallen to it") {
    const auto cells = cells_of_sung({{1.0, 5.0, -10}, {5.0, 9.0, -15}}, 10.0, 0.05);
    const auto sounds = sounding(cells, falling_meter());
    CHECK(std::count(sounds.begin() + 10, sounds.begin() + 50, 1) == 40);
    CHECK(std::count(sounds.begin() + 57, sounds.begin() + 90, 1) == 33);
    CHECK(std::count(sounds.begin() + 91, sounds.end(), 1) == 0);
}

TEST_CASE("a breath is told from a phrase, apart from it or right before it") {
    for (const double phase : phases) {
        INFO("phase " << phase);
        const auto apart =
            phrases_of(cells_of_sung({{0.5, 2.0, -10}, {4.2, 4.6, -32}, {5.0, 6.5, -10}}, 8.0, phase));
        REQUIRE(apart.size() == 3);
        CHECK(apart[1].kind == PhraseKind::breath);
        const auto joined = phrases_of(cells_of_sung({{1.0, 1.4, -30}, {1.4, 3.0, -10}}, 5.0, phase));
        REQUIRE(joined.size() == 2);
        CHECK(joined[0].kind == PhraseKind::breath);
        CHECK(joined[1].kind == PhraseKind::phrase);
        CHECK(off_by(joined[1].range.from, 1.4) <= 0.1);
    }
}

TEST_CASE("a meter that does not fall shows pauses as they are") {
    std::vector<Cell> cells(60, Cell::reading(Decibels::silence()));
    for (const auto& [from, to] : {std::pair{10, 20}, std::pair{24, 30}, std::pair{31, 40}})
        for (int i = from; i < to; ++i) cells[static_cast<std::size_t>(i)] = Cell::reading(Decibels(-12.0));
    const auto phrases = phrases_of(cells, MeterLaw{});
    REQUIRE(phrases.size() == 2);
    CHECK(phrases[0].range == SongRange{SongTime::from_seconds(1.0), SongTime::from_seconds(1.9)});
    CHECK(phrases[1].cells.from == 24);
    CHECK(phrases[1].cells.to == 40);
    CHECK(phrases[1].level.db() == Approx(-12.0));
}

TEST_CASE("silence, noise and what was not listened to hold no phrases") {
    CHECK(phrases_of({}).empty());
    CHECK(phrases_of(std::vector<Cell>(50)).empty());
    CHECK(phrases_of(std::vector<Cell>(50, Cell::reading(Decibels::silence()))).empty());
    CHECK(phrases_of(std::vector<Cell>(50, Cell::reading(Decibels(-75.0)))).empty());
    // One cell that was missed is no pause; a stretch that was not heard ends the phrase.
    std::vector<Cell> cells(40, Cell::reading(Decibels(-12.0)));
    cells[10] = Cell();
    CHECK(phrases_of(cells).size() == 1);
    for (std::size_t i = 20; i < 26; ++i) cells[i] = Cell();
    CHECK(phrases_of(cells).size() == 2);
}

TEST_CASE("whatever the readings, phrases follow one another, begin at their first cell and sound") {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        std::mt19937 random(seed);
        std::vector<Cell> cells(random() % 400);
        for (Cell& cell : cells) {
            const auto kind = random() % 8;
            if (kind == 0) continue;
            cell = kind == 1 ? Cell::reading(Decibels::silence())
                             : Cell::reading(Decibels(-60.0 + static_cast<double>(random() % 600) / 10.0));
        }
        const MeterLaw law = seed % 2 ? falling_meter() : MeterLaw{};
        const auto sounds = sounding(cells, law);
        REQUIRE(sounds.size() == cells.size());
        std::size_t end = 0;
        for (const Phrase& phrase : phrases_of(cells, law)) {
            CHECK(phrase.cells.from >= end);
            CHECK(phrase.cells.to > phrase.cells.from);
            end = phrase.cells.to;
            CHECK(end <= cells.size());
            CHECK(phrase.range.from <= phrase.range.to);
            CHECK(sounds[phrase.cells.from] != 0);
            if (phrase.kind != PhraseKind::breath) CHECK(sounds[phrase.cells.to - 1] != 0);
            CHECK_FALSE(phrase.level.is_silence());
        }
    }
}
