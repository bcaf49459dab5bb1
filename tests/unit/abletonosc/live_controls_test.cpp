#include "support/catch.hpp"
#include "unit/abletonosc/live_talk.hpp"

#include <string>
#include <vector>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

TEST_CASE("LiveSession: what is set is reported by Live and read back by a question") {
    LiveTalk talk(small_song());
    talk.connect();
    const StripId bass = talk.id("Bass");
    REQUIRE(talk.command(surface::SetControl{bass, Control::fader, Decibels(-12.5)}));
    REQUIRE(talk.command(surface::SetControl{bass, Control::pan, Pan(0.25)}));
    REQUIRE(talk.command(surface::SetControl{bass, Control::mute, Mute::open}));
    CHECK(talk.strip("Bass").fader->db() == Approx(0.0).margin(1e-5));
    talk.run_for(200ms);
    CHECK(talk.strip("Bass").fader->db() == Approx(-12.5).margin(1e-4));
    CHECK(talk.strip("Bass").pan->position() == Approx(0.25));
    CHECK(talk.strip("Bass").mute == Mute::open);
    for (const auto& report : talk.all<surface::ControlReported>()) CHECK_FALSE(report.asked);
    talk.forget_the_past();
    const Instant asked = talk.now;
    REQUIRE(talk.command(surface::QueryControl{bass, Control::fader}));
    talk.run_for(200ms);
    const auto answers = talk.all<surface::ControlReported>();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].asked);
    CHECK(answers[0].asked_at == asked);
    CHECK(std::get<Decibels>(answers[0].value).db() == Approx(-12.5).margin(1e-4));
}

