// Passes through the window of a control surface: everything set is read back, and nobody else is moved.

#include "engine/revert_job.hpp"
#include "scenario/banked/banked_room.hpp"

#include <cmath>
#include <iostream>
#include <random>
#include <set>
#include <utility>

using namespace kedge;
using namespace kedge::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// Somewhere else for each.
Pan pan_beside(double level) {
    return Pan(std::sin(level * 7.0) * 0.9);
}

std::vector<surface::PassRunner::Wish> wishes_for_all(const BankedRoom& room) {
    std::vector<surface::PassRunner::Wish> wishes;
    double level = -3.0;
    for (const Strip& strip : room.session.mixer().strips) {
        if (strip.name.kind == StripKind::master) continue;
        level -= 0.125;
        wishes.push_back({strip.id, Control::fader, Decibels(level), std::nullopt, "test", "a test"});
        if (strip.pan)
            wishes.push_back({strip.id, Control::pan, pan_beside(level), std::nullopt, "test", "a test"});
    }
    return wishes;
}

}  // namespace

TEST_CASE(
    "Control surfaces simulated: a pass over 8, 32 and 100 strips is applied, confirmed and taken back") {
    const int count = GENERATE(1, 8, 32, 100);
    const int units = GENERATE(1, 4);
    const int which = GENERATE(0, 1, 2);
    const HostSetup there = which == 0   ? ardour_behind_mackie(units)
                            : which == 1 ? reaper_behind_mackie(units)
                                         : pro_tools_behind_hui(units);
    CAPTURE(count, units, there.name);
    BankedRoom room(numbered_song(static_cast<std::size_t>(count)), there);
    for (int i = 0; i < count; ++i) room.daw.turn_pan(static_cast<std::size_t>(i), Pan(std::cos(i) * 0.9));
    room.connect();
    CHECK(room.session.capabilities().pan == there.setup.pan_ticks.has_value());
    const auto before = room.daw.engine().strips();
    PassJob job(wishes_for_all(room), room.desk.recorder);
    REQUIRE(room.loop.run(job));
    INFO((job.runner().cause() ? job.runner().cause()->message : std::string()));
    INFO((job.runner().refused() ? job.runner().refused()->message : std::string()));
    REQUIRE(job.runner().pass().state == PassState::applied);
    std::cout << there.name << ", " << count << " strips, " << units
              << " units: " << (room.loop.now() - job.began()) / milliseconds(1) << " ms\n";
    for (const auto& entry : job.runner().pass().entries) CHECK(entry.verdict == Verdict::confirmed);
    double level = -3.0;
    for (const auto& track : room.daw.engine().strips()) {
        level -= 0.125;
        CHECK(distance(track.fader, Decibels(level)) < Decibels(0.05));
        if (there.setup.pan_ticks)
            CHECK(std::abs(track.pan.position() - pan_beside(level).position()) <=
                  room.session.capabilities().pan_tolerance);
    }
    engine::RevertJob revert(job.runner().pass().id, false, "sim", {}, *room.desk.journal,
                             room.desk.recorder);
    REQUIRE(room.loop.run(revert));
    for (std::size_t i = 0; i < before.size(); ++i)
        CHECK(distance(room.track(i).fader, before[i].fader) < Decibels(0.05));
    for (std::size_t i = 0; i < before.size(); ++i)
        CHECK(room.track(i).pan.position() == Approx(before[i].pan.position()).margin(1e-9));
}

TEST_CASE(
    "Control surfaces simulated: a DAW that stood still takes presses late, and no value for another strip") {
    const auto seed = std::random_device{}();
    std::cout << "a DAW stands still in mid-pass: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    int applied = 0;
    for (int number = 0; number < 60; ++number) {
        const auto there = number % 3 == 0   ? ardour_behind_mackie()
                           : number % 3 == 1 ? reaper_behind_mackie()
                                             : pro_tools_behind_hui();
        CAPTURE(number, there.name);
        BankedRoom room(numbered_song(32), there);
        room.connect();
        std::vector<surface::PassRunner::Wish> wishes;
        std::set<std::string> meant;
        for (const Strip& strip : room.session.mixer().strips) {
            if (strip.name.kind == StripKind::master || random() % 3 != 0) continue;
            wishes.push_back({strip.id, Control::fader, Decibels(-9.0), std::nullopt, "test", "a test"});
            meant.insert(strip.name.name);
        }
        const auto before = room.daw.engine().strips();
        const Instant at = room.loop.now() + milliseconds(random() % 3'000);
        const Duration still = milliseconds(500 + random() % 500);
        bool stood = false;
        room.loop.on_step = [&](Instant now) {
            if (now < at || std::exchange(stood, true)) return;
            room.wire.stands_still_until = now + still;
        };
        room.daw.forget_wire_writes();
        PassJob job(std::move(wishes), room.desk.recorder);
        REQUIRE(room.loop.run(job));
        const PassState end = job.runner().pass().state;
        if (end == PassState::applied) ++applied;
        const auto& cause = job.runner().cause();
        CAPTURE(to_string(end), cause ? cause->message + ' ' + cause->next : std::string());
        CHECK((end == PassState::applied || end == PassState::rolled_back));
        for (const auto& write : room.daw.wire_writes())
            CHECK(meant.contains(room.daw.engine().find(write.strip)->name));
        for (std::size_t i = 0; i < before.size(); ++i) {
            const bool moved = end == PassState::applied && meant.contains(before[i].name);
            CHECK(distance(room.track(i).fader, moved ? Decibels(-9.0) : before[i].fader) < Decibels(0.05));
        }
    }
    std::cout << applied << " of 60 passes applied\n";
}

TEST_CASE("Control surfaces simulated: a strip that takes no value has the pass taken back, and it is said") {
    BankedRoom room(numbered_song(20), ardour_behind_mackie());
    room.connect();
    const auto before = room.daw.engine().strips();
    constexpr std::size_t deaf = 11;
    room.daw.set_mode(deaf, AutomationMode::play);
    PassJob job(wishes_for_all(room), room.desk.recorder);
    REQUIRE(room.loop.run(job));
    CHECK(job.runner().pass().state == PassState::rolled_back);
    REQUIRE(job.runner().cause());
    CHECK(job.runner().cause()->message.find("did not arrive at its strip") != std::string::npos);
    CHECK(job.runner().cause()->next.find("plays automation") != std::string::npos);
    for (std::size_t i = 0; i < before.size(); ++i)
        CHECK(distance(room.track(i).fader, before[i].fader) < Decibels(0.05));
}
