// The main job through the window of a control surface: listen bank by bank, plan, apply, check, and take it
// all back.

#include "cli/profiles.hpp"
#include "engine/revert_job.hpp"
#include "scenario/banked/banked_room.hpp"
#include "support/sanitized.hpp"

#include <iostream>

using namespace kedge;
using namespace kedge::test;

namespace {

HostSetup with_meters_of(HostSetup there, const std::string& profile) {
    const auto daw = cli::load_daw_profile(profile);
    REQUIRE(daw);
    there.setup.meter_steps = daw->meters.steps;
    there.setup.meters_fall_here = daw->meters.fall == banked::MeterFall::unit;
    there.setup.meter.fall_off_per_second = daw->meters.fall_per_second.value_or(Decibels());
    return there;
}

/// By how much a level may lie off that is known by the step of a meter alone.
Decibels step_around(Decibels level, const banked::MeterSteps& steps) {
    const int step = steps.step_at(level);
    if (step == 0 || step == steps.top()) return Decibels();
    return steps.lowest_at(step + 1) - steps.lowest_at(step);
}

}  // namespace

TEST_CASE(
    "Control surfaces simulated: one click mixes songs of 8, 32 and 100 strips, and a revert takes it back") {
    const int count = GENERATE(8, 32, 100);
    if (sanitized && count > 8) return;  // the same steps, and a minute of audio for each bank
    const bool hui = GENERATE(false, true);
    const HostSetup there = hui ? with_meters_of(pro_tools_behind_hui(), "pro-tools")
                                : with_meters_of(ardour_behind_mackie(), "ardour");
    CAPTURE(count, there.name);
    BankedRoom room(sim::with_tracks(sim::built_in_song(1), count), there);
    room.connect();
    const auto before = room.daw.engine().strips();
    auto job = room.desk.job({});
    REQUIRE(room.loop.run(job));
    const auto& report = job.report();
    INFO((report.error ? report.error->message : std::string("no error")));
    REQUIRE_FALSE(report.error);
    REQUIRE(report.passes.front().state == PassState::applied);
    for (const auto& entry : report.passes.front().entries) CHECK(entry.verdict == Verdict::confirmed);
    std::size_t in_range = 0;
    std::size_t targets = 0;
    const auto peaks = room.daw.engine().robust_peaks();
    const auto& strips = report.after.strips;
    for (const StripTarget& target : report.plan.targets) {
        const Strip* strip = report.after.find(target.strip);
        if (!target.range || strip == nullptr || *strip->fader >= there.setup.fader_top - Decibels(0.1))
            continue;
        ++targets;
        // The list of strips has the DAW's order.
        const Decibels peak = peaks.at(static_cast<std::size_t>(strip - strips.data()));
        if (target.range->holds(peak, Decibels(1.0) + step_around(peak, *there.setup.meter_steps)))
            ++in_range;
    }
    std::cout << there.name << ", " << count << " strips: " << in_range << " of " << targets
              << " in range, bus peak " << to_string(room.daw.engine().bus_peak()) << '\n';
    std::size_t panned = 0;
    for (const Pass& pass : report.passes)
        for (const auto& entry : pass.entries)
            if (entry.control == Control::pan) ++panned;
    CHECK((panned > 0) == !hui);
    CHECK(targets > 0);
    CHECK(in_range == targets);
    for (auto pass = report.passes.rbegin(); pass != report.passes.rend(); ++pass) {
        engine::RevertJob revert(pass->id, false, "sim", {}, *room.desk.journal, room.desk.recorder);
        REQUIRE(room.loop.run(revert));
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        INFO(before[i].name);
        CHECK(distance(room.track(i).fader, before[i].fader) < Decibels(0.05));
        CHECK(room.track(i).pan.position() == Approx(before[i].pan.position()).margin(1e-9));
    }
}
