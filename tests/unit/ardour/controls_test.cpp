#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

namespace {

surface::ControlReported only_report(const Conversation& talk) {
    const auto reports = talk.all<surface::ControlReported>();
    REQUIRE(reports.size() == 1);
    return reports[0];
}

}  // namespace

TEST_CASE("A control that is set goes out in Ardour's words, and its echo is a report of its own accord") {
    struct Row {
        Control control;
        ControlValue value;
        Bytes bytes;
    };
    const Row rows[] = {
        {Control::fader, -3.1_dB, osc::encode("/strip/gain/02", {-3.1F})},
        {Control::fader, Decibels::silence(), osc::encode("/strip/gain/02", {-200.0F})},
        {Control::trim, 4.5_dB, osc::encode("/strip/trimdB/02", {4.5F})},
        {Control::pan, Pan(-0.5), osc::encode("/strip/pan_stereo_position/02", {0.75F})},
        {Control::mute, Mute::muted, osc::encode("/strip/mute/02", {1})},
    };
    for (const Row& row : rows) {
        CAPTURE(to_string(row.control), to_string(row.value));
        Conversation talk(small_mixer());
        talk.connect();
        REQUIRE(talk.command(surface::SetControl{talk.id("Bass"), row.control, row.value}));
        REQUIRE(talk.sent.size() == 1);
        CHECK(talk.sent[0] == row.bytes);
        // Nothing is believed before Ardour says so.
        CHECK(talk.events.empty());
        CHECK(talk.strip("Bass").fader == -6_dB);
        talk.run_for(10ms);
        const auto report = only_report(talk);
        CHECK(report.strip == talk.id("Bass"));
        CHECK(report.control == row.control);
        CHECK_FALSE(report.asked);
        CHECK(to_string(report.value) == to_string(row.value));
        CHECK(talk.strip("Bass").control(row.control) == report.value);
    }
}

TEST_CASE("A question is answered once, marked as asked, and exactly") {
    for (const Control control : all_controls) {
        CAPTURE(to_string(control));
        Conversation talk(small_mixer());
        talk.ardour.strips[2].gain_db = -8.9;
        talk.ardour.strips[2].trim_db = 1.9;
        talk.ardour.strips[2].pan = 0.2;
        talk.connect();
        const auto before = talk.strip("Vox");
        REQUIRE(talk.command(surface::QueryControl{talk.id("Vox"), control}));
        talk.run_for(10ms);
        const auto report = only_report(talk);
        CHECK(report.asked);
        CHECK(report.value == *before.control(control));
        CHECK(talk.strip("Vox") == before);
    }
}

TEST_CASE("A value clipped by Ardour is reported as it stands") {
    Conversation talk(small_mixer());
    talk.connect();
    REQUIRE(talk.command(surface::SetControl{talk.id("Kick"), Control::fader, ControlValue(20_dB)}));
    talk.run_for(10ms);
    CHECK(std::get<Decibels>(only_report(talk).value).db() == Approx(6.0206).margin(1e-4));
    CHECK(talk.strip("Kick").fader->db() == Approx(6.0206).margin(1e-4));
}

TEST_CASE("An error echo is a refusal, and changes nothing") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto before = talk.session.mixer();
    talk.ardour.never_hears = [](const osc::Message&) { return true; };
    REQUIRE(talk.command(surface::SetControl{talk.id("Kick"), Control::fader, ControlValue(0_dB)}));
    talk.hear(osc::encode("/strip/gain/01", {-200.0F}));
    REQUIRE(talk.count<surface::ControlRefused>() == 1);
    CHECK(talk.all<surface::ControlRefused>()[0].strip == talk.id("Kick"));
    CHECK(talk.all<surface::ControlRefused>()[0].control == Control::fader);
    REQUIRE(talk.command(surface::SetControl{talk.id("Bass"), Control::pan, ControlValue(Pan::left())}));
    talk.hear(osc::encode("/strip/pan_stereo_position/02", {0.0F}));
    REQUIRE(talk.count<surface::ControlRefused>() == 2);
    CHECK(talk.all<surface::ControlRefused>()[1].control == Control::pan);
    CHECK(talk.count<surface::ControlReported>() == 0);
    CHECK(talk.session.mixer() == before);
}

