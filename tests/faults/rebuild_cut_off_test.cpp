#include "engine/observe_job.hpp"
#include "engine/rebuild_job.hpp"
#include "engine/recover_job.hpp"
#include "faults/mortal_studio.hpp"
#include "sim/faults.hpp"
#include "support/layered_song.hpp"

#include <algorithm>
#include <random>

using namespace kedge;
using namespace kedge::test;

namespace {

bool any_muted(const sim::SimulatedArdour& daw) {
    const auto& strips = daw.engine().strips();
    return std::any_of(strips.begin(), strips.end(), [](const sim::SimStrip& strip) { return strip.muted; });
}

struct RebuildRules {
    mix::RoleBook roles = shipped_roles();
    mix::RebuildProfile profile = shipped_rebuild();
};

}  // namespace

TEST_CASE("killed at any datagram of a rebuild, the next start finds the pass and opens every mute") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const RebuildRules rules;
    std::size_t length = 400;
    int unfinished = 0;
    for (int round = 0; round < 40; ++round) {
        CAPTURE(round);
        MortalStudio studio(layered_song(12));
        engine::RebuildJob rebuild({engine::Bars{1}, {}}, rules.roles, rules.profile, "sim", {},
                                   *studio.journal, studio.recorder);
        const bool ended =
            studio.run(rebuild, std::uniform_int_distribution<std::size_t>(0, length - 1)(random));
        if (ended) {
            length = studio.wire.sent();
            CHECK_FALSE(rebuild.report().error);
            CHECK_FALSE(any_muted(studio.daw));
        }
        engine::RecoverJob recover(engine::Recovery::roll_back, false, *studio.journal);
        REQUIRE(studio.run(recover));
        CHECK_FALSE(recover.report().error);
        CHECK_FALSE(any_muted(studio.daw));
        CHECK(studio.journal->unfinished("layers").value().empty());
        if (!recover.report().cut_off) continue;
        ++unfinished;
        CHECK_FALSE(ended);
        CHECK(recover.report().pass->state == PassState::rolled_back);
    }
    CHECK(unfinished > 5);
}

TEST_CASE("a rebuild over a wire that loses, doubles and delays leaves everything as it was") {
    const auto seed = GENERATE(range(1U, 9U));
    CAPTURE(seed);
    const RebuildRules rules;
    sim::SimulatedArdour daw(layered_song(40));
    sim::FaultyWire wire(daw, {});
    cli::SimInMemory<sim::FaultyWire> memory(wire);
    MixingRoom<> room(memory);
    engine::ObserveJob glance(Duration::zero());
    REQUIRE(room.loop.run(glance));
    sim::FaultRates rates;
    rates.drop = rates.duplicate = rates.delay = 0.1;
    wire.set_plan({seed, rates, rates});
    engine::RebuildJob rebuild({engine::Bars{1}, {}}, rules.roles, rules.profile, "sim", {},
                               *room.desk.journal, room.desk.recorder);
    REQUIRE(room.loop.run(rebuild));
    INFO((rebuild.report().error ? rebuild.report().error->message : ""));
    CHECK_FALSE(rebuild.report().error);
    CHECK(rebuild.report().came_in.size() == 5);
    CHECK_FALSE(any_muted(daw));
    CHECK_FALSE(daw.engine().rolling());
    CHECK(daw.engine().position() == 0);
    CHECK(room.desk.journal->pass(PassId{1}).value().state == PassState::rolled_back);
}
