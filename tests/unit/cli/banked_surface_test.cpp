#include "cli/banked_surface.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::cli;

namespace {

StripLabels labels_of(const banked::DawProfile& daw) {
    const auto labels = banked_surface(daw, 1)->capabilities().labels;
    REQUIRE(labels);
    return *labels;
}

}  // namespace

TEST_CASE("A control surface says that names are labels, and how its DAW shortens them") {
    banked::DawProfile daw;
    daw.name = "A DAW";
    daw.fader.scale = FaderScale(FaderCurve::ardour);
    CHECK(labels_of(daw) == StripLabels{6, Shortening::unknown});
    daw.labels = {7, Shortening::vowels};
    CHECK(labels_of(daw) == StripLabels{7, Shortening::vowels});
    daw.protocol = banked::SurfaceProtocol::hui;
    daw.labels = {};
    CHECK(labels_of(daw) == StripLabels{4, Shortening::unknown});
}
