#include "measure/statistics.hpp"

#include "support/catch.hpp"
#include "unit/measure/fall_off_meter.hpp"

#include <random>

using namespace kedge;
using namespace kedge::measure;

namespace {

const MeterLaw ardour{std::chrono::milliseconds(100), Decibels(13.3), {}};
const MeterLaw exact{std::chrono::milliseconds(100), Decibels(), {}};

TapeTrack track_of(const std::vector<double>& readings, std::uint32_t id = 1) {
    TapeTrack track;
    track.strip = StripId{id};
    for (const double level : readings) track.cells.push_back(Cell::reading(Decibels(level)));
    return track;
}

StripStatistics statistics_of(TapeTrack track, const MeterLaw& law,
                              MeterPoint point = MeterPoint::after_fader,
                              std::optional<SongRange> range = {}) {
    Tape tape;
    tape.adopt(std::move(track));
    return statistics(tape, law, point, ActivityRule{}, range).front();
}

std::vector<double> steady(double level, std::size_t cells) {
    return std::vector<double>(cells, level);
}

std::vector<double> joined(std::vector<double> a, const std::vector<double>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

double percentile_95(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const double rank = 0.95 * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(rank);
    const std::size_t high = std::min(low + 1, values.size() - 1);
    return values[low] + (values[high] - values[low]) * (rank - static_cast<double>(low));
}

}  // namespace

TEST_CASE("the source is what the meter showed without fader and trim") {
    TapeTrack track = track_of(steady(-20.0, 30));
    track.fader = Decibels(-6.0);
    track.trim = Decibels(2.0);
    CHECK(statistics_of(track, exact).robust_peak.db() == Approx(-16.0));
    CHECK(statistics_of(track, exact, MeterPoint::unknown).robust_peak.db() == Approx(-16.0));
    CHECK(statistics_of(track, exact, MeterPoint::before_fader).robust_peak.db() == Approx(-22.0));
    CHECK(statistics_of(track, exact).active_level.db() == Approx(-16.0).margin(0.06));
}

TEST_CASE("a muted strip or a closed fader says nothing") {
    TapeTrack muted = track_of(steady(-20.0, 30));
    muted.muted = true;
    TapeTrack closed = track_of(steady(-20.0, 30));
    closed.fader = Decibels::silence();
    for (const auto& one : {statistics_of(muted, exact), statistics_of(closed, exact)}) {
        CHECK(one.never_active);
        CHECK(one.heard == Duration::zero());
        CHECK(one.robust_peak.is_silence());
    }
    CHECK_FALSE(statistics_of(closed, exact, MeterPoint::before_fader).never_active);
}

TEST_CASE("silence was heard, and nothing in it") {
    const auto one = statistics_of(track_of(steady(-std::numeric_limits<double>::infinity(), 50)), exact);
    CHECK(one.never_active);
    CHECK(one.heard == std::chrono::seconds(5));
    CHECK(one.absolute_peak.is_silence());
    const auto faint = statistics_of(track_of(steady(-50.5, 50)), exact);
    CHECK(faint.never_active);
    CHECK(faint.absolute_peak.db() == Approx(-50.5));
    const auto empty = statistics_of(track_of({}), exact);
    CHECK(empty.never_active);
    CHECK(empty.heard == Duration::zero());
}

TEST_CASE("the floor is of the source, whatever fader it was heard through") {
    TapeTrack track = track_of(steady(-60.0, 50));
    track.fader = Decibels(-20.0);
    CHECK_FALSE(statistics_of(track, exact).never_active);
    track.fader = Decibels(-5.0);
    CHECK(statistics_of(track, exact).never_active);
}

TEST_CASE("one accent does not decide the robust peak, but the absolute one") {
    auto readings = steady(-20.0, 600);
    readings[305] = -3.0;
    const auto one = statistics_of(track_of(readings), exact);
    CHECK(one.robust_peak.db() == Approx(-20.0));
    CHECK(one.absolute_peak.db() == Approx(-3.0));
}

TEST_CASE("windows far under the loudest are not active") {
    const auto one = statistics_of(track_of(joined(steady(-10.0, 20), steady(-49.9, 60))), exact);
    CHECK(one.active_share.of_one == Approx(1.0));
    const auto other = statistics_of(track_of(joined(steady(-5.0, 20), steady(-45.5, 60))), exact);
    CHECK(other.active_share.of_one == Approx(0.25));
    CHECK(other.active == std::chrono::seconds(2));
    CHECK(other.heard == std::chrono::seconds(8));
}

TEST_CASE("the percentile lies between the two nearest ranks") {
    std::mt19937 random(20260102);
    INFO("seed 20260102");
    std::uniform_real_distribution<double> level(-30.0, -10.0);
    for (const std::size_t windows : {1U, 2U, 3U, 20U, 21U, 100U}) {
        std::vector<double> peaks;
        std::vector<double> readings;
        for (std::size_t i = 0; i < windows; ++i) {
            peaks.push_back(level(random));
            readings = joined(readings, steady(peaks.back(), 10));
        }
        CHECK(statistics_of(track_of(readings), exact).robust_peak.db() ==
              Approx(percentile_95(peaks)).margin(0.011));
    }
}

TEST_CASE("a range narrows the statistics") {
    const auto readings = joined(steady(-10.0, 50), steady(-20.0, 50));
    const SongRange second{SongTime::from_seconds(5.0), SongTime::from_seconds(10.0)};
    const auto one = statistics_of(track_of(readings), exact, MeterPoint::after_fader, second);
    CHECK(one.robust_peak.db() == Approx(-20.0));
    CHECK(one.heard == std::chrono::seconds(5));
    const SongRange beyond{SongTime::from_seconds(50.0), SongTime::from_seconds(60.0)};
    CHECK(statistics_of(track_of(readings), exact, MeterPoint::after_fader, beyond).never_active);
}

TEST_CASE("cells that were not played count neither way") {
    TapeTrack track = track_of(steady(-15.0, 20));
    track.cells.resize(120);
    const auto one = statistics_of(track, exact);
    CHECK(one.heard == std::chrono::seconds(2));
    CHECK(one.active_share.of_one == Approx(1.0));
}

TEST_CASE("onsets are counted by the jumps of the meter") {
    FallOffMeter meter;
    meter.phase_seconds = 0.03;
    for (const double per_second : {0.2, 0.5, 2.0, 4.0}) {
        std::vector<FallOffMeter::Hit> hits;
        for (double at = 0.011; at < 40.0; at += 1.0 / per_second) hits.push_back({at, -10.0});
        const auto one = statistics_of(track_of(meter.readings(hits, 40.0)), ardour);
        INFO(per_second << " a second");
        CHECK(one.onsets_per_second == Approx(per_second).epsilon(0.15));
    }
    CHECK(statistics_of(track_of(steady(-12.0, 400)), ardour).onsets_per_second < 0.1);
}

TEST_CASE("an hour's means are those of its minutes, in step with no bar") {
    // Loud and soft by turns, every so many seconds, a beat at the start of each second.
    const int turn = GENERATE(1, 2, 3, 4, 8);
    std::vector<double> readings;
    for (int second = 0; second < 3600; ++second) {
        const double level = second / turn % 2 == 0 ? -10.0 : -16.0;
        readings.push_back(level);
        for (int cell = 1; cell < 10; ++cell) readings.push_back(level - 20.0);
    }
    const auto hour = statistics_of(track_of(readings), exact);
    readings.resize(6'000);
    const auto ten_minutes = statistics_of(track_of(readings), exact);
    INFO("turns of " << turn << " s");
    CHECK(hour.active_level.db() == Approx(ten_minutes.active_level.db()).margin(0.2));
    CHECK(hour.onsets_per_second == Approx(1.0).margin(0.01));
    CHECK(ten_minutes.onsets_per_second == Approx(1.0).margin(0.01));
    CHECK(hour.active == std::chrono::hours(1));
}

TEST_CASE("what a fall-off meter reads too low is taken out, without bias") {
    struct Song {
        const char* name;
        double hits_per_second;
        double spread_db;
    };
    const unsigned seed = 20260103;
    INFO("seed " << seed);
    for (const Song& song :
         {Song{"even kick", 2.0, 0.0}, Song{"one hit a second, even", 0.97, 0.0},
          Song{"uneven snare", 1.03, 6.0}, Song{"uneven, dense", 3.1, 6.0}, Song{"seldom", 0.31, 3.0}}) {
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> phase(0.0, 0.1);
        std::uniform_real_distribution<double> jitter(-0.04, 0.04);
        std::uniform_real_distribution<double> level(-song.spread_db, 0.0);
        double error = 0.0;
        double plain_error = 0.0;
        double absolute_error = 0.0;
        constexpr int songs = 200;
        for (int s = 0; s < songs; ++s) {
            FallOffMeter meter;
            meter.phase_seconds = phase(random);
            std::vector<FallOffMeter::Hit> hits;
            std::vector<double> truth;
            double loudest = -200.0;
            for (double at = 0.2; at < 59.5; at += 1.0 / song.hits_per_second) {
                hits.push_back({at + jitter(random), -10.0 + level(random)});
                loudest = std::max(loudest, hits.back().peak_db);
            }
            for (int window = 0; window < 60; ++window) {
                double peak = -200.0;
                for (const auto& hit : hits)
                    if (hit.at_seconds >= window && hit.at_seconds < window + 1)
                        peak = std::max(peak, hit.peak_db);
                if (peak > -200.0) truth.push_back(peak);
            }
            const auto track = track_of(meter.readings(hits, 60.0));
            const auto one = statistics_of(track, ardour);
            error += one.robust_peak.db() - percentile_95(truth);
            absolute_error += one.absolute_peak.db() - loudest;
            plain_error += statistics_of(track, exact).robust_peak.db() - percentile_95(truth);
            CHECK(one.uncertainty >= Decibels());
            CHECK(one.uncertainty <= ardour.largest_under_read());
        }
        INFO(song.name << ": on average " << error / songs << " dB off, " << absolute_error / songs
                       << " dB at the loudest; uncorrected " << plain_error / songs);
        CHECK(std::abs(error / songs) < 0.3);
        CHECK(std::abs(absolute_error / songs) < 0.45);
    }
}

TEST_CASE("a sustained sound is hardly corrected") {
    FallOffMeter meter;
    std::vector<FallOffMeter::Hit> hits;
    for (double at = 0.0; at < 20.0; at += 0.005) hits.push_back({at, -14.0});
    const auto one = statistics_of(track_of(meter.readings(hits, 20.0)), ardour);
    CHECK(one.robust_peak.db() == Approx(-14.0).margin(0.15));
    CHECK(one.uncertainty.db() < 0.2);
}

TEST_CASE("statistics stand in the tape's order") {
    Tape tape;
    for (std::uint32_t id : {7U, 3U, 5U}) tape.adopt(track_of(steady(-10.0 - id, 20), id));
    const auto all = statistics(tape, exact, MeterPoint::after_fader, ActivityRule{});
    REQUIRE(all.size() == 3);
    CHECK(all[0].strip == StripId{7});
    CHECK(all[1].strip == StripId{3});
    CHECK(all[2].robust_peak.db() == Approx(-15.0));
}

TEST_CASE("the loudest part is where the gained sum is loudest") {
    Tape tape;
    auto early = steady(-40.0, 100);
    std::fill(early.begin() + 20, early.begin() + 40, -10.0);
    auto late = steady(-40.0, 100);
    std::fill(late.begin() + 60, late.begin() + 80, -16.0);
    tape.adopt(track_of(early, 1));
    tape.adopt(track_of(late, 2));
    const auto two_seconds = std::chrono::seconds(2);
    const auto as_is =
        loudest_part(tape, MeterPoint::after_fader, {{StripId{1}, {}}, {StripId{2}, {}}}, two_seconds);
    REQUIRE(as_is);
    CHECK(*as_is == SongRange{SongTime::from_seconds(2.0), SongTime::from_seconds(4.0)});
    const auto raised = loudest_part(tape, MeterPoint::after_fader,
                                     {{StripId{1}, {}}, {StripId{2}, Decibels(10.0)}}, two_seconds);
    REQUIRE(raised);
    CHECK(raised->from == SongTime::from_seconds(6.0));
    const auto only_late =
        loudest_part(tape, MeterPoint::after_fader, {{StripId{2}, {}}}, std::chrono::seconds(60));
    REQUIRE(only_late);
    CHECK(only_late->length() == std::chrono::seconds(10));
    CHECK_FALSE(loudest_part(tape, MeterPoint::after_fader, {}, two_seconds));
    CHECK_FALSE(loudest_part(Tape(), MeterPoint::after_fader, {{StripId{1}, {}}}, two_seconds));
}

TEST_CASE("a second look half a tick later brings what is known of single hits nearer to the truth") {
    constexpr std::uint32_t seed = 7;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> phase(0.0, 0.1);
    std::uniform_real_distribution<double> within(0.2, 0.7);
    double once = 0.0;
    double twice = 0.0;
    double off = 0.0;
    constexpr int songs = 200;
    for (int song = 0; song < songs; ++song) {
        // One hit a second, of six levels: the loudest two decide.
        std::vector<FallOffMeter::Hit> hits;
        for (int i = 0; i < 6; ++i) hits.push_back({i + within(random), -20.0 - 1.5 * i});
        FallOffMeter first;
        first.phase_seconds = phase(random);
        FallOffMeter again;
        again.phase_seconds =
            first.phase_seconds < 0.05 ? first.phase_seconds + 0.05 : first.phase_seconds - 0.05;
        TapeTrack track = track_of(first.readings(hits, 6.0));
        const double truth = percentile_95({-20.0, -21.5, -23.0, -24.5, -26.0, -27.5});
        const double at_first = statistics_of(track, ardour).robust_peak.db() - truth;
        track.again.cells = track_of(again.readings(hits, 6.0)).cells;
        const double then = statistics_of(track, ardour).robust_peak.db() - truth;
        once += at_first * at_first / songs;
        twice += then * then / songs;
        off += then / songs;
    }
    CHECK(std::sqrt(twice) < 0.6 * std::sqrt(once));
    CHECK(std::abs(off) < 0.1);
}

TEST_CASE("a second look counts where it was taken, and the louder reading of a window stands") {
    TapeTrack track = track_of(joined(steady(-20.0, 20), steady(-24.0, 10)));
    track.again.from = 20;
    track.again.cells = track_of(steady(-19.0, 10)).cells;
    const auto one = statistics_of(track, exact);
    CHECK(one.absolute_peak.db() == Approx(-19.0));
    CHECK(one.robust_peak.db() == Approx(percentile_95({-20.0, -20.0, -19.0})));
    CHECK(one.heard == std::chrono::seconds(3));
    const auto before = statistics_of(track, exact, MeterPoint::after_fader,
                                      SongRange{SongTime(), SongTime::from_seconds(2.0)});
    CHECK(before.absolute_peak.db() == Approx(-20.0));
}
