#include "mix/ride_curve.hpp"
#include "unit/mix/ride_fixture.hpp"

#include <random>

using namespace kedge;
using namespace kedge::mix;
using namespace kedge::test;

namespace {

/// Any song at all.
class AnySong {
  public:
    explicit AnySong(std::uint32_t seed) : random_(seed) {}

    [[nodiscard]] RideSong next() {
        RideSong song;
        const double seconds = between(10.0, 90.0);
        const int band = 1 + static_cast<int>(random_() % 4);
        for (int i = 0; i < band; ++i) song.add("Band", Role::keys, playing(seconds));
        const int voices = 1 + static_cast<int>(random_() % 2);
        for (int i = 0; i < voices; ++i) song.add("Vox", Role::lead_vocal, singing(seconds));
        song.add("Gtr", Role::lead_guitar, singing(seconds));
        song.add("Tom", Role::tom, singing(seconds));
        song.strip(song.add("Verb", Role::return_bus, playing(seconds))).name.kind = StripKind::audio_bus;
        for (Strip& strip : song.mixer.strips) strip.fader = Decibels(std::round(between(-6.0, 6.0)));
        if (one_in(2)) add_marks(song, seconds);
        if (one_in(3)) song.bus = BusLimit{Decibels(between(-16.0, -4.0)), Decibels(between(-2.0, 2.0))};
        if (one_in(5)) song.can.meter = MeterLaw{};
        song.record();
        return song;
    }
    bool one_in(unsigned n) { return random_() % n == 0; }
    double between(double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random_);
    }
    [[nodiscard]] TrueLevels singing(double seconds) {
        TrueLevels voice = steady(seconds, no_sound);
        for (double at = between(0.0, 3.0); at < seconds;) {
            const double length = one_in(6) ? between(0.1, 0.4) : between(0.4, 5.0);
            sing(voice, at, at + length, one_in(12) ? between(-50.0, -35.0) : between(-24.0, -5.0));
            at += length + between(0.2, one_in(4) ? 4.0 : 1.0);
        }
        return voice;
    }

    /// A song whose phrases no meter can mistake: long, and far apart.
    [[nodiscard]] RideSong clear() {
        RideSong song;
        song.add("Band", Role::keys, steady(60.0, -20.0));
        TrueLevels voice = steady(60.0, no_sound);
        for (double at = 1.0; at < 56.0; at += 4.0) sing(voice, at, at + 2.5, between(-24.0, -14.0));
        song.add("Vox", Role::lead_vocal, std::move(voice));
        song.marks = {{"Song", SongTime()}};
        song.record();
        return song;
    }

  private:
    [[nodiscard]] TrueLevels playing(double seconds) {
        TrueLevels band = steady(seconds, no_sound);
        for (double at = 0.0; at < seconds; at += 4.0)
            sing(band, at, at + 4.0, one_in(10) ? no_sound : between(-26.0, -14.0));
        return band;
    }
    void add_marks(RideSong& song, double seconds) {
        for (double at = between(0.0, 8.0); at < seconds; at += between(0.2, 20.0))
            song.marks.push_back({"Mark", SongTime::from_seconds(at)});
    }

    std::mt19937 random_;
};

/// Strips that are never ridden.
std::size_t band_of(const RideSong& song) {
    return static_cast<std::size_t>(std::count_if(
        song.roles.begin(), song.roles.end(), [](const RoledStrip& one) { return one.role == Role::keys; }));
}

}  // namespace

TEST_CASE("whatever the song, a ride keeps its bounds, its order and everybody's headroom") {
    int rides = 0;
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        const RideSong song = AnySong(seed).next();
        const RidePlan plan = song.planned();
        CHECK(plan.rides.size() + plan.left_alone.size() == song.mixer.strips.size() - band_of(song));
        for (const Ride& ride : plan.rides) {
            ++rides;
            INFO("strip " << ride.strip.value);
            check_ride(song, ride);
        }
        check_headroom(song, plan.rides);
        for (const LeftAlone& left : plan.left_alone) CHECK_FALSE(left.why.empty());
    }
    CHECK(rides > 300);
}

