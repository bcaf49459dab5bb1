// The simulated Live: bytes, ticks, who is told, what is wrong. Frames were written from what is known of
// AbletonOSC.

#include "support/catch.hpp"
#include "unit/sim/live_bench.hpp"

using namespace kedge;
using namespace kedge::sim;
using namespace kedge::sim::test;
using namespace std::string_view_literals;

namespace {

constexpr std::int32_t mark = 7;
const std::string_view every_track = "*";

/// What one datagram is answered by, byte by byte.
void check_answer(std::string_view asked, std::string_view answered) {
    LiveBench bench;
    bench.send_bytes(LiveBench::bytes_of(asked));
    const auto heard = bench.pass_raw(100ms);
    INFO(asked);
    REQUIRE(heard.size() == 1);
    CHECK(heard[0].bytes == LiveBench::bytes_of(answered));
    CHECK(heard[0].to == Peer{0x7F000001, 11'001});
}

}  // namespace

TEST_CASE("Live simulated: questions and answers, byte by byte", "[L1.1][L1.7][L1.9][L2.2]") {
    check_answer("/live/test\0\0,\0\0\0"sv, "/live/test\0\0,s\0\0ok\0\0"sv);
    check_answer("/live/application/get/version\0\0\0,\0\0\0"sv,
                 "/live/application/get/version\0\0\0,ii\0\0\0\0\x0C\0\0\0\0"sv);
    check_answer("/live/track/get/panning\0,i\0\0\0\0\0\0"sv,
                 "/live/track/get/panning\0,if\0\0\0\0\0\0\0\0\0"sv);
    check_answer("/live/track/get/mute\0\0\0\0,ii\0\0\0\0\x01\0\0\0\x09"sv,
                 "/live/track/get/mute\0\0\0\0,iFi\0\0\0\0\0\0\0\x01\0\0\0\x09"sv);
    check_answer("/live/track/get/fold_state\0\0,i\0\0\0\0\0\x02"sv,
                 "/live/track/get/fold_state\0\0,iN\0\0\0\0\x02"sv);
    check_answer("/live/track/get/name\0\0\0\0,i\0\0\0\0\0\x01"sv,
                 "/live/track/get/name\0\0\0\0,is\0\0\0\0\x01OH\0\0"sv);
    check_answer("/live/track/start_listen/solo\0\0\0,ii\0\0\0\0\0\0\0\0\x07"sv,
                 "/live/track/get/solo\0\0\0\0,iiF\0\0\0\0\0\0\0\0\0\0\0\x07"sv);
    check_answer("/live/song/get/tempo\0\0\0\0,\0\0\0"sv, "/live/song/get/tempo\0\0\0\0,f\0\0\x42\xF0\0\0"sv);
    check_answer("/live/song/get/track_data\0\0\0,iis\0\0\0\0\0\0\0\0\0\0\0\x02track.name\0\0"sv,
                 "/live/song/get/track_data\0\0\0,ss\0Kick\0\0\0\0OH\0\0"sv);
}

TEST_CASE("Live simulated: what is wrong, byte by byte", "[L1.5][L2.12]") {
    check_answer("/live/nothing\0\0\0,\0\0\0"sv,
                 "/live/error\0,s\0\0Unknown OSC address: /live/nothing\0\0"sv);
    check_answer("/live/track/get/volume\0\0,i\0\0\0\0\0\x03"sv,
                 "/live/error\0,s\0\0Error handling OSC message: Index out of range\0\0"sv);
    check_answer("no OSC at all"sv, "/live/error\0,s\0\0Error parsing OSC message\0\0\0"sv);
}

TEST_CASE("Live simulated: an older script's answers end with the value", "[L2.2]") {
    LiveSettings settings;
    settings.repeats_questions = false;
    LiveBench bench(recorded_song(), settings);
    CHECK(bench.ask("/live/track/get/solo", {2, mark}) == Lines{"/live/track/get/solo i2 F0"});
}

TEST_CASE("Live simulated: it looks every 100 ms, and then at all that came", "[L1.3][L1.6]") {
    LiveBench bench;
    bench.send("/live/track/get/mute", {0});
    bench.send("/live/track/get/mute", {1});
    CHECK(bench.pass(98ms).empty());
    CHECK(bench.pass(2ms).size() == 2);
    CHECK(bench.heard_at_once == 0);
    // An address that nothing has ends nothing, an exception does.
    bench.send("/live/track/get/mute", {0});
    bench.send("/live/no/such");
    bench.send("/live/track/get/mute", {99});
    bench.send("/live/track/get/mute", {1});
    CHECK(bench.pass(100ms) == Lines{"/live/track/get/mute i0 F0",
                                     "/live/error sUnknown OSC address: /live/no/such",
                                     "/live/error sError handling OSC message: Index out of range"});
    CHECK(bench.pass(100ms) == Lines{"/live/track/get/mute i1 F0"});
}

TEST_CASE("Live simulated: an exception takes the rest of its bundle along", "[L1.4][L1.6]") {
    LiveBench bench;
    const auto get = [](std::int32_t track) { return osc::encode("/live/track/get/mute", {track}); };
    bench.send_bytes(osc::encode_bundle(std::array{get(0), get(1)}));
    CHECK(bench.pass(100ms) == Lines{"/live/track/get/mute i0 F0", "/live/track/get/mute i1 F0"});
    bench.send_bytes(osc::encode_bundle(std::array{get(99), get(1)}));
    CHECK(bench.pass(200ms).size() == 1);
    LiveSettings older;
    older.takes_bundles = false;
    LiveBench old_bench(recorded_song(), older);
    old_bench.send_bytes(osc::encode_bundle(std::array{get(0)}));
    CHECK(old_bench.pass(100ms) == Lines{"/live/error sError parsing OSC message"});
}

TEST_CASE("Live simulated: answers go to who asked, reports to who spoke last", "[L1.1][L1.2]") {
    LiveBench bench;
    bench.send("/live/track/start_listen/volume", {0, mark});
    bench.pass(100ms);
    bench.send("/live/test", {}, LiveBench::elsewhere);
    const auto answered = bench.pass_raw(100ms);
    REQUIRE(answered.size() == 1);
    CHECK(answered[0].to == Peer{LiveBench::elsewhere.address, 11'001});
    bench.daw.move_fader(0, Decibels(-18.0));
    const auto told = bench.pass_raw(100ms);
    REQUIRE(told.size() == 1);
    CHECK(told[0].to == Peer{LiveBench::elsewhere.address, 11'001});
}

TEST_CASE("Live simulated: the script says that it was loaded, and knows no listener", "[L1.8]") {
    SimulatedLive fresh(recorded_song());
    std::vector<Datagram> out;
    fresh.advance(Instant{}, out);
    REQUIRE(out.size() == 1);
    CHECK(line_of(out[0].bytes) == "/live/startup");
    LiveBench bench;
    bench.ask("/live/track/start_listen/volume", {0, mark});
    bench.daw.quit();
    CHECK(bench.ask("/live/test").empty());
    bench.daw.open();
    CHECK(bench.pass(100ms) == Lines{"/live/startup"});
    bench.daw.move_fader(0, Decibels(-3.0));
    CHECK(bench.pass(100ms).empty());
    CHECK(bench.daw.listeners().heard() == 0);
}

TEST_CASE("Live simulated: what is said to it while it is frozen is lost, while it hangs it waits") {
    LiveBench bench;
    bench.daw.freeze(true);
    CHECK(bench.ask("/live/test").empty());
    bench.daw.freeze(false);
    CHECK(bench.pass(100ms).empty());
    bench.daw.hang(true);
    CHECK(bench.ask("/live/test").empty());
    bench.daw.hang(false);
    CHECK(bench.pass(100ms).size() == 1);
}

TEST_CASE("Live simulated: a set is not answered, and told to who listens",
          "[L2.3][L2.4][L2.5][L3.1][L3.2][L3.3][L3.4]") {
    LiveBench bench;
    CHECK(bench.ask("/live/track/set/volume", {1, 0.4F}).empty());
    CHECK(distance(bench.track(1).fader, Decibels(-18.0)) < Decibels(0.001));
    CHECK(bench.ask("/live/track/start_listen/volume", {1, mark}) ==
          Lines{"/live/track/get/volume i1 i7 f0.40"});
    CHECK(bench.ask("/live/track/set/volume", {1, 0.85F}) == Lines{"/live/track/get/volume i1 i7 f0.85"});
    CHECK(bench.ask("/live/track/set/volume", {1, 0.85F}).empty());
    CHECK(bench.ask("/live/track/stop_listen/volume", {1, mark}).empty());
    CHECK(bench.ask("/live/track/set/volume", {1, 0.5F}).empty());
    bench.ask("/live/track/set/panning", {1, -0.25F});
    bench.ask("/live/track/set/mute", {1, 1});
    bench.ask("/live/track/set/solo", {1, 1});
    bench.ask("/live/track/set/name", {1, "Overheads"sv});
    CHECK(bench.track(1).pan == Pan(-0.25));
    CHECK(bench.track(1).muted);
    CHECK(bench.track(1).soloed);
    CHECK(bench.track(1).name == "Overheads");
    REQUIRE(bench.daw.wire_writes().size() == 6);
    CHECK(bench.daw.wire_writes().back().strip == bench.track(1).id);
    CHECK(bench.daw.errors().empty());
}

TEST_CASE("Live simulated: what is no track, or no value, is an exception", "[L2.12]") {
    LiveBench bench;
    const auto is_error = [&](std::string_view address, std::initializer_list<osc::Argument> arguments) {
        INFO(address);
        const auto heard = bench.ask(address, arguments);
        REQUIRE(heard.size() == 1);
        CHECK_THAT(heard[0], Catch::Contains("/live/error sError handling OSC message"));
    };
    is_error("/live/track/get/volume", {});
    is_error("/live/track/get/volume", {"Kick"sv});
    is_error("/live/track/get/volume", {-1});
    is_error("/live/track/set/volume", {0});
    is_error("/live/track/set/volume", {0, "loud"sv});
    is_error("/live/track/set/volume", {0, 1.01F});
    is_error("/live/track/set/volume", {0, std::numeric_limits<float>::quiet_NaN()});
    is_error("/live/track/set/panning", {0, -1.01F});
    is_error("/live/track/set/name", {0, 3});
    is_error("/live/track/start_listen/mute", {3, mark});
    is_error("/live/song/set/tempo", {10.0F});
    is_error("/live/song/set/current_song_time", {-1.0F});
    is_error("/live/song/set/loop", {});
    is_error("/live/song/get/track_data", {0, 4, "track.name"sv});
    is_error("/live/song/get/track_data", {0, 3, "clip.name"sv});
    is_error("/live/song/get/track_names", {0});
    CHECK(bench.daw.wire_writes().empty());
    CHECK(bench.track(0).fader == Decibels());
}

TEST_CASE("Live simulated: a track's number may be a float, and \"*\" is all of them", "[L2.1][L2.6][L2.7]") {
    LiveBench bench;
    CHECK(bench.ask("/live/track/get/name", {1.0F}) == Lines{"/live/track/get/name i1 sOH"});
    bench.ask("/live/track/set/mute", {every_track, 1});
    for (const SimStrip& track : bench.daw.engine().strips()) CHECK(track.muted);
    CHECK(bench.ask("/live/track/get/mute", {every_track}) == Lines{"/live/track/get/mute i0 T1"});
    CHECK(bench.ask("/live/track/start_listen/mute", {every_track}).size() == 3);
    CHECK_FALSE(bench.daw.engine().master().muted);
}

TEST_CASE("Live simulated: no address reads or writes automation, or saves", "[L4.13][L7.1]") {
    LiveBench bench;
    for (const std::string_view address :
         {"/live/song/save"sv, "/live/track/get/automation_state"sv, "/live/track/set/automation"sv}) {
        INFO(address);
        const auto heard = bench.ask(address, {0});
        REQUIRE(heard.size() == 1);
        CHECK_THAT(heard[0], Catch::Contains("Unknown OSC address"));
    }
    CHECK(bench.daw.times_saved() == 0);
    bench.daw.save();
    CHECK(bench.daw.times_saved() == 1);
}
