#include "support/catch.hpp"
#include "unit/abletonosc/live_talk.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

TEST_CASE("LiveSession: the handshake ends with every track and value known") {
    LiveTalk talk(small_song());
    talk.live.tempo = 90.0F;
    talk.live.time = 3.0F;
    talk.connect();
    REQUIRE(talk.names() == std::vector<std::string>{"Kick", "Bass", "Keys"});
    const Strip& kick = talk.strip("Kick");
    const Strip& bass = talk.strip("Bass");
    const Strip& keys = talk.strip("Keys");
    CHECK(kick.fader->db() == Approx(-6.0).margin(1e-5));
    CHECK(bass.fader->db() == Approx(0.0).margin(1e-5));
    CHECK(bass.pan == Pan(-0.5));
    CHECK(bass.mute == Mute::muted);
    CHECK(kick.mute == Mute::open);
    CHECK_FALSE(kick.trim);
    CHECK(keys.soloed);
    CHECK(keys.name.kind == StripKind::midi_track);
    CHECK(kick.outputs == 2);
    CHECK(talk.session.mixer().master() == nullptr);
    CHECK(talk.session.position() == SongTime::from_seconds(2.0));
    CHECK(talk.session.rolling() == false);
    CHECK(talk.session.mixer().session.end == SongTime::from_seconds(160.0));
    CHECK(talk.session.capabilities().session_end);
    CHECK(talk.live.errors == 0);
}

TEST_CASE("LiveSession: what AbletonOSC has not, it does not claim") {
    const abletonosc::LiveSession session;
    const Capabilities& can = session.capabilities();
    CHECK_FALSE(can.trim);
    CHECK_FALSE(can.touch);
    CHECK_FALSE(can.fader_lines);
    CHECK_FALSE(can.manual_plays);
    CHECK_FALSE(can.markers);
    CHECK_FALSE(can.bars);
    CHECK_FALSE(can.finds_end);
    CHECK_FALSE(can.session_end);
    CHECK(can.pan);
    CHECK(can.loop);
    CHECK(can.read_back);
    CHECK(can.fader_top == 6_dB);
    CHECK(can.longest_detour == longest_detour_of_a_network);
}

TEST_CASE("LiveSession: a script that is older is spoken to as well") {
    LiveTalk talk(small_song());
    talk.live.repeats_marks = false;
    talk.live.knows_length = false;
    talk.connect();
    CHECK_FALSE(talk.session.capabilities().session_end);
    CHECK_FALSE(talk.session.mixer().session.end);
    REQUIRE(talk.command(surface::QueryControl{talk.id("Kick"), Control::fader}));
    const Instant asked = talk.now;
    talk.run_for(300ms);
    const auto reports = talk.all<surface::ControlReported>();
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].asked);
    CHECK(reports[0].asked_at == asked);
}

TEST_CASE("LiveSession: nobody there is said once, and Live is found when it comes") {
    LiveTalk talk(small_song());
    talk.live.dead = true;
    surface::Effects effects;
    talk.session.start(talk.now, effects);
    std::size_t lost = 0;
    for (int i = 0; i < 100; ++i) {
        talk.now += 100ms;
        talk.session.wake(talk.now, effects);
    }
    for (const auto& effect : effects)
        if (const auto* event = std::get_if<surface::Event>(&effect))
            lost += std::holds_alternative<surface::Lost>(*event) ? 1U : 0U;
    CHECK(lost == 1);
    CHECK_FALSE(talk.command(surface::Play{}));
    talk.live.dead = false;
    talk.hear({live_frame("/live/test", {std::string("ok")})});
    CHECK(talk.run_until_ready());
}

