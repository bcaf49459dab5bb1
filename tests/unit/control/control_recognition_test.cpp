#include "control/control_recognition.hpp"

#include "control/control_feedback.hpp"
#include "control/source_words.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::control;

namespace {

ControlSource source_of(const std::string& words) {
    return *source_from_words(words, midi::Channel());
}

/// What comes of a device whose control says these numbers, one after the other.
Recognised heard(const ControlSource& source, const std::vector<int>& values) {
    ControlRecognition recognition;
    const MotorBack says{source, FaderPosition::top};
    for (const int value : values)
        for (const auto& message : messages_for(says, FaderPosition(value))) recognition.hear(message);
    const auto all = recognition.controls();
    REQUIRE(all.size() == 1);
    return all.front();
}

std::string words(const std::string& source, const std::vector<int>& values) {
    return to_string(heard(source_of(source), values));
}

}  // namespace

TEST_CASE("Control recognition: what moves tell, and what they leave open") {
    CHECK(words("cc 7", {60, 61, 62, 65}) == "fader or pot (cc 7 ch 1)");
    CHECK(words("cc 7/39", {600, 633, 700}) == "fader or pot up to 16383 (cc 7/39 ch 1)");
    CHECK(words("nrpn 300", {600, 633, 700}) == "fader or pot up to 16383 (nrpn 300 ch 1)");
    CHECK(words("nrpn 300 coarse", {60, 61, 63}) == "fader or pot (nrpn 300 coarse ch 1)");
    CHECK(words("bend ch 3", {8000, 8016, 8032}) == "fader or pot up to 16368 (bend ch 3)");
    CHECK(words("cc 16", {1, 1, 127, 127}) == "encoder, twos complement (cc 16 ch 1)");
    CHECK(words("cc 16", {65, 65, 63}) == "encoder, binary offset (cc 16 ch 1)");
    CHECK(words("cc 16", {1, 1, 2, 65}) == "encoder, sign is back (cc 16 ch 1)");
    CHECK(words("cc 16", {65, 65, 1}) == "encoder, sign is clockwise (cc 16 ch 1)");
    CHECK(words("cc 16", {1, 1}) == "encoder, twos complement, or encoder, sign is back (cc 16 ch 1)");
    CHECK(words("cc 16", {65, 65}) == "encoder, binary offset, or encoder, sign is clockwise (cc 16 ch 1)");
    CHECK(words("note 16", {127, 0}) == "button (note 16 ch 1)");
    CHECK(words("note 16", {127}) == "button that is on until it is pressed again (note 16 ch 1)");
    CHECK(words("pressure 18", {1, 0}) == "button (pressure 18 ch 1)");
    CHECK(words("cc 41", {127, 0}) == "button, or fader or pot (cc 41 ch 1)");
    CHECK(words("cc 41", {127, 0, 127, 0}) == "button (cc 41 ch 1)");
    CHECK(words("cc 41", {60}) == "fader or pot, or button (cc 41 ch 1)");
    // The first FaderPort's encoder speaks in the upper half of a pitch bend.
    CHECK(words("bend", {128, 128, 127 * 128}) == "encoder, twos complement (bend ch 1)");
}

TEST_CASE("Control recognition: fingers, and the fader under them") {
    ControlRecognition recognition;
    const auto note = [](int velocity) {
        return midi::NoteOn{midi::Channel(), midi::Data7(104), midi::Data7(velocity)};
    };
    recognition.hear(note(127));
    for (const int at : {8000, 8016, 8033}) recognition.hear(midi::PitchBend{{}, midi::Data14(at)});
    recognition.hear(note(0));
    const auto all = recognition.controls();
    REQUIRE(all.size() == 2);
    CHECK(to_string(all[0]) == "touch, or button (note 104 ch 1)");
    CHECK(to_string(all[1]) == "fader or pot up to 16383 (bend ch 1)");
    recognition.forget();
    CHECK(recognition.controls().empty());
}

TEST_CASE("Control recognition: two controllers that are 32 apart, and no pair") {
    ControlRecognition recognition;
    const auto change = [&](int controller, int value) {
        recognition.hear(midi::ControlChange{{}, midi::Data7(controller), midi::Data7(value)});
    };
    for (const int at : {10, 11, 12}) change(7, at);
    for (const int at : {10, 11, 12}) change(40, at);
    CHECK(recognition.controls().size() == 2);
}

TEST_CASE("Control recognition: every kind of source, of any number") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto upto = [&](int last) { return std::uniform_int_distribution<int>(0, last)(random); };
    for (int round = 0; round < 500; ++round) {
        const midi::Channel channel(upto(15));
        const int low = upto(31);
        // The controllers by which parameters are told are none of their own.
        const int plain = 40 + upto(50);
        const std::vector<ControlSource> long_ones = {
            FromTwoControllers{channel, midi::Data7(low), midi::Data7(low + 32)},
            FromNrpn{channel, midi::Data14(upto(16'383)), true}, FromPitchBend{channel}};
        const std::vector<ControlSource> short_ones = {FromController{channel, midi::Data7(plain)},
                                                       FromNrpn{channel, midi::Data14(upto(16'383)), false}};
        std::vector<int> way = {1 + upto(50)};
        while (way.size() < 20) way.push_back(way.back() + 1 + upto(2));
        for (const auto& source : short_ones) {
            const auto control = heard(source, way);
            CHECK(control.source == source);
            CHECK(control.make == ControlMake(Absolute{127}));
        }
        std::vector<int> fine = way;
        for (int& value : fine) value = value * 100 + 1;
        fine.push_back(fine.back() + 2);
        for (const auto& source : long_ones) {
            const auto control = heard(source, fine);
            CHECK(control.source == source);
            CHECK(control.make == ControlMake(Absolute{16'383}));
        }
        const ControlSource turned = short_ones.front();
        for (const auto encoding : {TurnEncoding::twos_complement, TurnEncoding::binary_offset,
                                    TurnEncoding::sign_is_back, TurnEncoding::sign_is_clockwise}) {
            std::vector<int> says;
            for (const int ticks : {1, 1, 1 + upto(5), -1, -1, -1 - upto(5)})
                for (int value = 0; value < 128; ++value)
                    if (ticks_in(midi::Data7(value), encoding) == ticks) says.push_back(value);
            CHECK(heard(turned, says).make == ControlMake(Encoder{encoding}));
        }
        for (const ControlSource& pressed :
             {ControlSource(FromNote{channel, midi::Data7(upto(127))}),
              ControlSource(FromPolyPressure{channel, midi::Data7(upto(127))}), turned}) {
            const auto control = heard(pressed, {127, 0});
            CHECK(control.source == pressed);
            CHECK(control.make == ControlMake(Button{}));
            CHECK(control.way == ButtonWay::toggle);
        }
    }
}

TEST_CASE("Control recognition: which sources share messages") {
    const auto share = [](const std::string& a, const std::string& b) {
        return share_messages(source_of(a), source_of(b)) && share_messages(source_of(b), source_of(a));
    };
    CHECK(share("cc 7", "cc 7"));
    CHECK(share("cc 7", "cc 7/39"));
    CHECK(share("cc 39", "cc 7/39"));
    CHECK(share("nrpn 7", "nrpn 7 coarse"));
    CHECK_FALSE(share("cc 7", "cc 7 ch 2"));
    CHECK_FALSE(share("cc 7", "note 7"));
    CHECK_FALSE(share("bend", "bend ch 2"));
}
