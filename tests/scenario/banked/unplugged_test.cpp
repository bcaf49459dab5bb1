// The MIDI port is pulled out in mid-pass, and put in again.

#include "engine/recover_job.hpp"
#include "scenario/banked/banked_room.hpp"

#include <iostream>
#include <map>
#include <random>

using namespace kedge;
using namespace kedge::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("Control surfaces simulated: a pass whose port is pulled out is recovered once it is in again") {
    const auto seed = std::random_device{}();
    std::cout << "ports pulled out in mid-pass: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::map<std::string, int> ends;
    for (int number = 0; number < 90; ++number) {
        const bool finishes = number % 2 == 0;
        const std::vector<HostSetup> hosts = {ardour_behind_mackie(), reaper_behind_mackie(),
                                              pro_tools_behind_hui()};
        const HostSetup& there = hosts.at(static_cast<std::size_t>(number) % hosts.size());
        CAPTURE(number, there.name);
        BankedRoom room(numbered_song(20), there);
        room.connect();
        std::vector<surface::PassRunner::Wish> wishes;
        for (const Strip& strip : room.session.mixer().strips) {
            if (strip.name.kind == StripKind::master) continue;
            wishes.push_back({strip.id, Control::fader, Decibels(-9.0), std::nullopt, "test", "a test"});
            if (strip.pan)
                wishes.push_back({strip.id, Control::pan, Pan(0.5), std::nullopt, "test", "a test"});
        }
        const auto before = room.daw.engine().strips();
        const Instant out = room.loop.now() + milliseconds(random() % 2'500);
        bool is_out = false;
        room.loop.on_step = [&](Instant now) {
            if (is_out || now < out) return;
            is_out = true;
            room.wire.plug(false);
            room.loop.plug(false);
        };
        PassJob job(std::move(wishes), room.desk.recorder);
        REQUIRE(room.loop.run(job));
        const PassState end = job.runner().pass().state;
        ++ends[there.name + ", " + std::string(to_string(end))];
        CHECK((end == PassState::applied || end == PassState::prepared));
        room.loop.idle(seconds(3));
        CHECK_FALSE((is_out && room.session.ready()));

        room.loop.on_step = nullptr;
        room.wire.plug(true);
        room.loop.plug(true);
        for (int i = 0; i < 200 && !room.session.ready(); ++i) room.loop.idle(milliseconds(100));
        REQUIRE(room.session.ready());
        engine::RecoverJob recover(finishes ? engine::Recovery::finish : engine::Recovery::roll_back, false,
                                   *room.desk.journal);
        REQUIRE(room.loop.run(recover));
        const auto& done = recover.report();
        INFO((done.error ? done.error->message : std::string()));
        const bool was_cut_off = done.cut_off.has_value();
        // What the runner ended with is what the journal has.
        CHECK(was_cut_off == (end == PassState::prepared && job.runner().pass().id != PassId()));
        const bool applied = end == PassState::applied || (was_cut_off && finishes);
        for (std::size_t i = 0; i < before.size(); ++i) {
            const Decibels wanted = applied ? Decibels(-9.0) : before[i].fader;
            CHECK(distance(room.track(i).fader, wanted) < Decibels(0.05));
            if (!there.setup.pan_ticks) continue;
            const Pan pan = applied ? Pan(0.5) : before[i].pan;
            CHECK(std::abs(room.track(i).pan.position() - pan.position()) <=
                  (applied ? room.session.capabilities().pan_tolerance : 1e-9));
        }
    }
    for (const auto& [name, times] : ends) std::cout << name << ": " << times << '\n';
}

TEST_CASE(
    "Control surfaces simulated: a port that is out so briefly that the DAW may not notice is found again") {
    const std::vector<HostSetup> hosts = {ardour_behind_mackie(), reaper_behind_mackie(),
                                          pro_tools_behind_hui()};
    const auto& there = hosts.at(GENERATE(0U, 1U, 2U));
    const std::size_t tracks = GENERATE(1U, 8U, 9U, 16U);
    BankedRoom room(numbered_song(tracks), there);
    const auto plug = [&](bool plugged_in) {
        room.wire.plug(plugged_in);
        room.loop.plug(plugged_in);
    };
    room.connect();
    // At times from the first greeting on, over the scan and what is done where it found one full window.
    for (int tenths = 0; tenths < 130; tenths += 7) {
        CAPTURE(there.name, tracks, tenths);
        room.loop.idle(milliseconds(100 * tenths));
        plug(false);
        room.loop.idle(milliseconds(400));
        plug(true);
        for (int i = 0; i < 200 && !room.session.ready(); ++i) room.loop.idle(milliseconds(100));
        REQUIRE(room.session.ready());
        const auto& strips = room.session.mixer().strips;
        CHECK(std::count_if(strips.begin(), strips.end(), [](const Strip& strip) {
                  return strip.name.kind != StripKind::master;
              }) == static_cast<std::ptrdiff_t>(tracks));
        plug(false);
        room.loop.idle(seconds(5));
        plug(true);  // anew, for the next time
    }
}
