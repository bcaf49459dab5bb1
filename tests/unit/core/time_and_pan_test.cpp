#include "core/pan.hpp"
#include "core/time.hpp"
#include "support/catch.hpp"

using namespace kedge;

TEST_CASE("a sample converts to a song time and back at the usual rates") {
    for (const std::int64_t hertz : {44100, 48000, 88200, 96000, 192000}) {
        const SampleRate rate{hertz};
        for (std::int64_t sample = 0; sample < 5'000'000'000; sample += 104'729'123)
            CHECK(SongTime::from_samples(sample, rate).samples(rate) == sample);
    }
}

TEST_CASE("song times are shown in minutes, seconds and tenths") {
    CHECK(to_string(SongTime::from_seconds(65.24)) == "1:05.2");
    CHECK(to_string(SongTime()) == "0:00.0");
    CHECK(to_string(SongTime::from_seconds(59.96)) == "1:00.0");
}

TEST_CASE("pans are clamped to the loudspeakers") {
    CHECK(Pan(-3.0) == Pan::left());
    CHECK(Pan(1.5) == Pan::right());
    CHECK(Pan(0.25).mirrored() == Pan(-0.25));
    CHECK(to_string(Pan(-0.3)) == "L 30");
    CHECK(to_string(Pan(0.8)) == "R 80");
    CHECK(to_string(Pan(0.001)) == "C");
}
