#include "abletonosc/live_codec.hpp"

#include "support/catch.hpp"
#include "unit/abletonosc/live_frames.hpp"

#include <limits>
#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::abletonosc;
using namespace kedge::test;

namespace {

bool is_track_value(const std::vector<LiveArgument>& arguments) {
    const auto frame = live_frame("/live/track/get/volume", arguments);
    const auto message = osc::decode_message(frame);
    REQUIRE(message);
    return read_track_value(*message).has_value();
}

bool is_track_list(const std::vector<LiveArgument>& arguments) {
    const auto frame = live_frame("/live/song/get/track_data", arguments);
    const auto message = osc::decode_message(frame);
    REQUIRE(message);
    return read_track_list(*message).has_value();
}

}  // namespace

TEST_CASE("AbletonOSC: what is no track's value is none") {
    CHECK(is_track_value({0, 0.5F}));
    CHECK(is_track_value({0, true}));
    CHECK_FALSE(is_track_value({}));
    CHECK_FALSE(is_track_value({0}));
    CHECK_FALSE(is_track_value({-1, 0.5F}));
    CHECK_FALSE(is_track_value({1'000'000, 0.5F}));
    CHECK_FALSE(is_track_value({std::numeric_limits<float>::quiet_NaN(), 0.5F}));
    CHECK_FALSE(is_track_value({std::string("0"), 0.5F}));
    CHECK_FALSE(is_track_value({0, std::string("0.5")}));
    CHECK_FALSE(is_track_value({0, LiveNil{}}));
    CHECK_FALSE(is_track_value({0, 1, LiveNil{}}));
    CHECK_FALSE(is_track_value({0, 0.5F, 0.5F}));
    CHECK_FALSE(is_track_value({0, 0.5F, 1, 2}));
}

TEST_CASE("AbletonOSC: what is no list of tracks is none") {
    CHECK(is_track_list({}));
    CHECK(is_track_list({std::string("A"), true, false, false}));
    CHECK(is_track_list({std::string(""), 1, 0, 0}));
    CHECK_FALSE(is_track_list({std::string("A"), true, false}));
    CHECK_FALSE(is_track_list({std::string("A"), true, false, false, std::string("B")}));
    CHECK_FALSE(is_track_list({std::string("A"), std::string("B"), std::string("C"), std::string("D")}));
    CHECK_FALSE(is_track_list({1, true, false, false}));
    CHECK_FALSE(is_track_list({std::string("A"), true, LiveNil{}, false}));
}

TEST_CASE("AbletonOSC: values out of range are none") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(level_from_wire(0.85)->db() == Approx(0.0).margin(1e-9));
    CHECK(level_from_wire(1.0)->db() == Approx(6.0));
    CHECK(level_from_wire(1.0005)->db() == Approx(6.0));
    CHECK(level_from_wire(0.0)->is_silence());
    CHECK(meter_from_wire(0.0)->is_silence());
    CHECK(meter_from_wire(1.5)->db() == Approx(6.0));
    CHECK(pan_from_wire(-1.0) == Pan::left());
    CHECK(value_from_wire(Control::mute, 1.0) == ControlValue(Mute::muted));
    for (const double wrong : {nan, infinity, -infinity, -0.5, 1.5}) {
        CAPTURE(wrong);
        CHECK_FALSE(level_from_wire(wrong));
        CHECK_FALSE(value_from_wire(Control::fader, wrong));
        CHECK_FALSE(value_from_wire(Control::mute, wrong));
        CHECK_FALSE(value_from_wire(Control::trim, wrong));
        if (wrong != -0.5) CHECK_FALSE(pan_from_wire(wrong));
        if (wrong != 1.5) CHECK_FALSE(meter_from_wire(wrong));
    }
    CHECK_FALSE(value_from_wire(Control::mute, 0.5));
}

TEST_CASE("AbletonOSC: words of properties go both ways") {
    for (const TrackProperty property : all_track_properties)
        CHECK(track_property_from(wire_word(property)) == property);
    for (const SongProperty property : all_song_properties)
        CHECK(song_property_from(wire_word(property)) == property);
    CHECK_FALSE(track_property_from("arm"));
    CHECK_FALSE(song_property_from("groove_amount"));
    CHECK_FALSE(property_of(Control::trim));
}

TEST_CASE("AbletonOSC: beats are time by the tempo") {
    CHECK(time_at({4.0}, {120.0}) == SongTime::from_seconds(2.0));
    CHECK(time_at({3.0}, {90.0}) == SongTime::from_seconds(2.0));
    CHECK(beats_at(SongTime::from_seconds(2.0), {120.0}).count == Approx(4.0));
}
