#include "support/catch.hpp"
#include "unit/ardour/conversation.hpp"

#include <string>

using namespace kedge;
using namespace kedge::test;
using namespace std::chrono_literals;

TEST_CASE("A mode goes out with the number in the path, and is believed when Ardour tells it") {
    struct Row {
        Control control;
        AutomationMode mode;
        Bytes bytes;
    };
    const Row rows[] = {
        {Control::fader, AutomationMode::manual, osc::encode("/strip/fader/automation/2", {0})},
        {Control::fader, AutomationMode::play, osc::encode("/strip/fader/automation/2", {1})},
        {Control::fader, AutomationMode::write, osc::encode("/strip/fader/automation/2", {2})},
        {Control::fader, AutomationMode::touch, osc::encode("/strip/fader/automation/2", {3})},
        {Control::fader, AutomationMode::latch, osc::encode("/strip/fader/automation/2", {4})},
        {Control::trim, AutomationMode::touch, osc::encode("/strip/trimdB/automation/2", {3})},
        {Control::pan, AutomationMode::write, osc::encode("/strip/pan_stereo_position/automation/2", {2})},
        {Control::mute, AutomationMode::latch, osc::encode("/strip/mute/automation/2", {4})},
    };
    for (const Row& row : rows) {
        CAPTURE(to_string(row.control), to_string(row.mode));
        Conversation talk(small_mixer());
        talk.connect();
        REQUIRE(talk.command(surface::SetAutomation{talk.id("Bass"), row.control, row.mode}));
        REQUIRE(talk.sent.size() == 1);
        CHECK(talk.sent[0] == row.bytes);
        CHECK(talk.events.empty());
        CHECK(talk.strip("Bass").automation(row.control) == AutomationMode::manual);
    }
}

TEST_CASE("Every mode that Ardour tells is an event, and in the mixer by then") {
    Conversation talk(small_mixer());
    talk.connect();
    REQUIRE(talk.session.capabilities().touch);
    for (const auto mode : {AutomationMode::touch, AutomationMode::play, AutomationMode::manual}) {
        CAPTURE(to_string(mode));
        talk.forget_the_past();
        REQUIRE(talk.command(surface::SetAutomation{talk.id("Vox"), Control::fader, mode}));
        talk.run_for(10ms);
        const auto told = talk.all<surface::AutomationReported>();
        REQUIRE(told.size() == 1);
        CHECK(told[0].strip == talk.id("Vox"));
        CHECK(told[0].control == Control::fader);
        CHECK(told[0].mode == mode);
        CHECK(talk.strip("Vox").fader_automation == mode);
    }
    // What a person does with the mode in Ardour.
    talk.forget_the_past();
    talk.hear(osc::encode("/strip/trimdB/automation/1", {4.0F}));
    const auto told = talk.all<surface::AutomationReported>();
    REQUIRE(told.size() == 1);
    CHECK(told[0].control == Control::trim);
    CHECK(talk.strip("Kick").trim_automation == AutomationMode::latch);
}

TEST_CASE("While strips are listed modes are noted, and told by no event") {
    Conversation talk(small_mixer());
    talk.ardour.strips[1].gain_automation = 3;
    talk.start();
    REQUIRE(talk.run_until_ready());
    CHECK(talk.count<surface::AutomationReported>() == 0);
    CHECK(talk.strip("Bass").fader_automation == AutomationMode::touch);
}

TEST_CASE("A control is taken hold of and let go") {
    Conversation talk(small_mixer());
    talk.connect();
    REQUIRE(talk.command(surface::TouchControl{talk.id("Bass"), Control::fader, true}));
    CHECK(talk.ardour.strips[1].touched);
    REQUIRE(talk.command(surface::TouchControl{talk.id("Bass"), Control::fader, false}));
    CHECK_FALSE(talk.ardour.strips[1].touched);
    REQUIRE(talk.command(surface::TouchControl{talk.id("Bass"), Control::trim, true}));
    REQUIRE(talk.command(surface::TouchControl{talk.id("Bass"), Control::mute, false}));
    REQUIRE(talk.sent.size() == 4);
    CHECK(talk.sent[0] == osc::encode("/strip/fader/touch/2", {1}));
    CHECK(talk.sent[1] == osc::encode("/strip/fader/touch/2", {0}));
    CHECK(talk.sent[2] == osc::encode("/strip/trimdB/touch/2", {1}));
    CHECK(talk.sent[3] == osc::encode("/strip/mute/touch/2", {0}));
}

TEST_CASE("What cannot be touched or automated is refused, and nothing is sent") {
    Conversation talk(small_mixer());
    talk.connect();
    const auto pan = talk.command(surface::TouchControl{talk.id("Bass"), Control::pan, true});
    REQUIRE_FALSE(pan);
    CHECK(pan.error().message == "Ardour takes no hold of a pan over OSC: that of 'Bass' cannot be touched.");
    const StripId stranger{999};
    CHECK_FALSE(talk.command(surface::TouchControl{stranger, Control::fader, true}));
    CHECK_FALSE(talk.command(surface::SetAutomation{stranger, Control::fader, AutomationMode::touch}));
    CHECK(talk.sent.empty());
}

TEST_CASE("Without a sign of the session that is meant, no mode is set and nothing touched") {
    Conversation talk(small_mixer());
    talk.connect();
    talk.ardour.dead = true;
    talk.run_for(2s);
    talk.forget_the_past();
    REQUIRE(talk.session.ready());
    const StripId bass = talk.id("Bass");
    CHECK(talk.command(surface::SetAutomation{bass, Control::fader, AutomationMode::touch}));
    CHECK(talk.command(surface::TouchControl{bass, Control::fader, true}));
    CHECK(talk.sent_to("/strip/fader/automation/2") == 0);
    CHECK(talk.sent_to("/strip/fader/touch/2") == 0);
}

TEST_CASE("A mode that was on its way while strips changed places may have met another strip") {
    Conversation talk(small_mixer());
    talk.connect();
    REQUIRE(talk.command(surface::SetAutomation{talk.id("Bass"), Control::fader, AutomationMode::touch}));
    std::swap(talk.ardour.strips[1], talk.ardour.strips[2]);
    talk.hear(talk.ardour.strips_changed());
    REQUIRE(talk.run_until_ready());
    const auto changes = talk.all<surface::StripsChanged>();
    REQUIRE(changes.size() == 1);
    REQUIRE(changes[0].crossed.size() == 1);
    CHECK(changes[0].crossed[0].strip == talk.id("Vox"));
    CHECK(changes[0].crossed[0].control == Control::fader);
}
