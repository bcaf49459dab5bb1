// The simulated Live: tracks and their listeners, meters, the song.

#include "support/catch.hpp"
#include "unit/sim/live_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;
using namespace std::string_view_literals;

namespace {

constexpr std::int32_t listened = 7;
constexpr std::int32_t again = 8;

float last_number(const std::vector<Datagram>& heard) {
    REQUIRE_FALSE(heard.empty());
    const auto message = osc::decode_message(heard.back().bytes);
    REQUIRE(message);
    return message->float32(message->size() - 1).value();
}

}  // namespace

TEST_CASE("Live simulated: a listener goes along with its track, under the number it had", "[L2.8][L2.11]") {
    LiveBench bench;
    bench.ask("/live/track/start_listen/volume", {0, listened});
    bench.daw.reorder_tracks({1, 2, 0});
    CHECK(bench.pass(100ms).empty());
    bench.daw.move_fader(0, Decibels(-2.0));
    CHECK(bench.pass(100ms).empty());
    bench.daw.move_fader(2, Decibels(-18.0));
    CHECK(bench.pass(100ms) == Lines{"/live/track/get/volume i0 i7 f0.40"});
    bench.daw.remove_track(2);
    CHECK(bench.pass(100ms).empty());
    CHECK(bench.daw.listeners().heard() == 0);
}

TEST_CASE("Live simulated: listening anew where another track stands fails for volume and panning",
          "[L2.9]") {
    const bool gone = GENERATE(false, true);
    const std::string property = GENERATE("volume", "panning");
    CAPTURE(gone, property);
    LiveBench bench;
    bench.ask("/live/track/start_listen/" + property, {0, listened});
    if (gone) {
        bench.daw.remove_track(0);
    } else {
        bench.daw.reorder_tracks({1, 2, 0});
    }
    for (const std::string deed : {"start_listen/", "stop_listen/"}) {
        const auto heard = bench.ask("/live/track/" + deed + property, {0, listened});
        REQUIRE(heard.size() == 1);
        CHECK_THAT(heard[0], Catch::Contains("Observer not connected"));
    }
    CHECK(bench.ask("/live/track/start_listen/" + property, {0, again}).size() == 1);
    CHECK(bench.daw.listeners().heard() == (gone ? 1U : 2U));
}

TEST_CASE("Live simulated: for other properties it works, and the old listener goes on for ever", "[L2.10]") {
    LiveBench bench;
    bench.ask("/live/track/start_listen/mute", {0, listened});
    bench.daw.reorder_tracks({1, 2, 0});
    CHECK(bench.ask("/live/track/start_listen/mute", {0, listened}) ==
          Lines{"/live/track/get/mute i0 i7 F0"});
    bench.daw.mute_track(2, true);
    CHECK(bench.pass(100ms) == Lines{"/live/track/get/mute i0 i7 T1"});
    bench.ask("/live/track/stop_listen/mute", {0, listened});
    bench.daw.mute_track(0, true);
    CHECK(bench.pass(100ms).empty());
    bench.daw.mute_track(2, false);
    CHECK(bench.pass(100ms) == Lines{"/live/track/get/mute i0 i7 F0"});
}

TEST_CASE("Live simulated: listening anew to the same track is no second listener", "[L2.4]") {
    LiveBench bench;
    bench.ask("/live/track/start_listen/volume", {0, listened});
    bench.ask("/live/track/start_listen/volume", {0.0F, listened});
    CHECK(bench.daw.listeners().heard() == 1);
    bench.daw.move_fader(0, Decibels(-18.0));
    CHECK(bench.pass(100ms).size() == 1);
    bench.ask("/live/track/stop_listen/volume", {2, listened});
    CHECK(bench.daw.errors().empty());
}

