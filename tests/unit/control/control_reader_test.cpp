#include "control/control_reader.hpp"

#include "midi/stream_parser.hpp"
#include "support/catch.hpp"
#include "unit/control/position_at.hpp"

#include <initializer_list>
#include <random>

using namespace kedge;
using namespace kedge::control;
using kedge::control::test::at;

namespace {

std::vector<ControlNews> heard(ControlReader& reader, std::initializer_list<int> bytes) {
    midi::StreamParser parser;
    std::vector<std::byte> raw;
    for (const int each : bytes) raw.push_back(static_cast<std::byte>(each));
    std::vector<midi::Message> messages;
    parser.receive(raw, messages);
    std::vector<ControlNews> all;
    for (const auto& message : messages) {
        const auto news = reader.read(message);
        all.insert(all.end(), news.begin(), news.end());
    }
    return all;
}

std::vector<ControlNews> only(ControlNews news) {
    return {news};
}

const midi::Channel channel_1;

}  // namespace

TEST_CASE("Controls: a slider of seven bits goes all the way") {
    // A nanoKONTROL2's first two sliders in CC mode.
    const std::vector<ControlSpec> controls = {
        {"fader 1", FromController{channel_1, midi::Data7(0)}, Absolute{}},
        {"fader 2", FromController{channel_1, midi::Data7(1)}, Absolute{}}};
    ControlReader reader(controls);
    CHECK(heard(reader, {0xB0, 0, 127}) == only(ControlMoved{0, at(16383)}));
    CHECK(heard(reader, {0xB0, 1, 0}) == only(ControlMoved{1, at(0)}));
    CHECK(heard(reader, {0xB0, 1, 64}) == only(ControlMoved{1, at(8256)}));
    CHECK(heard(reader, {0xB1, 1, 64}).empty());
    CHECK(heard(reader, {0xB0, 2, 64}).empty());
    CHECK(reader.unknown() == 2);
    CHECK(heard(reader, {0xF8, 0xFE}).empty());  // clock and active sensing say nothing
    CHECK(reader.unknown() == 2);
}

