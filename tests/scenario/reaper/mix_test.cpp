// The main job on a simulated REAPER: listen, plan, apply, check, and take it all back.

#include "engine/mark_reader.hpp"
#include "engine/revert_job.hpp"
#include "scenario/reaper/reaper_room.hpp"

using namespace kedge;
using namespace kedge::test;

TEST_CASE("REAPER simulated: one click mixes the song, and a revert brings every fader back") {
    ReaperRoom room(sim::built_in_song(1));
    room.connect();
    const auto before = room.daw.engine().strips();
    auto job = room.desk.job({});
    REQUIRE(room.loop.run(job));
    const auto& report = job.report();
    INFO((report.error ? report.error->message : std::string("no error")));
    REQUIRE_FALSE(report.error);
    REQUIRE(report.passes.front().state == PassState::applied);
    room.require_same_mixer();
    std::size_t in_range = 0;
    std::size_t targets = 0;
    const auto peaks = room.daw.engine().robust_peaks();
    for (const StripTarget& target : report.plan.targets) {
        if (!target.range) continue;
        ++targets;
        const auto place = room.place(report.after.find(target.strip)->name.name);
        if (target.range->holds(peaks[place], Decibels(1.0))) ++in_range;
    }
    WARN(in_range << " of " << targets << " in range, bus peak " << to_string(room.daw.engine().bus_peak()));
    for (auto pass = report.passes.rbegin(); pass != report.passes.rend(); ++pass) {
        engine::RevertJob revert(pass->id, false, "sim", {}, *room.desk.journal, room.desk.recorder);
        REQUIRE(room.loop.run(revert));
    }
    for (const auto& strip : before) {
        INFO(strip.name);
        REQUIRE(distance(room.track(strip.name).fader, strip.fader) < Decibels(0.02));
    }
}

TEST_CASE("REAPER simulated: a mix over tracks of a group is taken back, and says why", "[R6.3]") {
    ReaperRoom room(sim::built_in_song(1));
    for (const std::size_t place : {0U, 1U, 2U}) room.daw.put_into_group(place, "drums");
    room.connect();
    const auto before = room.daw.engine().strips();
    auto job = room.desk.job({});
    REQUIRE(room.loop.run(job));
    REQUIRE(job.report().error);
    INFO(job.report().error->message);
    CHECK(job.report().error->message.find("moved along with that of") != std::string::npos);
    REQUIRE(job.report().passes.size() == 1);
    CHECK(job.report().passes.front().state == PassState::rolled_back);
    for (const auto& strip : before) {
        INFO(strip.name);
        CHECK(distance(room.track(strip.name).fader, strip.fader) < Decibels(0.02));
    }
    for (const std::size_t place : {0U, 1U, 2U}) room.daw.put_into_group(place, "");
    auto again = room.desk.job({});
    REQUIRE(room.loop.run(again));
    CHECK_FALSE(again.report().error);
}