TEST_CASE("A lost answer does not spoil the exact value that is fed back later") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.ardour.loses = [](const osc::Message& m) { return m.address().starts_with("/strip/gain/"); };
    REQUIRE(talk.command(surface::QueryControl{talk.id("Kick"), Control::fader}));
    talk.run_for(100ms);
    CHECK(talk.count<surface::ControlReported>() == 0);
    talk.hear(osc::encode(strip_path("gain", 1), {-8.9F}));
    const auto report = only_report(talk);
    CHECK_FALSE(report.asked);
    CHECK(std::get<Decibels>(report.value).db() == Approx(-8.9).margin(1e-5));
}

TEST_CASE("Set and asked at once: the echo is exact and not asked for, the answer is") {
    Conversation talk(small_mixer());
    talk.connect();
    REQUIRE(talk.command(surface::SetControl{talk.id("Kick"), Control::fader, ControlValue(-4.7_dB)}));
    REQUIRE(talk.command(surface::QueryControl{talk.id("Kick"), Control::fader}));
    talk.run_for(10ms);
    const auto reports = talk.all<surface::ControlReported>();
    REQUIRE(reports.size() == 2);
    CHECK_FALSE(reports[0].asked);
    CHECK(reports[1].asked);
    for (const auto& report : reports)
        CHECK(std::get<Decibels>(report.value).db() == Approx(-4.7).margin(1e-5));
}

TEST_CASE("What a person moves in Ardour is reported") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.hear(osc::encode(strip_path("gain", 3), {-1.5F}));
    talk.hear(osc::encode("/strip/pan_stereo_position", {3, 1.0F}));
    talk.hear(osc::encode(strip_path("mute", 3), {1.0F}));
    talk.hear(osc::encode(strip_path("trimdB", 3), {3.0F}));
    CHECK(talk.count<surface::ControlReported>() == 4);
    for (const auto& report : talk.all<surface::ControlReported>()) CHECK_FALSE(report.asked);
    const Strip& vox = talk.strip("Vox");
    CHECK(vox.fader == -1.5_dB);
    CHECK(vox.pan == Pan::left());
    CHECK(vox.mute == Mute::muted);
    CHECK(vox.trim == 3_dB);
    talk.hear(osc::encode(strip_path("solo", 3), {1.0F}));
    talk.hear(osc::encode(strip_path("hide", 3), {1.0F}));
    talk.hear(osc::encode(strip_path("group", 3), {"Voices"}));
    CHECK(talk.strip("Vox").soloed);
    CHECK(talk.strip("Vox").hidden);
    CHECK(talk.strip("Vox").group == "Voices");
    talk.hear(osc::encode(strip_path("group", 3), {"none"}));
    CHECK(talk.strip("Vox").group.empty());
}

TEST_CASE("A control that plays automation takes no value, and says so") {
    Conversation talk(small_mixer());
    talk.ardour.strips[0].gain_automation = 1;
    talk.connect();
    const auto set = talk.command(surface::SetControl{talk.id("Kick"), Control::fader, ControlValue(0_dB)});
    REQUIRE_FALSE(set);
    CHECK(set.error().next == "Set its automation mode to Manual.");
    CHECK(talk.sent.empty());
    CHECK(talk.command(surface::SetControl{talk.id("Kick"), Control::trim, ControlValue(1_dB)}));
    // Back to Manual, told by word.
    talk.hear(osc::encode("/strip/gain/automation/1", {0.0F}));
    CHECK(talk.strip("Kick").fader_automation == AutomationMode::manual);
    CHECK(talk.command(surface::SetControl{talk.id("Kick"), Control::fader, ControlValue(0_dB)}));
}

TEST_CASE("Meters are known by strip, silence included") {
    Conversation talk(small_mixer());
    talk.connect();
    CHECK_FALSE(talk.session.meter(talk.id("Kick")));
    talk.hear(osc::encode(strip_path("meter", 1), {-12.5F}));
    talk.hear(osc::encode(strip_path("meter", 2), {-193.0F}));
    REQUIRE(talk.session.meter(talk.id("Kick")));
    CHECK(talk.session.meter(talk.id("Kick")) == -12.5_dB);
    CHECK(talk.session.meter(talk.id("Bass"))->is_silence());
    CHECK_FALSE(talk.session.meter(talk.id("Vox")));
    CHECK_FALSE(talk.session.meter(StripId{999}));
    CHECK_FALSE(talk.session.meter(StripId{}));
    const auto read = talk.all<surface::MeterRead>();
    REQUIRE(read.size() == 2);
    CHECK(read[0].strip == talk.id("Kick"));
    CHECK(read[0].level == -12.5_dB);
}