TEST_CASE("Live simulated: what kind of track it is", "[L3.5][L3.6][L4.10][L4.11][L4.12]") {
    LiveBench bench;
    bench.track(1).kind = StripKind::midi_track;
    bench.track(2).kind = StripKind::midi_track;
    bench.track(2).stem.reset();
    bench.daw.put_into(0, bench.daw.add_group("Drums"));
    CHECK(bench.ask("/live/song/get/num_tracks") == Lines{"/live/song/get/num_tracks i4"});
    CHECK(bench.ask("/live/song/get/track_names") ==
          Lines{"/live/song/get/track_names sKick sOH sBass DI sDrums"});
    CHECK(bench.ask("/live/song/get/track_names", {1, 3}) ==
          Lines{"/live/song/get/track_names sOH sBass DI"});
    CHECK(bench.ask("/live/song/get/track_data", {0, -1, "track.has_audio_output"sv, "track.has_midi_input"sv,
                                                  "track.is_foldable"sv, "track.is_grouped"sv}) ==
          Lines{"/live/song/get/track_data T1 F0 F0 T1 T1 T1 F0 F0 F0 T1 F0 F0 T1 F0 T1 F0"});
    CHECK(bench.ask("/live/song/get/track_data",
                    {2, 3, "track.has_audio_input"sv, "track.has_midi_output"sv, "track.is_visible"sv}) ==
          Lines{"/live/song/get/track_data F0 T1 T1"});
    CHECK(bench.ask("/live/track/get/fold_state", {0}) == Lines{"/live/track/get/fold_state i0 N0"});
    CHECK(bench.ask("/live/track/get/fold_state", {3}) == Lines{"/live/track/get/fold_state i3 i0"});
}

TEST_CASE("Live simulated: a MIDI track without audio has no left and right meter", "[L5.4]") {
    LiveBench bench;
    bench.track(2).kind = StripKind::midi_track;
    bench.track(2).stem.reset();
    for (const std::string_view address :
         {"/live/track/get/output_meter_left"sv, "/live/track/start_listen/output_meter_right"sv}) {
        const auto heard = bench.ask(address, {2});
        REQUIRE(heard.size() == 1);
        CHECK_THAT(heard[0], Catch::Contains("Error handling OSC message"));
    }
    CHECK(bench.ask("/live/track/get/output_meter_level", {2}) ==
          Lines{"/live/track/get/output_meter_level i2 f0.00"});
}

TEST_CASE("Live simulated: meters show the fader's scale, ten times a second, and hold", "[L5.1][L5.2]") {
    Song song;
    song.stems = {steady("Tone", 0.5F, 2)};
    LiveBench bench(song);
    bench.ask("/live/track/start_listen/output_meter_level", {0, listened});
    bench.ask("/live/song/start_playing");
    bench.pass(200ms);
    CHECK(bench.pass(300ms).empty());  // nothing changes
    const auto shown = bench.ask("/live/track/get/output_meter_level", {0});
    // -6.02 dB, as the fader has it: (34 - 6.02) / 40.
    CHECK(shown == Lines{"/live/track/get/output_meter_level i0 f0.70"});
    bench.daw.move_fader(0, Decibels(-20.0));
    CHECK(bench.pass(800ms).empty());
    CHECK(last_number(bench.pass_raw(400ms)) < 0.4F);
}

TEST_CASE("Live simulated: when the song stops a meter may keep what it showed", "[L5.3]") {
    const bool keeps = GENERATE(false, true);
    LiveSettings settings;
    settings.keeps_meters = keeps;
    LiveBench bench(recorded_song(), settings);
    bench.ask("/live/song/start_playing");
    bench.pass(500ms);
    bench.ask("/live/song/stop_playing");
    bench.pass(4s);
    bench.send("/live/track/get/output_meter_level", {0});
    CHECK((last_number(bench.pass_raw(100ms)) > 0.6F) == keeps);
}

TEST_CASE("Live simulated: volumes stand where Live's scale has them", "[L6.1][L6.2]") {
    LiveBench bench;
    const std::vector<std::pair<float, double>> known = {
        {1.0F, 6.0}, {0.85F, 0.0}, {0.6F, -10.0}, {0.4F, -18.0}};
    for (const auto& [share, level] : known) {
        bench.ask("/live/track/set/volume", {0, share});
        CHECK(bench.track(0).fader.db() == Approx(level).margin(1e-5));
    }
    // v = -(sqrt(-799.503788 dB - 12630.61132) - 201.871345) / 399.751894 at -30 dB.
    bench.daw.move_fader(0, Decibels(-30.0));
    bench.send("/live/track/get/volume", {0});
    CHECK(last_number(bench.pass_raw(100ms)) == Approx(0.23843).margin(0.00001));
    bench.ask("/live/track/set/volume", {0, 0.0F});
    CHECK(bench.track(0).fader.is_silence());
}