TEST_CASE("a ride planned again, known or not, leaves little to do") {
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        INFO("seed " << seed);
        AnySong any(seed);
        RideSong song = any.clear();
        const StripId vocal{2};
        const RidePlan first = song.planned();
        REQUIRE(first.rides.size() == 1);
        const Ride& ride = first.rides[0];
        const auto forecast = forecast_ride(song.question(), vocal, ride.points);
        CHECK(forecast.phrases.size() == 14);
        CHECK(forecast.spread_after.db() <= 0.5 * forecast.spread_before.db());

        // On top, not knowing of it: less than half, as it takes seven tenths.
        song.record(first.rides);
        const RidePlan second = song.planned();
        const double left = second.rides.empty() ? 0.0 : largest_difference(second.rides[0].points, {}).db();
        CHECK(left <= 0.5 * largest_difference(ride.points, {}).db());
        // Knowing of it: the same ride, but for phrases that lie just where riding begins.
        const double least = song.profile.phrase.least.db() * song.profile.phrase.part.of_one;
        song.in_force = first.rides;
        const RidePlan again = song.planned();
        REQUIRE(again.rides.size() == 1);
        CHECK(largest_difference(ride.points, again.rides[0].points).db() <= least + 0.1);
    }
}

TEST_CASE("a thinned curve lies within its error, has its own points, and no fewer would do for a ramp") {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        std::mt19937 random(seed);
        std::vector<RidePoint> points;
        SongTime at;
        double level = 0.0;
        const int count = 2 + static_cast<int>(random() % 60);
        for (int i = 0; i < count; ++i) {
            at = at + std::chrono::milliseconds(10 + random() % 400);
            level += (static_cast<double>(random() % 200) - 100.0) / (random() % 3 == 0 ? 50.0 : 500.0);
            points.push_back({at, Decibels(level)});
        }
        const Decibels error(0.25);
        const auto thin = thinned(points, error, {});
        CHECK(thin.size() <= points.size());
        CHECK(thin.front() == points.front());
        CHECK(thin.back() == points.back());
        for (const RidePoint& point : thin)
            CHECK(std::find(points.begin(), points.end(), point) != points.end());
        CHECK(largest_difference(thin, points) <= Decibels(0.2501));
        for (SongTime now; now < at; now = now + std::chrono::milliseconds(7))
            CHECK(distance(offset_at(thin, now), offset_at(points, now)) <= Decibels(0.2501));
    }
    const std::vector<RidePoint> ramp = {{SongTime::from_seconds(0), 0_dB},
                                         {SongTime::from_seconds(1), 1.1_dB},
                                         {SongTime::from_seconds(2), 1.9_dB},
                                         {SongTime::from_seconds(3), 3_dB}};
    CHECK(thinned(ramp, Decibels(0.25), {}).size() == 2);
    CHECK(thinned(ramp, Decibels(0.05), {}).size() == 4);
}

TEST_CASE("a thinned curve has the fewest of its own points that will do") {
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        std::mt19937 random(seed);
        std::vector<RidePoint> points;
        for (int i = 0; i < 11; ++i)
            points.push_back({SongTime(std::chrono::milliseconds(100 * i + static_cast<int>(random() % 90))),
                              Decibels(static_cast<double>(random() % 100) / 100.0)});
        const Decibels error(0.3);
        // Every choice of corners, tried out.
        std::size_t fewest = points.size();
        for (unsigned chosen = 0; chosen < 1U << 9U; ++chosen) {
            std::vector<RidePoint> some = {points.front()};
            for (unsigned i = 0; i < 9; ++i)
                if (chosen >> i & 1U) some.push_back(points[i + 1]);
            some.push_back(points.back());
            if (largest_difference(some, points) <= error + Decibels(1e-9))
                fewest = std::min(fewest, some.size());
        }
        CHECK(thinned(points, error, {}).size() == fewest);
    }
}
