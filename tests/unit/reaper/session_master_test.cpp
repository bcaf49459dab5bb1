// The master's mute and mode: told only while the master is the device's current track.

#include "room.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace kedge;
using namespace kedge::reaper::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// The last track is muted and in Write mode: what it says must not pass for the master's.
void connect_mixer(Room& room, int tracks = 3) {
    room.reaper.tracks = named_tracks(tracks);
    if (tracks > 0) {
        room.reaper.tracks.back().mute = true;
        room.reaper.tracks.back().mode = 4;
    }
    room.start();
    REQUIRE(room.run_until_ready());
    room.events.clear();
}

const Strip& master_of(const Room& room) {
    return *room.session.mixer().master();
}

std::string without_line(const std::string& key) {
    std::string kept;
    std::string_view rest = good_patterns;
    while (!rest.empty()) {
        const auto end = rest.find('\n') + 1;
        if (!rest.starts_with(key)) kept += rest.substr(0, end);
        rest.remove_prefix(end);
    }
    return kept;
}

}  // namespace

TEST_CASE("REAPER: the master's mute and mode are read, and not the last track's", "[reaper][R3.21][R2.37]") {
    Room room;
    room.reaper.master.mute = GENERATE(false, true);
    room.reaper.master.mode = GENERATE(0, 1);
    connect_mixer(room, GENERATE(0, 1, 3));
    REQUIRE(master_of(room).mute == (room.reaper.master.mute ? Mute::muted : Mute::open));
    const auto mode = room.reaper.master.mode == 1 ? AutomationMode::play : AutomationMode::manual;
    REQUIRE(master_of(room).fader_automation == mode);
    REQUIRE(master_of(room).mute_automation == mode);
    REQUIRE(room.session.capabilities().read_back);
    // The current track is the last one again: it tells how many there are.
    REQUIRE(room.reaper.current == static_cast<int>(room.reaper.tracks.size()));
}

TEST_CASE("REAPER: the master is muted, and that is confirmed by the master itself", "[reaper][R2.36]") {
    Room room;
    connect_mixer(room);
    const StripId master = master_of(room).id;
    REQUIRE(room.command(surface::SetControl{master, Control::mute, Mute::muted}));
    room.run(milliseconds(300));
    REQUIRE(room.reaper.master.mute);
    const auto reports = room.heard<surface::ControlReported>();
    REQUIRE(reports.size() == 1);
    REQUIRE(reports.front().strip == master);
    REQUIRE(reports.front().value == ControlValue(Mute::muted));
    REQUIRE(master_of(room).mute == Mute::muted);
    REQUIRE(room.heard<surface::StripsUnsettled>().empty());

    room.events.clear();
    room.reaper.master.mute = false;
    REQUIRE(room.command(surface::QueryControl{master, Control::mute}));
    room.run(milliseconds(300));
    const auto answers = room.heard<surface::ControlReported>();
    REQUIRE(answers.size() == 1);
    REQUIRE(answers.front().asked);
    REQUIRE(answers.front().value == ControlValue(Mute::open));
}

TEST_CASE("REAPER: a mute of the master that is lost on the way is asked for again", "[reaper]") {
    Room room;
    connect_mixer(room);
    const std::size_t until_now = room.packets_in;
    room.loses = [&](std::size_t packet) { return packet == until_now + 1; };
    room.reaper.master.mute = true;
    REQUIRE(room.command(surface::QueryControl{master_of(room).id, Control::mute}));
    room.run(seconds(1));
    REQUIRE(room.command(surface::QueryControl{master_of(room).id, Control::mute}));
    room.run(seconds(1));
    REQUIRE(master_of(room).mute == Mute::muted);
}

TEST_CASE("REAPER: a hand at the master's mute or mode is heard within some seconds", "[reaper]") {
    Room room;
    connect_mixer(room);
    room.reaper.master.mute = true;
    room.reaper.master.mode = 1;
    room.run(seconds(12));
    REQUIRE(master_of(room).mute == Mute::muted);
    REQUIRE(master_of(room).fader_automation == AutomationMode::play);
    const auto modes = room.heard<surface::AutomationReported>();
    REQUIRE_FALSE(modes.empty());
    REQUIRE(std::all_of(modes.begin(), modes.end(),
                        [&](const auto& each) { return each.strip == master_of(room).id; }));
    // Asked for again and again, it is told once.
    const auto told = modes.size();
    room.run(seconds(30));
    REQUIRE(room.heard<surface::AutomationReported>().size() == told);
    REQUIRE(room.heard<surface::StripsUnsettled>().empty());
    REQUIRE(room.heard<surface::Lost>().empty());
}

TEST_CASE("REAPER: a file that tells nothing of the current track leaves the master without a mute",
          "[reaper]") {
    Room room(without_line("TRACK_MUTE") + "TRACK_MUTE b/track/@/mute\n");
    connect_mixer(room);
    REQUIRE_FALSE(master_of(room).mute);
    REQUIRE_FALSE(room.command(surface::SetControl{master_of(room).id, Control::mute, Mute::muted}));
    REQUIRE(room.session.lacks().size() == 1);
    REQUIRE(room.session.lacks().front().find("b/track/mute") != std::string::npos);
}

TEST_CASE("REAPER: one that does not tell its current track's number has no master's mute", "[reaper]") {
    Room room;
    room.reaper.answers_count = false;
    room.reaper.tracks = named_tracks(2);
    room.start();
    REQUIRE(room.run_until_ready());
    REQUIRE(room.session.mixer().strips.size() == 3);
    REQUIRE_FALSE(master_of(room).mute);
}
