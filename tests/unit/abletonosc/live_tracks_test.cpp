#include "support/catch.hpp"
#include "unit/abletonosc/live_talk.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> names_in(const ScriptedLive& live) {
    std::vector<std::string> names;
    for (const auto& track : live.tracks) names.push_back(track.name);
    return names;
}

}  // namespace

TEST_CASE("LiveSession: tracks that come, go and move are found out, and the others keep their ids") {
    LiveTalk talk(small_song());
    talk.connect();
    const StripId kick = talk.id("Kick");
    const StripId keys = talk.id("Keys");
    ScriptedTrack snare;
    snare.name = "Snare";
    snare.volume = 0.5F;
    talk.live.add(snare, 1);
    talk.run_for(1'500ms);
    REQUIRE(talk.run_until_ready());
    CHECK(talk.names() == std::vector<std::string>{"Kick", "Snare", "Bass", "Keys"});
    CHECK(talk.all<surface::StripsUnsettled>().size() == 1);
    REQUIRE(talk.all<surface::StripsChanged>().size() == 1);
    CHECK(talk.all<surface::StripsChanged>()[0].added == std::vector<StripId>{talk.id("Snare")});
    CHECK(talk.all<surface::StripsChanged>()[0].removed.empty());
    CHECK(talk.id("Kick") == kick);
    CHECK(talk.id("Keys") == keys);
    CHECK(talk.strip("Snare").fader->db() == Approx(-14.0).margin(1e-5));
    talk.forget_the_past();
    talk.live.move(3, 0);
    talk.live.remove(2);
    talk.run_for(1'500ms);
    REQUIRE(talk.run_until_ready());
    CHECK(talk.names() == std::vector<std::string>{"Keys", "Kick", "Bass"});
    CHECK(talk.id("Keys") == keys);
    CHECK(talk.all<surface::Lost>().empty());
}

TEST_CASE("LiveSession: a subscription that went along with its track says nothing under another's number") {
    LiveTalk talk(small_song());
    talk.connect();
    talk.live.move(0, 2);  // Bass, Keys, Kick
    // Before anybody knows: what is reported is of the track that it was subscribed for, still.
    talk.hear(talk.live.move_volume(2, 0.4F));
    talk.run_for(50ms);
    CHECK(talk.strip("Kick").fader->db() == Approx(-18.0).margin(1e-4));
    talk.run_for(1'500ms);
    REQUIRE(talk.run_until_ready());
    REQUIRE(talk.names() == std::vector<std::string>{"Bass", "Keys", "Kick"});
    // Afterwards: the old subscription still speaks of Kick as number 0, which is Bass.
    const auto bass = talk.strip("Bass").fader;
    talk.hear(talk.live.move_volume(2, 0.6F));
    talk.run_for(50ms);
    CHECK(talk.strip("Bass").fader == bass);
    CHECK(talk.strip("Kick").fader->db() == Approx(-10.0).margin(1e-4));
}

TEST_CASE(
    "LiveSession: of tracks of one name, one that is deleted does not leave its subscription to the other") {
    auto song = small_song();
    song[1].name = "Kick";
    LiveTalk talk(song);
    talk.connect();
    talk.live.remove(0);
    talk.run_for(1'500ms);
    REQUIRE(talk.run_until_ready());
    REQUIRE(talk.names() == std::vector<std::string>{"Kick", "Keys"});
    talk.hear(talk.live.move_volume(0, 0.5F));
    talk.run_for(50ms);
    CHECK(talk.strip("Kick").fader->db() == Approx(-14.0).margin(1e-5));
}

TEST_CASE("LiveSession: a value that met another track is named when the tracks are known again") {
    LiveTalk talk(small_song());
    talk.live.takes_bundles = false;
    talk.connect();
    const StripId kick = talk.id("Kick");
    talk.live.move(0, 2);  // Bass, Keys, Kick
    REQUIRE(talk.command(surface::SetControl{kick, Control::fader, Decibels(-10.0)}));
    talk.run_for(1'500ms);
    REQUIRE(talk.run_until_ready());
    const auto changes = talk.all<surface::StripsChanged>();
    REQUIRE(changes.size() == 1);
    REQUIRE(changes[0].crossed.size() == 1);
    CHECK(changes[0].crossed[0].strip == talk.id("Bass"));
    CHECK(changes[0].crossed[0].control == Control::fader);
    CHECK(talk.strip("Bass").fader->db() == Approx(-10.0).margin(1e-4));
    CHECK(talk.strip("Kick").fader->db() == Approx(-6.0).margin(1e-4));
}

TEST_CASE("LiveSession: with an old list nothing is sent to a number that may be another's") {
    LiveTalk talk(small_song());
    talk.connect();
    talk.live.never_hears = [](const osc::Message& message) {
        return message.address() == "/live/song/get/track_data";
    };
    talk.run_for(2s);
    REQUIRE(talk.session.ready());
    talk.forget_the_past();
    REQUIRE(talk.command(surface::SetControl{talk.id("Kick"), Control::fader, 0_dB}));
    CHECK(talk.sent_to("/live/track/set/volume") == 0);
    CHECK(talk.sent_to("/live/song/get/track_data") == 1);
    talk.live.never_hears = [](const osc::Message&) { return false; };
    talk.run_for(300ms);
    REQUIRE(talk.command(surface::SetControl{talk.id("Kick"), Control::fader, 0_dB}));
    CHECK(talk.sent_to("/live/track/set/volume") <= 1);
    talk.run_for(300ms);
    REQUIRE(talk.command(surface::SetControl{talk.id("Kick"), Control::fader, 0_dB}));
    talk.run_for(10ms);
    CHECK(talk.sent_to("/live/track/set/volume") >= 1);
}

TEST_CASE("LiveSession: a script that knows bundles sets no track but the one that was meant") {
    const auto control = GENERATE(Control::fader, Control::pan, Control::mute);
    LiveTalk talk(small_song());
    talk.connect();
    const StripId kick = talk.id("Kick");
    const auto before = talk.live.tracks;
    const ControlValue value = control == Control::fader ? ControlValue(Decibels(-10.0))
                               : control == Control::pan ? ControlValue(Pan(0.25))
                                                         : ControlValue(Mute::muted);
    talk.live.move(0, 2);  // Bass, Keys, Kick
    REQUIRE(talk.command(surface::SetControl{kick, control, value}));
    REQUIRE(talk.command(surface::SetControl{talk.id("Keys"), control, value}));
    talk.run_for(1'500ms);
    REQUIRE(talk.run_until_ready());
    CHECK(talk.live.errors == 1);
    for (const auto& was : before) {
        const auto is = std::find_if(talk.live.tracks.begin(), talk.live.tracks.end(),
                                     [&](const ScriptedTrack& one) { return one.object == was.object; });
        INFO(was.name);
        CHECK(is->volume == was.volume);
        CHECK(is->panning == was.panning);
        CHECK(is->mute == was.mute);
    }
    // Where they stand now they are set.
    REQUIRE(talk.command(surface::SetControl{kick, control, value}));
    REQUIRE(talk.command(surface::QueryControl{kick, control}));
    talk.run_for(500ms);
    const auto reports = talk.all<surface::ControlReported>();
    REQUIRE_FALSE(reports.empty());
    CHECK(reports.back().asked);
    CHECK(reports.back().strip == kick);
    if (control == Control::fader)
        CHECK(std::get<Decibels>(reports.back().value).db() == Approx(-10.0).margin(1e-4));
    else
        CHECK(reports.back().value == value);
}

TEST_CASE("LiveSession: values that are set together leave together, before what asks for them") {
    LiveTalk talk(small_song());
    talk.connect();
    talk.forget_the_past();
    for (int i = 0; i < 13; ++i)
        REQUIRE(talk.command(surface::SetControl{talk.id("Kick"), Control::fader, Decibels(-i)}));
    CHECK(talk.sent.size() == 1);  // as many as go into one datagram
    REQUIRE(talk.command(surface::QueryControl{talk.id("Kick"), Control::fader}));
    REQUIRE(talk.sent.size() == 3);
    CHECK(osc::decode(talk.sent[1]).messages.size() == 2);
    CHECK(osc::decode(talk.sent[0]).messages.size() == 13);
    talk.run_for(500ms);
    CHECK(talk.strip("Kick").fader->db() == Approx(-12.0).margin(1e-4));
}

TEST_CASE("LiveSession: whatever happens to the tracks, each strip ends with its own track's fader") {
    const unsigned seed = 20'261'125;
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
    std::vector<ScriptedTrack> tracks(8);
    for (std::size_t i = 0; i < tracks.size(); ++i) tracks[i].name = "T" + std::to_string(i);
    LiveTalk talk(tracks);
    talk.connect();
    std::size_t next_name = tracks.size();
    for (int round = 0; round < 150; ++round) {
        CAPTURE(round);
        const std::size_t count = talk.live.tracks.size();
        switch (below(4)) {
            case 0: {
                const auto before = names_in(talk.live);
                const std::size_t from = below(count);
                const std::size_t to = below(count);
                talk.live.move(from, to);
                // Tracks of one name that change places look as before: nothing could tell.
                if (names_in(talk.live) == before) talk.live.move(to, from);
                break;
            }
            case 1:
                if (count > 3) talk.live.remove(below(count));
                break;
            case 2: {
                ScriptedTrack track;
                // Now and then a name that another track has.
                track.name = "T" + std::to_string(below(3) == 0 ? below(next_name) : next_name++);
                talk.live.add(track, below(count + 1));
                break;
            }
            default:
                talk.live.tracks[below(count)].name = "T" + std::to_string(next_name++);
                break;
        }
        talk.run_for(std::chrono::milliseconds(below(1'200)));
        const std::size_t moved = below(talk.live.tracks.size());
        talk.hear(talk.live.move_volume(moved, 0.4F + 0.001F * static_cast<float>(below(600))));
        talk.run_for(1'200ms);
        if (!talk.run_until_ready()) FAIL("never ready again");
        talk.run_for(200ms);
        const auto& strips = talk.session.mixer().strips;
        REQUIRE(strips.size() == talk.live.tracks.size());
        for (std::size_t i = 0; i < strips.size(); ++i) {
            CHECK(strips[i].name.name == talk.live.tracks[i].name);
            CHECK(strips[i].fader->db() ==
                  Approx(40.0 * static_cast<double>(talk.live.tracks[i].volume) - 34.0).margin(1e-3));
        }
    }
}
