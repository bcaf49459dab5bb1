#include "ardour/session_limits.hpp"
#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

TEST_CASE("The handshake asks for the list, then for feedback alone, and for nothing that comes by itself") {
    Conversation talk(small_mixer());
    talk.start();
    REQUIRE(talk.sent.size() == 2);
    CHECK(talk.sent[0] == osc::encode("/set_surface", {0, 575, 16384, 0, 0, 0, 0}));
    CHECK(talk.sent[1] == osc::encode("/strip/list"));
    CHECK_FALSE(talk.session.ready());
    REQUIRE(talk.run_until_ready(2s));
    REQUIRE(talk.sent.size() == 3);
    CHECK(talk.sent[2] == osc::encode("/set_surface/feedback", {17599}));
    CHECK(talk.count<surface::Ready>() == 1);
    CHECK(talk.session.counters().datagrams_out == 3);
    CHECK(talk.session.counters().malformed == 0);
    CHECK(talk.session.counters().wrong_type == 0);
    CHECK(talk.session.counters().out_of_range == 0);
    CHECK(talk.session.counters().unknown_path == 0);
}

TEST_CASE("At Ready the whole mixer is known") {
    Conversation talk(small_mixer());
    talk.ardour.strips[0].gain_db = -7.3;
    talk.ardour.strips[0].trim_db = 2.25;
    talk.ardour.strips[0].pan = 1.0;
    talk.ardour.strips[1].muted = true;
    talk.ardour.strips[1].group = "Rhythm";
    talk.ardour.strips[2].soloed = true;
    talk.ardour.strips[2].hidden = true;
    talk.ardour.strips[2].gain_automation = 1;
    talk.ardour.session_name = "Demo";
    talk.ardour.rate = 44'100;
    talk.ardour.end_samples = 44'100 * 60;
    talk.start();
    REQUIRE(talk.run_until_ready());

    const MixerState& mixer = talk.session.mixer();
    CHECK(mixer.session.name == "Demo");
    CHECK(mixer.session.rate.hertz == 44'100);
    CHECK(mixer.session.end == SongTime::from_seconds(60));
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Bass", "Vox", "Master"});
    const Strip& kick = talk.strip("Kick");
    CHECK(kick.fader->db() == Approx(-7.3).margin(1e-5));
    CHECK(kick.trim == 2.25_dB);
    CHECK(kick.pan == Pan::left());
    CHECK(kick.mute == Mute::open);
    CHECK(kick.inputs == 1);
    CHECK(kick.outputs == 2);
    CHECK(kick.group.empty());
    CHECK(talk.strip("Bass").mute == Mute::muted);
    CHECK(talk.strip("Bass").group == "Rhythm");
    CHECK(talk.strip("Vox").soloed);
    CHECK(talk.strip("Vox").hidden);
    CHECK(talk.strip("Vox").fader_automation == AutomationMode::play);
    REQUIRE(mixer.master());
    CHECK(mixer.master()->name.name == "Master");
}

TEST_CASE("VCAs, buses, MIDI tracks and the master are strips with what they have") {
    Conversation talk({strip_of_type("MT", "Synth", 0, 2), strip_of_type("MT", "Click MIDI", 0, 0),
                       strip_of_type("B", "Drums", 2, 2), strip_of_type("MB", "Through", 0, 1),
                       strip_of_type("V", "All", 0, 0), strip_of_type("MA", "Master", 2, 2)});
    talk.start();
    REQUIRE(talk.run_until_ready(2s));
    // Nothing was asked for that such a strip has not.
    CHECK(talk.sent.size() == 3);
    const auto& strips = talk.session.mixer().strips;
    REQUIRE(strips.size() == 6);
    CHECK(strips[0].name.kind == StripKind::midi_track);
    CHECK(strips[2].name.kind == StripKind::audio_bus);
    CHECK(strips[3].name.kind == StripKind::midi_bus);
    CHECK(strips[4].name.kind == StripKind::vca);
    CHECK(strips[5].name.kind == StripKind::master);
    CHECK(strips[1].fader);
    CHECK_FALSE(strips[1].trim);
    CHECK(strips[3].trim);
    CHECK_FALSE(strips[3].pan);
    CHECK(strips[4].fader);
    CHECK_FALSE(strips[4].trim);
    CHECK_FALSE(strips[4].pan);
    CHECK_FALSE(strips[4].inputs);
    const auto refused =
        talk.command(surface::SetControl{strips[4].id, Control::pan, ControlValue(Pan::left())});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::refused);
    CHECK(refused.error().message == "'All' has no pan.");
}

