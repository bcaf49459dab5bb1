#include "core/fader_curve.hpp"
#include "sim/fader_law.hpp"
#include "support/catch.hpp"

using namespace kedge;

TEST_CASE("The simulated Ardour's law, which shares no code with kedge's, is the same") {
    for (double db = -120.0; db <= sim::top_fader_db; db += 0.1) {
        CAPTURE(db);
        const double position = sim::fader_position(Decibels(db));
        CHECK(share_of(FaderCurve::ardour, Decibels(db)).normalised() == Approx(position).margin(1e-12));
        CHECK(level_at(FaderCurve::ardour, FaderShare(position)).db() == Approx(db).margin(1e-9));
    }
    CHECK(level_at(FaderCurve::ardour, FaderShare(1.0)).db() == Approx(sim::top_fader_db).margin(1e-9));
}
