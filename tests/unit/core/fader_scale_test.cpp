#include "core/fader_scale.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace kedge;

namespace {

/// What a fader of 14 bits shows of a level.
struct ScaleRow {
    double db;
    int position;
};

// Half a position is this much at the lowest of the rows.
constexpr double half_a_step_db = 0.015;

void check_rows(const FaderScale& scale, const std::vector<ScaleRow>& rows) {
    for (const ScaleRow& row : rows) {
        CAPTURE(row.db, row.position);
        const FaderPosition position(row.position);
        CHECK(scale.position_of(Decibels(row.db)) == position);
        CHECK(scale.level_at(position).db() == Approx(row.db).margin(half_a_step_db));
    }
}

/// It rises from each position to the next, and each is found again by its level.
void check_every_position(const FaderScale& scale) {
    CHECK(scale.level_at(FaderPosition()).is_silence());
    CHECK(scale.position_of(Decibels::silence()) == FaderPosition());
    for (int value = 1; value <= FaderPosition::top; ++value) {
        const FaderPosition position(value);
        const Decibels level = scale.level_at(position);
        if (!(level > scale.level_at(FaderPosition(value - 1)))) FAIL("falls at " << value);
        if (scale.position_of(level) != position) FAIL("is not found again at " << value);
    }
    CHECK(scale.top() == scale.level_at(FaderPosition(FaderPosition::top)));
    CHECK(scale.position_of(scale.top() + Decibels(40.0)) == FaderPosition(FaderPosition::top));
    CHECK(scale.position_of(Decibels(-400.0)) == FaderPosition());
}

FaderScale scale_through(const std::vector<FaderAnchor>& anchors) {
    const auto scale = FaderScale::through(anchors);
    if (!scale) FAIL(scale.error().message);
    return *scale;
}

FaderAnchor anchor(int position, double db) {
    return {FaderPosition(position), Decibels(db)};
}

}  // namespace

