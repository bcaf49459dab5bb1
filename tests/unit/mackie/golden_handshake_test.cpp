#include "mackie/handshake.hpp"
#include "support/catch.hpp"
#include "unit/mackie/mackie_frames.hpp"

using namespace kedge;
using namespace kedge::mackie;
using namespace kedge::test;

namespace {

Serial serial_1_to_7() {
    Serial serial;
    for (int i = 0; i < 7; ++i) serial.numbers.at(static_cast<std::size_t>(i)) = midi::Data7(i + 1);
    return serial;
}

Challenge challenge(int c0, int c1, int c2, int c3) {
    return {{midi::Data7(c0), midi::Data7(c1), midi::Data7(c2), midi::Data7(c3)}};
}

Response response(int r0, int r1, int r2, int r3) {
    return {{midi::Data7(r0), midi::Data7(r1), midi::Data7(r2), midi::Data7(r3)}};
}

}  // namespace

TEST_CASE("Mackie: a host asks who is there, by the model", "[M1.2][M2.1]") {
    check_host_says("F0 00 00 66 14 00 F7", DeviceQuery{}, Model::main_unit);
    check_host_says("F0 00 00 66 15 00 F7", DeviceQuery{}, Model::extender);
    check_host_says("F0 00 00 66 10 00 F7", DeviceQuery{}, Model::logic_control);
    check_host_says("F0 00 00 66 11 00 F7", DeviceQuery{}, Model::logic_control_extender);
}

TEST_CASE("Mackie: a HUI's SysEx is another device's", "[M1.3]") {
    check_unusable_from_host("F0 00 00 66 05 00 F7", Unusable::other_model);
    check_unusable_from_device("F0 00 00 66 05 00 F7", Unusable::other_model);
}

TEST_CASE("Mackie: an extender can go by the main unit's model", "[M1.4]") {
    check_device_says("F0 00 00 66 14 03 01 02 03 04 05 06 07 F7", ConnectionConfirmed{serial_1_to_7()},
                      Model::main_unit);
    check_device_says("F0 00 00 66 15 03 01 02 03 04 05 06 07 F7", ConnectionConfirmed{serial_1_to_7()},
                      Model::extender);
}

TEST_CASE("Mackie: a unit says its serial number and a challenge", "[M2.2]") {
    check_device_says("F0 00 00 66 10 01 01 02 03 04 05 06 07 11 22 33 44 F7",
                      ConnectionQuery{serial_1_to_7(), challenge(0x11, 0x22, 0x33, 0x44)},
                      Model::logic_control);
}

TEST_CASE("Mackie: a host replies with a response", "[M2.3]") {
    check_host_says("F0 00 00 66 10 02 01 02 03 04 05 06 07 11 22 33 44 F7",
                    ConnectionReply{serial_1_to_7(), response(0x11, 0x22, 0x33, 0x44)}, Model::logic_control);
}

TEST_CASE("Mackie: a unit accepts or refuses a host", "[M2.4][M2.5]") {
    check_device_says("F0 00 00 66 11 03 01 02 03 04 05 06 07 F7", ConnectionConfirmed{serial_1_to_7()},
                      Model::logic_control_extender);
    check_device_says("F0 00 00 66 14 04 01 02 03 04 05 06 07 F7", ConnectionRefused{serial_1_to_7()},
                      Model::main_unit);
}

TEST_CASE("Mackie: the version is asked for and said in five characters", "[M2.6][M2.7]") {
    check_host_says("F0 00 00 66 14 13 00 F7", VersionRequest{}, Model::main_unit);
    check_device_says("F0 00 00 66 14 14 56 33 2E 30 31 F7", FirmwareVersion("V3.01"), Model::main_unit);
    CHECK(FirmwareVersion("V3.01").ascii() == "V3.01");
    CHECK(FirmwareVersion("V3").ascii() == "V3   ");
    CHECK(FirmwareVersion("V3.01b").ascii() == "V3.01");
}

TEST_CASE("Mackie: the response to a challenge", "[M2.8]") {
    // By hand: r0 = 11 + (22 ^ 0A) - 44 = 11 + 28 - 44; r2 = (44 - CC) ^ 33; r3 = 22 - 33 + (F0 ^ 440).
    CHECK(response_to(challenge(0x11, 0x22, 0x33, 0x44), ResponseShift::by_four) ==
          response(0x75, 0x56, 0x4B, 0x1F));
    CHECK(response_to(challenge(0x15, 0x37, 0x5A, 0x29), ResponseShift::by_four) ==
          response(0x29, 0x3B, 0x76, 0x3D));
    CHECK(response_to(plain_challenge, ResponseShift::by_four) == response(0x65, 0x5D, 0x5F, 0x67));
    // All but r3 = F0, of which seven bits are 70, come to nothing.
    CHECK(response_to(challenge(0, 0, 0, 0), ResponseShift::by_four) == response(0x0A, 0, 0, 0x70));
}

TEST_CASE("Mackie: by how much a response is shifted is not known, and either is taken", "[M2.9]") {
    const auto asked = challenge(0x11, 0x22, 0x33, 0x02);
    const auto by_four = response_to(asked, ResponseShift::by_four);
    const auto by_fourth = response_to(asked, ResponseShift::by_fourth);
    CHECK(by_four.numbers[1].value() == ((0x33 >> 4) ^ 0x13));
    CHECK(by_fourth.numbers[1].value() == ((0x33 >> 2) ^ 0x13));
    CHECK(answers(asked, by_four));
    CHECK(answers(asked, by_fourth));
    CHECK_FALSE(answers(asked, response(0, 0, 0, 0)));
    // Shifted by more bits than it has, nothing of a number is left.
    CHECK(response_to(challenge(0, 0, 0x7F, 0x7F), ResponseShift::by_fourth).numbers[1].value() == 0x7F);

    CHECK(response_to(plain_challenge, ResponseShift::by_four) ==
          response_to(plain_challenge, ResponseShift::by_fourth));
}

TEST_CASE("Mackie: what has REAPER send everything anew", "[M2.14]") {
    check_device_says("F0 00 00 66 14 01 58 59 5A 57 18 61 05 57 18 61 05 F7",
                      ConnectionQuery{greeting_serial, challenge(0x57, 0x18, 0x61, 0x05)}, Model::main_unit);
    check_device_says("F0 00 00 66 15 01 58 59 5A 57 18 61 05 57 18 61 04 F7",
                      ConnectionQuery{greeting_serial, plain_challenge}, Model::extender);
}

TEST_CASE("Mackie: an X-Touch in its Xctl mode says hello, and is kept awake by a device query",
          "[M2.16][M2.17]") {
    check_device_says("F0 00 20 32 58 54 00 F7", XctlHello{});
    check_host_says("F0 00 00 66 14 00 F7", DeviceQuery{}, Model::main_unit);
}
