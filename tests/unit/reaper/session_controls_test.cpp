// Setting and reading back: what counts as an answer, and what is never sent.

#include "room.hpp"
#include "support/catch.hpp"

using namespace kedge;
using namespace kedge::reaper::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

void connect(Room& room, int tracks) {
    room.reaper.tracks = named_tracks(tracks);
    room.start();
    REQUIRE(room.run_until_ready());
    room.run(seconds(1));
    room.events.clear();
    room.sent.clear();
}

}  // namespace

TEST_CASE("REAPER: a question is answered by the track itself, within a tenth of a second", "[reaper]") {
    Room room;
    connect(room, 16);
    room.reaper.tracks[4].db = -17.5;  // nobody told
    const Instant asked = room.now;
    REQUIRE(room.command(surface::QueryControl{room.id("Part 5"), Control::fader}));
    room.run(milliseconds(100));
    const auto reports = room.heard<surface::ControlReported>();
    REQUIRE(reports.size() == 1);
    REQUIRE(reports.front().asked);
    REQUIRE(reports.front().asked_at >= asked);
    REQUIRE(std::get<Decibels>(reports.front().value).db() == Approx(-17.5));
    REQUIRE(room.strip("Part 5").fader->db() == Approx(-17.5));
    REQUIRE(room.reaper.actions.back() == 41'743);
    REQUIRE(room.reaper.actions.size() == 1);  // from connecting: no refresh was needed
}

TEST_CASE("REAPER: a hundred questions are a handful of datagrams and no refresh", "[reaper]") {
    Room room;
    connect(room, 200);
    for (int i = 1; i <= 128; ++i)
        REQUIRE(room.command(surface::QueryControl{room.id("Part " + std::to_string(i)), Control::fader}));
    room.run(milliseconds(500));
    REQUIRE(room.heard<surface::ControlReported>().size() == 128);
    REQUIRE(room.sent.size() <= 8);
}

TEST_CASE("REAPER: a set is reported only once the track says so itself", "[reaper]") {
    Room room;
    connect(room, 3);
    SECTION("fader") {
        REQUIRE(room.command(surface::SetControl{room.id("Part 2"), Control::fader, Decibels(-9.25)}));
        room.run(milliseconds(150));
        REQUIRE(room.reaper.tracks[1].db == Approx(-9.25));
    }
    SECTION("pan") {
        REQUIRE(room.command(surface::SetControl{room.id("Part 2"), Control::pan, Pan(-0.5)}));
        room.run(milliseconds(150));
        REQUIRE(room.reaper.tracks[1].pan == Approx(-0.5));
    }
    SECTION("mute") {
        REQUIRE(room.command(surface::SetControl{room.id("Part 2"), Control::mute, Mute::muted}));
        room.run(milliseconds(150));
        REQUIRE(room.reaper.tracks[1].mute);
    }
    SECTION("the master") {
        REQUIRE(room.command(surface::SetControl{room.id("MASTER"), Control::fader, Decibels(-1.0)}));
        room.run(milliseconds(150));
        REQUIRE(room.reaper.master.db == Approx(-1.0));
    }
    const auto reports = room.heard<surface::ControlReported>();
    REQUIRE(reports.size() == 1);
    REQUIRE_FALSE(reports.front().asked);
}

TEST_CASE("REAPER: the request said back is no report: a mute that does not hold is told as it is",
          "[reaper]") {
    Room room;
    connect(room, 3);
    REQUIRE(room.command(surface::SetControl{room.id("Part 2"), Control::mute, Mute::muted}));
    // Only the echo of it comes in: no answer yet.
    surface::Effects effects;
    room.session.receive(room.now, osc::encode("/track/2/mute", {1.0F}), effects);
    for (const auto& effect : effects) REQUIRE_FALSE(std::holds_alternative<surface::Event>(effect));
    REQUIRE(room.strip("Part 2").mute == Mute::open);
}

TEST_CASE("REAPER: a fader that moves faster than REAPER answers is not read back by telling everything",
          "[reaper]") {
    Room room;
    connect(room, 16);
    const auto refreshes = room.reaper.actions.size();
    double level = 0.0;
    for (int i = 0; i < 120; ++i) {
        level -= 0.1;
        REQUIRE(room.command(surface::SetControl{room.id("Part 5"), Control::fader, Decibels(level)}));
        room.run(milliseconds(25));
    }
    room.run(milliseconds(300));
    REQUIRE(room.reaper.actions.size() == refreshes);
    REQUIRE(room.reaper.tracks[4].db == Approx(level));
    REQUIRE(room.strip("Part 5").fader->db() == Approx(level));
}

TEST_CASE("REAPER: silence goes out as the floor and comes back as silence", "[reaper]") {
    Room room;
    connect(room, 1);
    REQUIRE(room.command(surface::SetControl{room.id("Part 1"), Control::fader, Decibels::silence()}));
    room.run(milliseconds(150));
    REQUIRE(room.reaper.tracks[0].db == Approx(-150.0));
    REQUIRE(room.strip("Part 1").fader->is_silence());
}

TEST_CASE("REAPER: where it does not forget what it told, everything is told anew instead", "[reaper]") {
    Room room;
    room.reaper.forgets = false;
    connect(room, 16);
    room.reaper.tracks[4].db = -17.5;
    bool answered = false;
    for (int i = 0; i < 40 && !answered; ++i) {
        REQUIRE(room.command(surface::QueryControl{room.id("Part 6"), Control::fader}));
        room.run(milliseconds(100));
        for (const auto& report : room.heard<surface::ControlReported>()) answered = answered || report.asked;
    }
    REQUIRE(answered);
}

TEST_CASE("REAPER: a selected track is unselected in the datagram that sets it, and selected again",
          "[reaper]") {
    Room room;
    room.reaper.tracks = named_tracks(4);
    room.reaper.tracks[1].selected = room.reaper.tracks[2].selected = true;
    room.start();
    REQUIRE(room.run_until_ready());
    const double other = room.reaper.tracks[2].db;
    REQUIRE(room.command(surface::SetControl{room.id("Part 2"), Control::fader, Decibels(-20.0)}));
    room.run(milliseconds(200));
    REQUIRE(room.reaper.tracks[1].db == Approx(-20.0));
    REQUIRE(room.reaper.tracks[2].db == Approx(other));
    REQUIRE(room.reaper.followed == 0);
    REQUIRE_FALSE(room.reaper.tracks[1].selected);
    SECTION("after a rest") {
        room.run(seconds(2));
        REQUIRE(room.reaper.tracks[1].selected);
    }
    SECTION("at the end") {
        room.close();
        room.run(milliseconds(200));
        REQUIRE(room.reaper.tracks[1].selected);
    }
    REQUIRE(room.reaper.tracks[2].selected);
}

TEST_CASE("REAPER: a track selected in the very moment takes nobody along", "[reaper]") {
    Room room;
    connect(room, 4);
    room.reaper.tracks[0].selected = room.reaper.tracks[3].selected = true;  // not heard of yet
    REQUIRE(room.command(surface::SetControl{room.id("Part 1"), Control::mute, Mute::muted}));
    REQUIRE(room.command(surface::SetAutomation{room.id("Part 1"), Control::fader, AutomationMode::touch}));
    room.run(milliseconds(200));
    REQUIRE(room.reaper.tracks[0].mute);
    REQUIRE(room.reaper.tracks[0].mode == 3);
    REQUIRE(room.reaper.followed == 0);
}

TEST_CASE("REAPER: automation modes and touches", "[reaper]") {
    Room room;
    connect(room, 3);
    const StripId strip = room.id("Part 2");
    REQUIRE(room.session.capabilities().touch);
    REQUIRE(room.command(surface::SetAutomation{strip, Control::fader, AutomationMode::touch}));
    room.run(milliseconds(200));
    REQUIRE(room.reaper.tracks[1].mode == 3);
    REQUIRE(room.strip("Part 2").fader_automation == AutomationMode::touch);
    REQUIRE_FALSE(room.heard<surface::AutomationReported>().empty());
    REQUIRE(room.command(surface::TouchControl{strip, Control::fader, true}));
    room.run(milliseconds(100));
    REQUIRE(room.reaper.tracks[1].volume_touched);
    SECTION("let go") {
        REQUIRE(room.command(surface::TouchControl{strip, Control::fader, false}));
    }
    SECTION("closed") {
        room.close();
    }
    room.run(milliseconds(100));
    REQUIRE_FALSE(room.reaper.tracks[1].volume_touched);
}

TEST_CASE("REAPER: a hold is let go where it was taken, though the track moved", "[reaper]") {
    Room room;
    connect(room, 3);
    const StripId strip = room.id("Part 2");
    REQUIRE(room.command(surface::TouchControl{strip, Control::fader, true}));
    room.run(milliseconds(100));
    room.reaper_does([&] {
        room.reaper.tracks.insert(room.reaper.tracks.begin(), {"New"});
        // REAPER keeps the hold at the place.
        std::swap(room.reaper.tracks[1].volume_touched, room.reaper.tracks[2].volume_touched);
        room.reaper.list_changed();
    });
    room.run(seconds(2));
    REQUIRE(room.session.ready());
    REQUIRE(room.command(surface::TouchControl{strip, Control::fader, false}));
    room.run(milliseconds(100));
    REQUIRE_FALSE(room.reaper.tracks[1].volume_touched);
    REQUIRE_FALSE(room.reaper.tracks[2].volume_touched);
}

TEST_CASE("REAPER: commands for what is not there are refused and nothing is sent", "[reaper]") {
    Room room;
    REQUIRE_FALSE(room.command(surface::Stop{}));
    connect(room, 2);
    REQUIRE_FALSE(room.command(surface::SetControl{StripId{99}, Control::fader, Decibels(0.0)}));
    REQUIRE_FALSE(room.command(surface::QueryControl{room.id("Part 1"), Control::trim}));
    REQUIRE_FALSE(room.command(surface::SetControl{room.id("MASTER"), Control::trim, Decibels(1.0)}));
    REQUIRE_FALSE(room.command(surface::ReadFaderLines{{room.id("Part 1")}}));
    REQUIRE_FALSE(room.command(surface::TouchControl{room.id("Part 1"), Control::mute, true}));
    REQUIRE(room.sent.empty());
}
