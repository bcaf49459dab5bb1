#include "abletonosc/live_codec.hpp"
#include "support/catch.hpp"
#include "unit/abletonosc/live_frames.hpp"

#include <string_view>

using namespace kedge;
using namespace kedge::abletonosc;
using namespace kedge::test;
using namespace std::string_view_literals;

namespace {

void check_golden(const std::vector<std::byte>& sent, std::string_view bytes) {
    CHECK(sent == live_bytes(bytes));
}

/// What stands in the bytes, read as one message.
TrackValue read_golden(std::string_view bytes) {
    const auto frame = live_bytes(bytes);
    const auto message = osc::decode_message(frame);
    REQUIRE(message);
    const auto value = read_track_value(*message);
    REQUIRE(value);
    return *value;
}

}  // namespace

TEST_CASE("AbletonOSC: what is sent, byte by byte") {
    check_golden(test_message(), "/live/test\0\0,\0\0\0"sv);
    check_golden(
        ask_track_list(),
        "/live/song/get/track_data\0\0\0,iissss\0\0\0\0\0\xFF\xFF\xFF\xFF"
        "track.name\0\0track.has_audio_output\0\0track.has_midi_input\0\0\0\0track.is_foldable\0\0\0"sv);
    check_golden(listen_to(3, TrackProperty::volume, Mark{7}),
                 "/live/track/start_listen/volume\0,ii\0\0\0\0\x03\0\0\0\x07"sv);
    check_golden(listen_to(0, TrackProperty::meter, Mark{256}),
                 "/live/track/start_listen/output_meter_level\0,ii\0\0\0\0\0\0\0\x01\0"sv);
    check_golden(stop_listening_to(1, TrackProperty::panning, Mark{2}),
                 "/live/track/stop_listen/panning\0,ii\0\0\0\0\x01\0\0\0\x02"sv);
    check_golden(ask(2, TrackProperty::mute, Mark{5}),
                 "/live/track/get/mute\0\0\0\0,ii\0\0\0\0\x02\0\0\0\x05"sv);
    check_golden(listen_to(SongProperty::time), "/live/song/start_listen/current_song_time\0\0\0,\0\0\0"sv);
    check_golden(stop_listening_to(SongProperty::playing),
                 "/live/song/stop_listen/is_playing\0\0\0,\0\0\0"sv);
    check_golden(ask(SongProperty::length), "/live/song/get/song_length\0\0,\0\0\0"sv);
    check_golden(set_control(1, Control::fader, Decibels(-14.0)),
                 "/live/track/set/volume\0\0,if\0\0\0\0\x01\x3F\0\0\0"sv);
    check_golden(set_control(1, Control::fader, Decibels::silence()),
                 "/live/track/set/volume\0\0,if\0\0\0\0\x01\0\0\0\0"sv);
    check_golden(set_control(0, Control::pan, Pan(-0.5)),
                 "/live/track/set/panning\0,if\0\0\0\0\0\xBF\0\0\0"sv);
    check_golden(set_control(4, Control::mute, Mute::muted),
                 "/live/track/set/mute\0\0\0\0,ii\0\0\0\0\x04\0\0\0\x01"sv);
    check_golden(set_guarded(std::array{GuardedSet{1, Mark{2}, Control::fader, Decibels(-14.0)},
                                        GuardedSet{1, Mark{2}, Control::mute, Mute::muted}}),
                 "#bundle\0\0\0\0\0\0\0\0\x01"
                 "\0\0\0\x2C/live/track/start_listen/volume\0,ii\0\0\0\0\x01\0\0\0\x02"
                 "\0\0\0\x24/live/track/set/volume\0\0,if\0\0\0\0\x01\x3F\0\0\0"
                 "\0\0\0\x24/live/track/set/mute\0\0\0\0,ii\0\0\0\0\x01\0\0\0\x01"sv);
    check_golden(go_to({16.0}), "/live/song/set/current_song_time\0\0\0\0,f\0\0\x41\x80\0\0"sv);
    check_golden(switch_loop(false), "/live/song/set/loop\0,i\0\0\0\0\0\0"sv);
}

TEST_CASE("AbletonOSC: what is heard of tracks, byte by byte") {
    // A report of what was subscribed to with a mark, an answer that repeats its question's, one that does
    // not, and booleans.
    const auto report = read_golden("/live/track/get/volume\0\0,iif\0\0\0\0\0\0\0\x03\0\0\0\x07\x3F\0\0\0"sv);
    CHECK(report.track == 3);
    CHECK(report.subscription == Mark{7});
    CHECK_FALSE(report.question);
    CHECK(report.value == 0.5);
    const auto answer = read_golden("/live/track/get/volume\0\0,ifi\0\0\0\0\0\0\0\x03\x3F\0\0\0\0\0\0\x09"sv);
    CHECK_FALSE(answer.subscription);
    CHECK(answer.question == Mark{9});
    CHECK(answer.value == 0.5);
    const auto plain = read_golden("/live/track/get/volume\0\0,if\0\0\0\0\x03\x3F\0\0\0"sv);
    CHECK_FALSE(plain.subscription);
    CHECK_FALSE(plain.question);
    CHECK(plain.value == 0.5);
    const auto muted = read_golden("/live/track/get/mute\0\0\0\0,iiT\0\0\0\0\0\0\0\x01\0\0\0\x02"sv);
    CHECK(muted.subscription == Mark{2});
    CHECK(muted.value == 1.0);
    const auto open = read_golden("/live/track/get/mute\0\0\0\0,iFi\0\0\0\0\0\0\0\x01\0\0\0\x02"sv);
    CHECK(open.question == Mark{2});
    CHECK(open.value == 0.0);
    // A track's number may have come as a float, and gone back so.
    CHECK(read_golden("/live/track/get/solo\0\0\0\0,fiT\0\0\0\0\x40\0\0\0\0\0\0\x01"sv).track == 2);
}

TEST_CASE("AbletonOSC: the list of tracks, byte by byte") {
    const auto frame =
        live_bytes("/live/song/get/track_data\0\0\0,sTFFsFTFsTFT\0\0\0Kick\0\0\0\0Keys\0\0\0\0Drums\0\0\0"sv);
    const auto message = osc::decode_message(frame);
    REQUIRE(message);
    const auto tracks = read_track_list(*message);
    REQUIRE(tracks);
    CHECK(*tracks == std::vector<TrackFacts>{{"Kick", true, false, false},
                                             {"Keys", false, true, false},
                                             {"Drums", true, false, true}});
    CHECK((*tracks)[0].kind() == StripKind::audio_track);
    CHECK((*tracks)[1].kind() == StripKind::midi_track);
    CHECK((*tracks)[2].kind() == StripKind::audio_bus);
}
