#include "banked/pan_text.hpp"

#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::banked;

TEST_CASE("A pan is read from the shares of both sides") {
    CHECK(pan_in("L50R50") == Pan());
    CHECK(pan_in("L100R0") == Pan::left());
    CHECK(pan_in("L0R100") == Pan::right());
    CHECK(pan_in("L33R67")->position() == Approx(0.34));
    // Halves are rounded on both sides.
    CHECK(pan_in("L50R49")->position() == Approx(-0.01));
}

TEST_CASE("What says no pan is none") {
    for (const char* const text : {"", "Pan", "Width", "  -6.0", "-inf", "L", "L50", "R50L50", "L50R",
                                   "L50R5x", "L-1R101", "L101R0", "L20R20", "L99999999999R1", "100%"})
        CHECK_FALSE(pan_in(text));
    CHECK(is_resting_pan("Pan"));
    CHECK_FALSE(is_resting_pan("Width"));
}
