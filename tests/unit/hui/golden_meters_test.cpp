#include "hui/encoder.hpp"
#include "support/catch.hpp"
#include "unit/hui/hui_frames.hpp"

using namespace kedge;
using namespace kedge::hui;
using namespace kedge::test;

namespace {

ShowMeter meter(int slot, Side side, int step) {
    return {Slot(slot), side, MeterStep(step)};
}

}  // namespace

TEST_CASE("HUI: meters of both sides", "[H5.1]") {
    check_host_says("A0 00 00", {meter(0, Side::left, 0)});
    check_host_says("A0 00 0C", {meter(0, Side::left, 12)});
    check_host_says("A0 07 1C", {ShowMeter{Slot(7), Side::right, meter_clip}});
    check_host_says("A0 03 19 A0 04 05", {meter(3, Side::right, 9), meter(4, Side::left, 5)});
}

TEST_CASE("HUI: the lowest level of each step of a meter", "[H5.2]") {
    const double lowest[] = {-60, -50, -40, -30, -20, -14, -10, -8, -6, -4, -2, 0};
    for (int step = 1; step <= 12; ++step) {
        CAPTURE(step);
        const Decibels level(lowest[step - 1]);
        CHECK(lowest_at(MeterStep(step)) == level);
        CHECK(step_at(level) == MeterStep(step));
        CHECK(step_at(level - Decibels(0.01)) == MeterStep(step - 1));
    }
    CHECK(lowest_at(MeterStep(0)).is_silence());
    CHECK(step_at(Decibels::silence()) == MeterStep(0));
    CHECK(step_at(Decibels(12)) == meter_clip);
}

TEST_CASE("HUI: above 12 a meter has no step, and there are two sides and eight strips", "[H5.3]") {
    check_to_hui_dropped("A0 00 0D A0 00 0E A0 00 0F A0 00 1D", {}, {.out_of_range = 4});
    check_to_hui_dropped("A0 00 20 A0 00 7C A0 08 00 A0 7F 00", {}, {.out_of_range = 4});
    check_to_hui_dropped("A1 00 05", {}, {.unknown = 1});
}