TEST_CASE("LiveSession: an answer is its own question's, in whatever order answers come") {
    LiveTalk talk(small_song());
    talk.connect();
    const StripId kick = talk.id("Kick");
    surface::Effects effects;
    std::vector<std::int32_t> marks;
    std::vector<Instant> asked;
    for (int i = 0; i < 2; ++i) {
        asked.push_back(talk.now);
        REQUIRE(talk.session.command(talk.now, surface::QueryControl{kick, Control::fader}, effects));
        talk.now += 10ms;
    }
    for (const auto& effect : effects)
        if (const auto* bytes = std::get_if<surface::SendBytes>(&effect)) {
            const auto message = osc::decode_message(bytes->bytes);
            REQUIRE(message);
            if (message->address() == "/live/track/get/volume") marks.push_back(message->int32(1).value());
        }
    REQUIRE(marks.size() == 2);
    effects.clear();
    const auto answer = [&](float value, std::int32_t mark) {
        talk.session.receive(talk.now, live_frame("/live/track/get/volume", {0, value, mark}), effects);
    };
    answer(0.5F, marks[1]);
    answer(0.6F, marks[0]);  // overtaken: an answer, but not what the fader is by now
    answer(0.6F, marks[0]);  // doubled
    answer(0.7F, 12'345);    // to nobody's question
    std::vector<surface::ControlReported> reports;
    const auto keep_reports = [&] {
        for (const auto& effect : effects)
            if (const auto* event = std::get_if<surface::Event>(&effect))
                reports.push_back(std::get<surface::ControlReported>(*event));
        effects.clear();
    };
    keep_reports();
    CHECK(reports.empty());  // not before the tracks are known to stand where they stood
    talk.now += 10ms;
    talk.session.wake(talk.now, effects);
    talk.session.receive(talk.now, talk.live.track_list(), effects);
    keep_reports();
    REQUIRE(reports.size() == 2);
    CHECK(reports[0].asked_at == asked[1]);
    CHECK(reports[1].asked_at == asked[0]);
    CHECK(talk.strip("Kick").fader->db() == Approx(-14.0).margin(1e-5));
}

TEST_CASE("LiveSession: an answer of a track that has another's number by now proves nothing") {
    LiveTalk talk(small_song());
    talk.connect();
    const StripId kick = talk.id("Kick");
    REQUIRE(talk.command(surface::SetControl{kick, Control::fader, Decibels(-20.0)}));
    REQUIRE(talk.command(surface::QueryControl{kick, Control::fader}));
    talk.live.move(0, 2);
    talk.run_for(2s);
    for (const auto& report : talk.all<surface::ControlReported>()) CHECK_FALSE(report.asked);
    const auto changes = talk.all<surface::StripsChanged>();
    REQUIRE(changes.size() == 1);
    // The Bass got the value, and it is said so.
    REQUIRE(changes[0].crossed.size() == 1);
    CHECK(changes[0].crossed[0].strip == talk.id("Bass"));
    CHECK(talk.strip("Kick").fader->db() == Approx(-6.0).margin(1e-5));
}

TEST_CASE("LiveSession: an answer gives way to a report that comes before the list") {
    LiveTalk talk(small_song());
    talk.connect();
    REQUIRE(talk.command(surface::QueryControl{talk.id("Kick"), Control::fader}));
    talk.run_for(105ms);
    talk.hear(talk.live.move_volume(0, 0.5F));
    talk.run_for(1s);
    CHECK(talk.strip("Kick").fader->db() == Approx(-14.0).margin(1e-5));
    const auto reports = talk.all<surface::ControlReported>();
    REQUIRE(reports.size() == 2);
    CHECK_FALSE(reports[0].asked);
    CHECK(reports[1].asked);
}

TEST_CASE("LiveSession: meters are the fader's scale, and fall silent when the song stops") {
    LiveTalk talk(small_song());
    talk.connect();
    const StripId kick = talk.id("Kick");
    REQUIRE(talk.command(surface::Play{}));
    talk.run_for(200ms);
    CHECK(talk.session.rolling() == true);
    REQUIRE(talk.all<surface::TransportReported>().size() == 1);
    talk.hear(talk.live.show_meter(0, 0.7F));
    talk.run_for(10ms);
    CHECK(talk.session.meter(kick)->db() == Approx(-6.0).margin(1e-5));
    REQUIRE(talk.command(surface::Stop{}));
    talk.run_for(200ms);
    CHECK(talk.session.rolling() == false);
    CHECK(talk.session.meter(kick)->is_silence());
    const auto readings = talk.all<surface::MeterRead>();
    REQUIRE(readings.size() == 2);
    CHECK(readings[1].level.is_silence());
}

TEST_CASE("LiveSession: the playhead goes by beats, and time by the tempo it began with") {
    LiveTalk talk(small_song());
    talk.connect();
    REQUIRE(talk.command(surface::Locate{SongTime::from_seconds(10.0)}));
    talk.run_for(200ms);
    CHECK(talk.live.time == Approx(20.0));
    CHECK(talk.session.position() == SongTime::from_seconds(10.0));
    CHECK_FALSE(talk.command(surface::Locate{SongTime::from_seconds(-1.0)}));
    REQUIRE(talk.command(surface::Play{}));
    talk.run_for(200ms);
    talk.hear(talk.live.play_on_to(22.0F));
    talk.run_for(10ms);
    CHECK(talk.session.position() == SongTime::from_seconds(11.0));
    // A change of tempo in the song leaves behind what was played already.
    talk.hear({live_frame("/live/song/get/tempo", {60.0F})});
    talk.hear(talk.live.play_on_to(24.0F));
    talk.run_for(10ms);
    CHECK(talk.session.position() == SongTime::from_seconds(12.0));
    REQUIRE(talk.command(surface::Stop{}));
    talk.run_for(200ms);
    CHECK(talk.session.position() == SongTime::from_seconds(24.0));
}

TEST_CASE("LiveSession: the loop is told, and switched") {
    LiveTalk talk(small_song());
    talk.live.loop = true;
    talk.connect();
    const SongRange eight_beats{SongTime::from_seconds(4.0), SongTime::from_seconds(12.0)};
    CHECK(talk.session.loop() == SongLoop{true, eight_beats});
    REQUIRE(talk.command(surface::SwitchLoop{false}));
    talk.run_for(200ms);
    CHECK_FALSE(talk.live.loop);
    CHECK(talk.session.loop() == SongLoop{false, eight_beats});
}

TEST_CASE("LiveSession: what cannot be done is refused with a reason, and nothing is sent") {
    LiveTalk talk(small_song());
    talk.connect();
    const StripId kick = talk.id("Kick");
    const auto refused = [&](const surface::Command& command) {
        const auto done = talk.command(command);
        REQUIRE_FALSE(done);
        CHECK(done.error().kind == ErrorKind::refused);
        CHECK_FALSE(done.error().message.empty());
    };
    refused(surface::SetControl{kick, Control::trim, 0_dB});
    refused(surface::QueryControl{kick, Control::trim});
    refused(surface::SetControl{StripId{999}, Control::fader, 0_dB});
    refused(surface::SetAutomation{kick, Control::fader, AutomationMode::write});
    refused(surface::TouchControl{kick, Control::fader, true});
    refused(surface::ReadFaderLines{{kick}});
    refused(surface::WriteFaderLines{});
    refused(surface::LocateMark{1});
    refused(surface::FindEnd{});
    refused(surface::SaveSession{});
    CHECK(talk.sent.empty());
}

TEST_CASE("LiveSession: what it does not understand is counted, and changes nothing") {
    LiveTalk talk(small_song());
    talk.connect();
    const auto before = talk.session.mixer();
    const auto counters = talk.session.counters();
    const StripId kick = talk.id("Kick");
    talk.hear({live_bytes("not OSC"), live_frame("/live/track/get/volume", {0, LiveNil{}}),
               live_frame("/live/track/get/volume", {77, 0.5F}), live_frame("/live/song/get/tempo", {-5.0F}),
               live_frame("/live/song/get/tempo", {std::string("fast")}),
               live_frame("/live/song/get/groove_amount", {1.0F}),
               live_frame("/live/track/get/arm", {0, true}), live_frame("/strip/gain/1", {0.5F}),
               live_frame("/live/error", {std::string("oh")}),
               live_frame("/live/song/get/track_data", {1, 2, 3})});
    talk.run_for(10ms);
    CHECK(talk.session.mixer() == before);
    CHECK(talk.session.ready());
    CHECK(talk.id("Kick") == kick);
    CHECK(talk.session.counters().malformed == counters.malformed + 1);
    CHECK(talk.session.counters().wrong_type == counters.wrong_type + 3);
    CHECK(talk.session.counters().out_of_range == counters.out_of_range + 2);
    CHECK(talk.session.counters().unknown_path == counters.unknown_path + 3);
}
