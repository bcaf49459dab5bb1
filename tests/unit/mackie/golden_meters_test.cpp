#include "support/catch.hpp"
#include "unit/mackie/mackie_frames.hpp"

using namespace kedge;
using namespace kedge::mackie;
using namespace kedge::test;

TEST_CASE("Mackie: a meter's strip and level share a byte", "[M7.1]") {
    check_host_says("D0 00", ShowLevel{Slot(0), MeterLevel(0)});
    check_host_says("D0 0C", ShowLevel{Slot(0), MeterLevel(12)});
    check_host_says("D0 35", ShowLevel{Slot(3), MeterLevel(5)});
    check_host_says("D0 7C", ShowLevel{Slot(7), MeterLevel(12)});
    check_unusable_from_host("D2 35", Unusable::unknown_message);
    check_unusable_from_device("D0 35", Unusable::unknown_message);
}

TEST_CASE("Mackie: a meter above 0 dB", "[M7.2]") {
    check_host_says("D0 4D", ShowLevel{Slot(4), MeterLevel(13)});
    CHECK(MeterLevel(13).above_zero_db());
    CHECK_FALSE(MeterLevel(12).above_zero_db());
}

TEST_CASE("Mackie: the overload LED is set and cleared", "[M7.3]") {
    check_host_says("D0 0E", SetOverload{Slot(0), true});
    check_host_says("D0 0F", SetOverload{Slot(0), false});
    check_host_says("D0 7E", SetOverload{Slot(7), true});
    check_host_says("D0 7F", SetOverload{Slot(7), false});
}

TEST_CASE("Mackie: QCon's meters of the master", "[M7.4]") {
    check_host_says("D1 0C", ShowMasterLevel{Slot(0), MeterLevel(12)});
    check_host_says("D1 1D", ShowMasterLevel{Slot(1), MeterLevel(13)});
    check_unusable_from_host("D1 0E", Unusable::out_of_range);
}

TEST_CASE("Mackie: a strip's meter mode", "[M7.9]") {
    check_host_says("F0 00 00 66 14 20 00 00 F7", SetMeterMode{Slot(0), {}}, Model::main_unit);
    check_host_says("F0 00 00 66 14 20 01 01 F7", SetMeterMode{Slot(1), {.signal_led = true}},
                    Model::main_unit);
    check_host_says("F0 00 00 66 14 20 02 02 F7", SetMeterMode{Slot(2), {.peak_hold = true}},
                    Model::main_unit);
    check_host_says("F0 00 00 66 15 20 07 04 F7", SetMeterMode{Slot(7), {.on_lcd = true}}, Model::extender);
    check_unusable_from_host("F0 00 00 66 14 20 08 00 F7", Unusable::out_of_range);
    check_unusable_from_host("F0 00 00 66 14 20 00 08 F7", Unusable::out_of_range);
}

TEST_CASE("Mackie: the meter modes that hosts send", "[M7.10]") {
    check_host_says("F0 00 00 66 14 20 00 03 F7",
                    SetMeterMode{Slot(0), {.signal_led = true, .peak_hold = true}}, Model::main_unit);
    check_host_says("F0 00 00 66 14 20 00 07 F7",
                    SetMeterMode{Slot(0), {.signal_led = true, .peak_hold = true, .on_lcd = true}},
                    Model::main_unit);
    check_host_says("F0 00 00 66 14 20 00 06 F7", SetMeterMode{Slot(0), {.peak_hold = true, .on_lcd = true}},
                    Model::main_unit);
}