TEST_CASE("LiveSession: silence is lost, and Live comes back with the same tracks") {
    LiveTalk talk(small_song());
    talk.connect();
    const StripId bass = talk.id("Bass");
    talk.live.dead = true;
    talk.run_for(5s);
    REQUIRE(talk.all<surface::Lost>().size() == 1);
    CHECK_FALSE(talk.session.ready());
    CHECK_FALSE(talk.command(surface::SetControl{bass, Control::fader, 0_dB}));
    talk.live.dead = false;
    REQUIRE(talk.run_until_ready());
    CHECK(talk.all<surface::Ready>().size() == 1);
    CHECK(talk.id("Bass") == bass);
    CHECK(talk.session.counters().reconnects == 1);
}

TEST_CASE("LiveSession: a script that is loaded anew has another song, whatever its tracks are called") {
    LiveTalk talk(small_song());
    talk.connect();
    const StripId bass = talk.id("Bass");
    talk.hear(talk.live.load());
    talk.run_for(10ms);
    CHECK(talk.all<surface::Lost>().size() == 1);
    REQUIRE(talk.run_until_ready());
    CHECK(talk.id("Bass") != bass);
    talk.forget_the_past();
    talk.hear(talk.live.move_volume(1, 0.5F));
    talk.run_for(10ms);
    CHECK(talk.strip("Bass").fader->db() == Approx(-14.0).margin(1e-5));
}

TEST_CASE("LiveSession: on a wire that loses one in three, both ways, everything is known in the end") {
    const unsigned seed = 20'261'124;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 20; ++round) {
        CAPTURE(round);
        std::vector<ScriptedTrack> tracks(12);
        for (std::size_t i = 0; i < tracks.size(); ++i) {
            tracks[i].name = "Track " + std::to_string(i + 1);
            tracks[i].volume = 0.4F + 0.05F * static_cast<float>(i);
        }
        LiveTalk talk(tracks);
        const auto one_in_three = [&](const osc::Message&) { return random() % 3 == 0; };
        talk.live.loses = one_in_three;
        talk.live.never_hears = one_in_three;
        talk.connect();
        for (std::size_t i = 0; i < tracks.size(); ++i)
            CHECK(talk.strip(tracks[i].name).fader->db() ==
                  Approx(40.0 * static_cast<double>(tracks[i].volume) - 34.0).margin(1e-4));
    }
}

TEST_CASE("LiveSession: a hundred tracks are asked in portions that fit between two ticks") {
    std::vector<ScriptedTrack> tracks(100);
    for (std::size_t i = 0; i < tracks.size(); ++i) tracks[i].name = "T" + std::to_string(i);
    LiveTalk talk(tracks);
    std::size_t most = 0;
    surface::Effects effects;
    talk.session.start(talk.now, effects);
    for (int i = 0; i < 200 && !talk.session.ready(); ++i) {
        std::size_t now_sent = 0;
        for (const auto& effect : effects)
            if (const auto* bytes = std::get_if<surface::SendBytes>(&effect)) {
                ++now_sent;
                talk.live.hear(bytes->bytes);
            }
        effects.clear();
        most = std::max(most, now_sent);
        for (const auto& datagram : talk.live.tick()) talk.session.receive(talk.now, datagram, effects);
        talk.now += 100ms;
        talk.session.wake(talk.now, effects);
    }
    CHECK(talk.session.ready());
    CHECK(most <= 140);
    CHECK(talk.session.mixer().strips.size() == 100);
}

TEST_CASE("LiveSession: at the end it stops listening, and nothing is left in the script") {
    LiveTalk talk(small_song());
    talk.connect();
    CHECK(talk.live.subscriptions() == 3 * 5 + 6);
    surface::Effects effects;
    talk.session.close(talk.now, effects);
    for (const auto& effect : effects)
        if (const auto* bytes = std::get_if<surface::SendBytes>(&effect)) talk.live.hear(bytes->bytes);
    (void)talk.live.tick();
    CHECK(talk.live.subscriptions() == 0);
    CHECK(talk.live.errors == 0);
    CHECK_FALSE(talk.session.ready());
}