TEST_CASE("Live simulated: the song plays, stops and is told in beats",
          "[L4.1][L4.2][L4.3][L4.4][L4.8][L4.9]") {
    LiveBench bench;
    for (const std::string_view property : {"is_playing"sv, "current_song_time"sv})
        bench.send("/live/song/start_listen/" + std::string(property));
    CHECK(bench.pass(100ms) ==
          Lines{"/live/song/get/is_playing F0", "/live/song/get/current_song_time f0.00"});
    CHECK(bench.ask("/live/song/get/song_length") == Lines{"/live/song/get/song_length f8.00"});
    CHECK(bench.ask("/live/song/set/current_song_time", {4.0F}) ==
          Lines{"/live/song/get/current_song_time f4.00"});
    bench.send("/live/song/continue_playing");
    bench.send("/live/song/continue_playing");
    const auto began = bench.pass(100ms);
    REQUIRE_FALSE(began.empty());
    CHECK(began[0] == "/live/song/get/is_playing T1");
    bench.pass(1s);
    const double beats = static_cast<double>(bench.daw.engine().position()) / 48'000.0 * 2.0;
    CHECK(beats == Approx(6.0).margin(0.1));
    bench.send("/live/song/stop_playing");
    CHECK(bench.pass(100ms)[0] == "/live/song/get/is_playing F0");
    const auto stood = bench.daw.engine().position();
    bench.ask("/live/song/start_playing");
    CHECK(bench.daw.engine().position() < stood);
    bench.ask("/live/song/stop_playing");
    for (const std::string_view property : {"is_playing"sv, "song_length"sv}) {
        const auto refused = bench.ask("/live/song/set/" + std::string(property), {1.0F});
        REQUIRE(refused.size() == 1);
        CHECK_THAT(refused[0], Catch::Contains("Unknown OSC address"));
    }
    CHECK(bench.ask("/live/song/get/is_playing") == Lines{"/live/song/get/is_playing F0"});
}

TEST_CASE("Live simulated: a loop holds the song, a tempo counts its beats", "[L4.5][L4.6][L4.7]") {
    LiveBench bench;
    bench.send("/live/song/start_listen/loop");
    bench.send("/live/song/start_listen/loop_length");
    bench.pass(100ms);
    bench.send("/live/song/set/loop_start", {2.0F});
    bench.send("/live/song/set/loop_length", {2.0F});
    bench.send("/live/song/set/loop", {1});
    bench.send("/live/song/set/loop", {1});
    CHECK(bench.pass(100ms) == Lines{"/live/song/get/loop_length f2.00", "/live/song/get/loop T1"});
    bench.ask("/live/song/continue_playing");
    for (int i = 0; i < 40; ++i) {
        bench.pass(100ms);
        CHECK(bench.daw.engine().position() <= 2 * 48'000 + AudioEngine::block);
    }
    CHECK(bench.daw.engine().position() >= 48'000);
    bench.ask("/live/song/stop_playing");
    bench.ask("/live/song/set/tempo", {60.0F});
    CHECK(bench.ask("/live/song/get/song_length") == Lines{"/live/song/get/song_length f4.00"});
}

TEST_CASE("Live simulated: a person's hands are told to who listens", "[L2.4]") {
    LiveBench bench;
    for (const std::string_view property : {"volume"sv, "panning"sv, "mute"sv, "solo"sv, "name"sv})
        bench.send("/live/track/start_listen/" + std::string(property), {0});
    bench.pass(100ms);
    bench.daw.move_fader(0, Decibels(6.0));
    bench.daw.turn_pan(0, Pan(0.5));
    bench.daw.mute_track(0, true);
    bench.daw.solo_track(0, true);
    bench.daw.rename_track(0, "Kick In");
    CHECK(bench.pass(100ms) == Lines{"/live/track/get/volume i0 f1.00", "/live/track/get/panning i0 f0.50",
                                     "/live/track/get/mute i0 T1", "/live/track/get/solo i0 T1",
                                     "/live/track/get/name i0 sKick In"});
    CHECK(bench.daw.wire_writes().empty());
}