TEST_CASE("Ardour's fader at 14 bits") {
    const FaderScale scale(FaderCurve::ardour);
    check_rows(scale, {{6.0206, 16'383},
                       {6, 16'369},
                       {3, 14'493},
                       {0, 12'808},
                       {-3, 11'297},
                       {-6, 9'944},
                       {-10, 8'362},
                       {-12, 7'657},
                       {-18, 5'844},
                       {-20, 5'329},
                       {-30, 3'307},
                       {-40, 1'990},
                       {-50, 1'158},
                       {-60, 647}});
    CHECK(scale.top().db() == Approx(6.0206).margin(1e-4));
    check_every_position(scale);
}

TEST_CASE("REAPER's fader at 14 bits", "[R7.6]") {
    const FaderScale scale(FaderCurve::reaper);
    check_rows(scale, {{12, 16'383},
                       {10, 15'555},
                       {6.0206, 13'971},
                       {6, 13'963},
                       {3, 12'824},
                       {0, 11'734},
                       {-3, 10'695},
                       {-6, 9'713},
                       {-10, 8'495},
                       {-12, 7'929},
                       {-18, 6'402},
                       {-20, 5'951},
                       {-30, 4'097},
                       {-40, 2'801},
                       {-50, 1'911},
                       {-60, 1'302}});
    CHECK(scale.position_of(Decibels(-150.0)) == FaderPosition(41));
    CHECK(scale.top().db() == Approx(12.0).margin(1e-9));
    check_every_position(scale);
}

TEST_CASE("Live's fader is straight above -18 dB, and rises where its pieces meet") {
    const FaderScale scale(FaderCurve::live);
    check_rows(scale, {{6, 16'383}, {0, 13'926}, {-6, 11'468}, {-14, 8'192}, {-18, 6'553}});
    CHECK(level_at(FaderCurve::live, FaderShare(0.85)).db() == Approx(0.0).margin(1e-9));
    CHECK(level_at(FaderCurve::live, FaderShare(0.15)).db() == Approx(-41.0).margin(0.05));
    check_every_position(scale);
    // The pieces were fitted one by one: they meet within this.
    for (const double seam : {0.4, 0.15}) {
        const double below = level_at(FaderCurve::live, FaderShare(std::nextafter(seam, 0.0))).db();
        const double above = level_at(FaderCurve::live, FaderShare(seam)).db();
        CHECK(below < above);
        CHECK(above - below < 0.03);
    }
    FaderShare last(0.0);
    for (double db = -75.0; db < 7.0; db += 0.001) {
        const FaderShare share = share_of(FaderCurve::live, Decibels(db));
        if (share < last) FAIL("falls at " << db << " dB");
        last = share;
    }
}

TEST_CASE("A scale goes through its anchors exactly and rises between them") {
    // A fader whose steps change from anchor to anchor, and one known at two places only.
    const std::vector<std::vector<FaderAnchor>> faders = {
        {anchor(120, -70), anchor(1'000, -60), anchor(1'400, -40), anchor(5'000, -20), anchor(9'000, -10),
         anchor(9'200, -3), anchor(12'000, 0), anchor(16'383, 10)},
        {anchor(2'768, -50), anchor(3'568, -40), anchor(5'168, -30), anchor(6'768, -20), anchor(8'368, -15),
         anchor(9'968, -10), anchor(11'568, -5), anchor(13'168, 0), anchor(14'768, 5), anchor(16'383, 10)},
        {anchor(8'000, -12), anchor(13'000, 0)},
    };
    for (const auto& anchors : faders) {
        CAPTURE(anchors.size());
        const FaderScale scale = scale_through(anchors);
        for (const FaderAnchor& known : anchors) {
            CHECK(scale.level_at(known.position) == known.level);
            CHECK(scale.position_of(known.level) == known.position);
        }
        check_every_position(scale);
    }
}

TEST_CASE("Random anchors never make a scale that turns back") {
    const unsigned seed = 20'261'123;
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> gap(1, 2'500);
    std::uniform_real_distribution<double> rise(0.05, 25.0);
    for (int round = 0; round < 20; ++round) {
        CAPTURE(round);
        std::vector<FaderAnchor> anchors;
        double db = -80.0;
        for (int at = gap(random); at <= FaderPosition::top; at += gap(random)) {
            anchors.push_back(anchor(at, db));
            db += rise(random);
        }
        if (anchors.size() >= 2) check_every_position(scale_through(anchors));
    }
}

TEST_CASE("Anchors taken every 3 dB are as good as the law they were taken from") {
    for (const FaderCurve curve : {FaderCurve::ardour, FaderCurve::reaper, FaderCurve::live}) {
        CAPTURE(static_cast<int>(curve));
        const FaderScale law(curve);
        std::vector<FaderAnchor> anchors;
        for (double db = -45.0; db <= law.top().db(); db += 3.0) {
            const FaderPosition position = law.position_of(Decibels(db));
            anchors.push_back({position, law.level_at(position)});
        }
        const FaderScale taken = scale_through(anchors);
        for (double db = -45.0; db <= 6.0; db += 0.1) {
            const FaderPosition position = law.position_of(Decibels(db));
            CAPTURE(db);
            CHECK(taken.level_at(position).db() == Approx(law.level_at(position).db()).margin(0.1));
        }
    }
}

TEST_CASE("Anchors that are none are refused, and the wrong one is named") {
    const auto refused = [](const std::vector<FaderAnchor>& anchors) {
        const auto scale = FaderScale::through(anchors);
        REQUIRE_FALSE(scale);
        CHECK(scale.error().kind == ErrorKind::usage);
        CHECK_FALSE(scale.error().next.empty());
        return scale.error().message;
    };
    using Catch::Contains;
    CHECK_THAT(refused({}), Contains("at least two"));
    CHECK_THAT(refused({anchor(100, -20)}), Contains("at least two"));
    CHECK_THAT(refused({anchor(0, -90), anchor(100, -20)}), Contains("Anchor 1") && Contains("position 0"));
    CHECK_THAT(refused({{FaderPosition(1), Decibels::silence()}, anchor(100, -20)}), Contains("is silent"));
    CHECK_THAT(refused({anchor(100, -20), anchor(100, -10)}),
               Contains("Anchor 2") && Contains("stand above"));
    CHECK_THAT(refused({anchor(100, -20), anchor(200, -10), anchor(300, -10)}),
               Contains("Anchor 3") && Contains("not louder"));
}
