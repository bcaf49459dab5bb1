#include "sim/stepped_meter.hpp"
#include "support/catch.hpp"
#include "unit/sim/mackie_bench.hpp"

#include <cmath>

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;

namespace {

/// One track that plays this level for as long as is asked, then is silent.
Song song_of_level(double db, int seconds = 2) {
    Song song;
    song.name = "level";
    song.stems = {steady("Tone", static_cast<float>(std::pow(10.0, db / 20.0)), seconds)};
    return song;
}

/// What is told of one place's meter.
std::vector<int> levels_told(MackieBench& bench, Duration span, int slot = 0) {
    std::vector<int> told;
    for (const auto& level : only<mackie::ShowLevel>(bench.pass(span)))
        if (level.slot == mackie::Slot(slot)) told.push_back(level.level.segments());
    return told;
}

MackieHostSettings metering(MeterRules::Telling telling) {
    MackieHostSettings settings = as_stubborn();
    settings.shared.turn = 10ms;
    settings.shared.meters.telling = telling;
    settings.shared.meters.every = 100ms;
    return settings;
}

}  // namespace

TEST_CASE("Mackie host: how many segments each DAW lights for a level") {
    const auto ardour = [](double db) { return meter_segments(Decibels(db), MeterScale::ardour); };
    const auto reaper = [](double db) { return meter_segments(Decibels(db), MeterScale::reaper); };
    const auto marks = [](double db) { return meter_segments(Decibels(db), MeterScale::thresholds); };
    CHECK(ardour(-90.0) == 0);
    CHECK(ardour(-20.0) == 6);
    CHECK(ardour(-10.0) == 8);
    CHECK(ardour(0.0) == 11);
    CHECK(ardour(6.0) == 13);
    CHECK(ardour(20.0) == 13);
    CHECK(reaper(-71.0) == 0);
    CHECK(reaper(-64.0) == 1);
    CHECK(reaper(-20.0) == 9);
    CHECK(reaper(-0.1) == 12);
    CHECK(reaper(0.0) == 13);
    CHECK(marks(-60.1) == 0);
    CHECK(marks(-60.0) == 1);
    CHECK(marks(-14.0) == 6);
    CHECK(marks(-2.1) == 10);
    CHECK(marks(0.0) == 12);
    for (const MeterScale scale : {MeterScale::ardour, MeterScale::reaper, MeterScale::thresholds})
        CHECK(meter_segments(Decibels::silence(), scale) == 0);
}

TEST_CASE("Mackie host: Ardour tells every strip's meter each 100 ms, whether the song plays or not") {
    MackieBench bench(as_ardour(), song_of_level(-10.0));
    bench.greet();
    CHECK(levels_told(bench, 1s) == std::vector<int>(10, 0));
    bench.daw.transport().play();
    bench.pass(200ms);
    const auto told = levels_told(bench, 1s);
    CHECK(told == std::vector<int>(10, 8));
    bench.daw.transport().stop();
    bench.pass(200ms);
    CHECK(levels_told(bench, 500ms) == std::vector<int>(5, 0));
}

TEST_CASE("Mackie host: Ardour switches the meters on while the song plays, and tells an overload") {
    MackieBench bench(as_ardour(), song_of_level(1.0));
    bench.greet();
    bench.daw.transport().play();
    const auto started = hex_of(bench.pass(300ms));
    CHECK(holds(started, "F0 00 00 66 14 20 00 07 F7"));
    CHECK(std::count(started.begin(), started.end(), "D0 0E") == 1);
    bench.daw.transport().stop();
    const auto stopped = hex_of(bench.pass(300ms));
    CHECK(holds(stopped, "F0 00 00 66 14 20 00 00 F7"));
    CHECK(std::count(stopped.begin(), stopped.end(), "D0 0F") == 1);
}

TEST_CASE("Mackie host: REAPER tells the mean of both sides, and no fall") {
    MackieBench bench(as_reaper(), song_of_level(-20.0));
    bench.pass(3s);
    bench.daw.turn_pan(0, Pan::left());
    bench.daw.transport().play();
    const auto told = levels_told(bench, 1s);
    REQUIRE_FALSE(told.empty());
    // One side is silent: 6 dB less than -20 dB.
    CHECK(told.front() == meter_segments(Decibels(-26.0), MeterScale::reaper));
    CHECK(told.size() > 10);
    bench.pass(1500ms);
    CHECK_FALSE(bench.daw.transport().rolls());
    CHECK(levels_told(bench, 5s).empty());
}

TEST_CASE("Mackie host: meters told when they change") {
    MackieBench bench(metering(MeterRules::Telling::on_change), song_of_level(-9.0, 1));
    bench.pass(3s);
    bench.daw.transport().play();
    const auto told = levels_told(bench, 5s);
    REQUIRE(told.size() > 3);
    CHECK(told.front() == 7);
    CHECK(std::is_sorted(told.rbegin(), told.rend()));
    CHECK(std::adjacent_find(told.begin(), told.end()) == told.end());
    CHECK(levels_told(bench, 1s).size() <= 1);
}

TEST_CASE("Mackie host: the meter of a place that loses its strip goes dark") {
    MackieHostSettings settings = metering(MeterRules::Telling::on_rise);
    settings.shared.banks.last_bank = BankRules::LastBank::aligned;
    Song song = short_named_song(9);
    song.stems[3] = steady("Loud", 0.5F, 8);
    MackieBench bench(settings, song);
    bench.pass(3s);
    bench.daw.transport().play();
    bench.pass(1s);
    CHECK(bench.seen[0].levels.at(mackie::Slot(3)) == 8);
    bench.press(mackie::Key::bank_right, 0, 1s);
    CHECK(bench.seen[0].levels.at(mackie::Slot(3)) == 0);
}

TEST_CASE("Mackie host: meters may be silent while the song stands") {
    MackieHostSettings settings = metering(MeterRules::Telling::each_time);
    settings.shared.meters.only_rolling = true;
    MackieBench bench(settings, song_of_level(-9.0));
    bench.pass(3s);
    CHECK(levels_told(bench, 1s).empty());
    bench.daw.transport().play();
    CHECK(levels_told(bench, 1s).size() >= 9);
}

TEST_CASE("Mackie host: meters are those of the strips that are shown") {
    Song song = short_named_song(9);
    for (std::size_t i = 0; i < song.stems.size(); ++i) song.stems[i] = steady("S", i == 8 ? 0.5F : 0.0F, 4);
    MackieBench bench(metering(MeterRules::Telling::on_rise), song);
    bench.pass(3s);
    bench.daw.transport().play();
    CHECK(levels_told(bench, 1s, 7).empty());
    bench.press(mackie::Key::bank_right, 0, 1s);
    CHECK_FALSE(levels_told(bench, 500ms, 7).empty());
    CHECK(levels_told(bench, 500ms, 0).empty());
}