TEST_CASE("Controls: a fader of ten bits reaches its top where the device says it ends") {
    const std::vector<ControlSpec> controls = {
        {"fader 1", FromPitchBend{channel_1}, Absolute{16'368}},
        {"touch 1", FromNote{channel_1, midi::Data7(0x68)}, TouchOf{"fader 1"}}};
    ControlReader reader(controls);
    CHECK(heard(reader, {0xE0, 0x70, 0x7F}) == only(ControlMoved{0, at(16383)}));
    CHECK(heard(reader, {0xE0, 0x7F, 0x7F}) == only(ControlMoved{0, at(16383)}));
    CHECK(heard(reader, {0xE0, 0x00, 0x00}) == only(ControlMoved{0, at(0)}));
    CHECK(heard(reader, {0x90, 0x68, 0x7F}) == only(ControlTouched{0, true}));
    CHECK(heard(reader, {0x90, 0x68, 0x00}) == only(ControlTouched{0, false}));
    CHECK(heard(reader, {0x80, 0x68, 0x40}) == only(ControlTouched{0, false}));
}

TEST_CASE("Controls: a value in two messages counts with the second") {
    // The first FaderPort's fader, and its switch for a touch.
    const std::vector<ControlSpec> controls = {
        {"fader", FromTwoControllers{channel_1, midi::Data7(0), midi::Data7(0x20)}, Absolute{1'023}},
        {"touch", FromPolyPressure{channel_1, midi::Data7(127)}, TouchOf{"fader"}},
        {"mute", FromPolyPressure{channel_1, midi::Data7(18)}, Button{}}};
    ControlReader reader(controls);
    CHECK(heard(reader, {0xB0, 0x20, 0x7F}).empty());  // its first half was not heard
    CHECK(heard(reader, {0xB0, 0x00, 0x07}).empty());
    CHECK(heard(reader, {0xB0, 0x20, 0x7F}) == only(ControlMoved{0, at(16383)}));
    CHECK(heard(reader, {0xA0, 127, 1}) == only(ControlTouched{0, true}));
    CHECK(heard(reader, {0xA0, 18, 1}) == only(ControlPressed{2, true}));
    CHECK(heard(reader, {0xA0, 18, 0}) == only(ControlPressed{2, false}));
    reader.reset();
    CHECK(heard(reader, {0xB0, 0x20, 0x7F}).empty());
}

TEST_CASE("Controls: NRPN counts with its data entry, and not what an RPN is told") {
    const std::vector<ControlSpec> controls = {
        {"fine", FromNrpn{channel_1, midi::Data14(300), true}, Absolute{16'383}},
        {"coarse", FromNrpn{channel_1, midi::Data14(301), false}, Absolute{127}}};
    ControlReader reader(controls);
    CHECK(heard(reader, {0xB0, 99, 2, 98, 44, 6, 64}).empty());
    CHECK(heard(reader, {0xB0, 38, 5}) == only(ControlMoved{0, at(64 * 128 + 5)}));
    CHECK(heard(reader, {0xB0, 98, 45, 6, 127}) == only(ControlMoved{1, at(16383)}));
    CHECK(heard(reader, {0xB0, 101, 0, 100, 0, 6, 12, 38, 0}).empty());
    CHECK(reader.unknown() == 2);
}

TEST_CASE("Controls: encoders, in their four encodings") {
    struct Turned {
        TurnEncoding encoding;
        int clockwise, back, three, fastest_back;
    };
    const auto one = GENERATE(Turned{TurnEncoding::twos_complement, 1, 127, 3, 65},
                              Turned{TurnEncoding::binary_offset, 65, 63, 67, 1},
                              Turned{TurnEncoding::sign_is_back, 1, 65, 3, 127},
                              Turned{TurnEncoding::sign_is_clockwise, 65, 1, 67, 63});
    const std::vector<ControlSpec> controls = {
        {"encoder 1", FromController{channel_1, midi::Data7(16)}, Encoder{one.encoding}}};
    ControlReader reader(controls);
    CHECK(heard(reader, {0xB0, 16, one.clockwise}) == only(ControlTurned{0, 1}));
    CHECK(heard(reader, {0xB0, 16, one.back}) == only(ControlTurned{0, -1}));
    CHECK(heard(reader, {0xB0, 16, one.three}) == only(ControlTurned{0, 3}));
    CHECK(heard(reader, {0xB0, 16, one.fastest_back}) == only(ControlTurned{0, -63}));
    CHECK(heard(reader, {0xB0, 16, one.encoding == TurnEncoding::binary_offset ? 64 : 0}).empty());
}

TEST_CASE("Controls: any bytes are read") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<ControlSpec> controls = {
        {"a", FromController{channel_1, midi::Data7(6)}, Absolute{}},
        {"b", FromTwoControllers{channel_1, midi::Data7(1), midi::Data7(33)}, Absolute{16'383}},
        {"c", FromNrpn{midi::Channel(1), midi::Data14(5)}, Absolute{16'383}},
        {"d", FromPitchBend{channel_1}, Absolute{16'383}},
        {"e", FromPitchBend{midi::Channel(3)}, Encoder{TurnEncoding::binary_offset}},
        {"f", FromNote{channel_1, midi::Data7(4)}, Button{}},
        {"g", FromNote{channel_1, midi::Data7(4)}, TouchOf{"d"}}};
    ControlReader reader(controls);
    midi::StreamParser parser;
    std::vector<std::byte> raw(200'000);
    for (auto& each : raw) each = static_cast<std::byte>(random());
    std::vector<midi::Message> messages;
    parser.receive(raw, messages);
    std::size_t news = 0;
    for (const auto& message : messages)
        for (const auto& each : reader.read(message))
            news +=
                std::visit([&](const auto& one) { return one.control < controls.size() ? 1U : 0U; }, each);
    CHECK(news > 100);
    CHECK(reader.unknown() > 100);
}