TEST_CASE("A session without a master is believed when it says so twice") {
    Conversation talk({track("A"), track("B")});
    talk.start();
    REQUIRE(talk.run_until_ready());
    CHECK(talk.names() == std::vector<std::string>{"A", "B"});
    CHECK(talk.sent_to("/strip/list") == 2);
}

TEST_CASE("Nobody there: the greeting is said again, then Lost, once, within the limit") {
    Conversation talk(small_mixer());
    talk.ardour.dead = true;
    talk.start();
    talk.run_for(ardour::greeting_patience - 1ms);
    CHECK(talk.count<surface::Lost>() == 0);
    CHECK(talk.sent_to("/set_surface") == 4);
    talk.run_for(ardour::quiet + 1ms);
    CHECK(talk.count<surface::Lost>() == 1);
    CHECK(talk.now <= Instant{} + 3s);
    talk.run_for(60s);
    CHECK(talk.count<surface::Lost>() == 1);
    CHECK_FALSE(talk.session.ready());
    CHECK(talk.session.counters().reconnects == 0);
}

TEST_CASE("A DAW that comes up late is found without being told") {
    Conversation talk(small_mixer());
    talk.ardour.dead = true;
    talk.start();
    talk.run_for(30s);
    talk.ardour.dead = false;
    REQUIRE(talk.run_until_ready(6s));
    CHECK(talk.count<surface::Ready>() == 1);
    CHECK(talk.session.counters().reconnects == 0);
}

TEST_CASE("A greeting that is lost is said again") {
    Conversation talk(small_mixer());
    int heard = 0;
    talk.ardour.never_hears = [&](const osc::Message&) { return heard++ < 2; };
    talk.start();
    REQUIRE(talk.run_until_ready(2s));
    CHECK(talk.sent_to("/set_surface") == 2);
    CHECK(talk.count<surface::Lost>() == 0);
}

TEST_CASE("Mixers of 200 and 512 strips are ready without a question too many") {
    for (const int strips : {200, 512}) {
        CAPTURE(strips);
        Conversation talk(mixer_of(strips));
        talk.start();
        REQUIRE(talk.run_until_ready(2s));
        CHECK(talk.session.mixer().strips.size() == static_cast<std::size_t>(strips));
        CHECK(talk.sent.size() == 3);
        std::set<StripId> ids;
        for (const auto& strip : talk.session.mixer().strips) {
            ids.insert(strip.id);
            CHECK(strip.fader);
        }
        CHECK(ids.size() == static_cast<std::size_t>(strips));
    }
}

TEST_CASE("Before Ready nothing is done but stopping the transport") {
    Conversation talk(small_mixer());
    CHECK_FALSE(talk.command(surface::Stop{}));
    talk.start();
    talk.forget_the_past();
    CHECK_FALSE(talk.command(surface::Play{}));
    CHECK_FALSE(talk.command(surface::Locate{SongTime{}}));
    CHECK_FALSE(talk.command(surface::SaveSession{}));
    const auto set = talk.command(surface::SetControl{StripId{1}, Control::fader, ControlValue(0_dB)});
    REQUIRE_FALSE(set);
    CHECK(set.error().kind == ErrorKind::refused);
    CHECK(set.error().message == "Ardour has not told all its strips yet.");
    CHECK(talk.sent.empty());
    CHECK(talk.command(surface::Stop{}));
    CHECK(talk.sent_to("/transport_stop") == 1);
}
