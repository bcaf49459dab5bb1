#include "cli/sim_in_memory.hpp"
#include "engine/observe_job.hpp"
#include "engine/revert_job.hpp"
#include "scenario/mixing_room.hpp"
#include "sim/built_in_song.hpp"
#include "sim/faults.hpp"
#include "support/catch.hpp"
#include "support/sanitized.hpp"
#include "surface/same_value.hpp"

#include <cmath>

using namespace kedge;

namespace {

/// Synthesised once: it takes a second.
const sim::Song& the_song() {
    static const sim::Song song = sim::built_in_song(1);
    return song;
}

/// A studio in virtual time whose wire loses a share of all datagrams, both ways.
struct LossyStudio {
    LossyStudio(double share, std::uint32_t seed)
        : lossy(daw, {.seed = seed, .to_daw = {.drop = share}, .to_client = {.drop = share}}) {}

    /// The job's error, be it that the DAW was not reached.
    template <typename Job>
    std::optional<Error> run(Job& job) {
        if (const auto ran = room.loop.run(job, std::chrono::minutes(10)); !ran) return ran.error();
        return job.report().error;
    }

    sim::SimulatedArdour daw{the_song()};
    sim::FaultyWire lossy;
    cli::SimInMemory<sim::FaultyWire> wire{lossy};
    test::MixingRoom<> room{wire};
};

void check_stands_as(const std::vector<sim::SimStrip>& now, const std::vector<sim::SimStrip>& then) {
    REQUIRE(now.size() == then.size());
    for (std::size_t i = 0; i < now.size(); ++i) {
        INFO(then[i].name);
        CHECK(distance(now[i].trim, then[i].trim) < Decibels(0.01));
        CHECK(distance(now[i].fader, then[i].fader) < Decibels(0.01));
        CHECK(std::abs(now[i].pan.position() - then[i].pan.position()) < 0.001);
        CHECK(now[i].muted == then[i].muted);
    }
}

/// Whether each control that passes moved holds what the last of them says.
void check_holds(const std::vector<sim::SimStrip>& strips, const std::vector<Pass>& passes,
                 const Capabilities& can) {
    for (const sim::SimStrip& strip : strips) {
        for (const Control control : all_controls) {
            std::optional<ControlValue> told;
            for (const Pass& pass : passes)
                for (const PassEntry& entry : pass.entries)
                    if (entry.strip.name == strip.name && entry.control == control) told = entry.after;
            INFO(strip.name << ", " << to_string(control));
            if (told) CHECK(surface::same_value(strip.value(control), *told, can));
        }
    }
}

}  // namespace

TEST_CASE("on a wire that loses up to ten in a hundred the DAW is found, and all its strips with it") {
    const double share = GENERATE(0.03, 0.10);
    CAPTURE(share);
    for (std::uint32_t seed = 1; seed <= test::steps(50); ++seed) {
        CAPTURE(seed);
        LossyStudio studio(share, seed);
        engine::ObserveJob glance(Duration::zero());
        const auto ran = studio.room.loop.run(glance);
        INFO((ran ? std::string("found") : ran.error().message));
        REQUIRE(ran);
        const auto& strips = studio.daw.engine().strips();
        const auto& seen = studio.room.session.mixer().strips;
        REQUIRE(seen.size() == strips.size() + 1);
        for (std::size_t i = 0; i < strips.size(); ++i) {
            CAPTURE(strips[i].name);
            CHECK(seen[i].name.name == strips[i].name);
            for (const Control control : all_controls) {
                const auto value = seen[i].control(control);
                REQUIRE(value);
                CHECK(surface::same_value(*value, strips[i].value(control),
                                          studio.room.session.capabilities()));
            }
        }
    }
}

TEST_CASE("on a wire that loses three in a hundred a mix is confirmed or taken back, and so is its revert") {
    int confirmed = 0;
    int taken_back = 0;
    constexpr std::uint32_t seeds = test::steps(20);
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
        CAPTURE(seed);
        LossyStudio studio(0.03, seed);
        const auto at_first = studio.daw.engine().strips();

        auto mix = studio.room.desk.job({});
        const auto failed = studio.run(mix);
        CHECK(studio.lossy.counts().dropped > 0);
        if (failed) {
            INFO(failed->message);
            CHECK_FALSE(failed->message.empty());
            check_stands_as(studio.daw.engine().strips(), at_first);
            continue;
        }
        ++confirmed;
        REQUIRE_FALSE(mix.report().passes.empty());
        for (const Pass& pass : mix.report().passes) {
            CHECK(pass.state == PassState::applied);
            for (const PassEntry& entry : pass.entries) CHECK(entry.verdict == Verdict::confirmed);
        }
        check_holds(studio.daw.engine().strips(), mix.report().passes, studio.room.session.capabilities());

        const auto mixed = studio.daw.engine().strips();
        engine::RevertJob revert(mix.report().passes.front().id, false, "sim", {}, *studio.room.desk.journal,
                                 studio.room.desk.recorder);
        const auto stopped = studio.run(revert);
        INFO((stopped ? stopped->message : std::string("reverted")));
        check_stands_as(studio.daw.engine().strips(), stopped ? mixed : at_first);
        if (!stopped) ++taken_back;
    }
    // Errors are allowed, not usual.
    CHECK(confirmed >= static_cast<int>(seeds) - 1);
    CHECK(taken_back >= static_cast<int>(seeds) - 1);
}
