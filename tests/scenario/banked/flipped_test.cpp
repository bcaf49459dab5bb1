// Somebody flips the faders to pans while a pass sends its levels.

#include "scenario/banked/banked_room.hpp"

#include <iostream>
#include <map>
#include <random>

using namespace kedge;
using namespace kedge::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE(
    "Control surfaces simulated: faders flipped in mid-pass take levels only until their lamp is seen") {
    const auto seed = std::random_device{}();
    std::cout << "faders flipped in mid-pass: seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::map<std::string, int> ends;
    int met = 0;
    for (int number = 0; number < 60; ++number) {
        const HostSetup there = reaper_behind_mackie(number % 4 == 0 ? 4 : 1);
        CAPTURE(number, there.name);
        BankedRoom room(numbered_song(number % 2 == 0 ? 8 : 32), there);
        room.connect();
        std::vector<surface::PassRunner::Wish> wishes;
        for (const Strip& strip : room.session.mixer().strips)
            if (strip.name.kind != StripKind::master)
                wishes.push_back({strip.id, Control::fader, Decibels(-9.0), std::nullopt, "test", "a test"});
        const auto before = room.daw.engine().strips();
        room.daw.forget_wire_writes();
        const Instant at = room.loop.now() + milliseconds(random() % 1'500);
        std::optional<Instant> flipped;
        room.loop.on_step = [&](Instant now) {
            if (flipped || now < at) return;
            flipped = now;
            room.daw.flip();
        };
        PassJob job(std::move(wishes), room.desk.recorder);
        REQUIRE(room.loop.run(job));
        const PassState end = job.runner().pass().state;
        ++ends[std::string(to_string(end))];
        room.loop.idle(seconds(5));
        REQUIRE(room.session.ready());
        for (const auto& write : room.daw.wire_writes()) {
            if (write.control != Control::pan) continue;
            ++met;
            // The lamp waits for a turn of the DAW's loop, and so does what was sent before it was seen.
            CHECK((flipped && write.at - *flipped <= milliseconds(80)));
        }
        CHECK((end == PassState::applied || end == PassState::rolled_back));
        for (std::size_t i = 0; i < before.size(); ++i) {
            const Decibels wanted = end == PassState::applied ? Decibels(-9.0) : before[i].fader;
            CHECK(distance(room.track(i).fader, wanted) < Decibels(0.05));
        }
    }
    for (const auto& [end, times] : ends) std::cout << end << ' ' << times << '\n';
    std::cout << met << " levels met a pan\n";
}
