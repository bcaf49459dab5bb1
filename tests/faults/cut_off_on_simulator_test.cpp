#include "engine/recall_job.hpp"
#include "engine/recover_job.hpp"
#include "engine/revert_job.hpp"
#include "engine/snapshot_job.hpp"
#include "faults/mortal_studio.hpp"
#include "surface/same_value.hpp"

#include <random>

using namespace kedge;
using namespace kedge::test;

namespace {

bool same_mixer(const std::vector<std::vector<ControlValue>>& a,
                const std::vector<std::vector<ControlValue>>& b) {
    Capabilities can;
    can.level_tolerance = Decibels(0.01);
    can.pan_tolerance = 0.001;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t c = 0; c < a[i].size(); ++c)
            if (!surface::same_value(a[i][c], b[i][c], can)) return false;
    return true;
}

}  // namespace

TEST_CASE("killed at any datagram of a recall or of its revert, the next start finds and settles the pass") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::size_t recall_length = 200;
    std::size_t revert_length = 200;
    int unfinished = 0;
    for (int round = 0; round < 60; ++round) {
        CAPTURE(round);
        MortalStudio studio;
        engine::SnapshotJob take("clean", "sim", {}, *studio.journal);
        REQUIRE(studio.run(take));
        REQUIRE_FALSE(take.report().error);
        const auto clean = studio.values();
        studio.scramble();
        const auto scrambled = studio.values();

        const bool kills_revert = round % 2 == 1;
        const auto point = [&](std::size_t length) {
            return std::uniform_int_distribution<std::size_t>(0, length - 1)(random);
        };
        engine::RecallJob recall("clean", "sim", {}, *studio.journal, studio.recorder);
        bool ended =
            studio.run(recall, kills_revert ? std::numeric_limits<std::size_t>::max() : point(recall_length));
        if (ended) recall_length = studio.wire.sent();
        if (kills_revert) {
            REQUIRE(ended);
            engine::RevertJob revert(PassId{1}, false, "sim", {}, *studio.journal, studio.recorder);
            ended = studio.run(revert, point(revert_length));
            if (ended) revert_length = studio.wire.sent();
        }

        const auto before = kills_revert ? clean : scrambled;
        const auto planned = kills_revert ? scrambled : clean;
        const bool finish = random() % 2 == 0;
        engine::RecoverJob recover(finish ? engine::Recovery::finish : engine::Recovery::roll_back, false,
                                   *studio.journal);
        REQUIRE(studio.run(recover));
        INFO((recover.report().error ? recover.report().error->message : ""));
        CHECK_FALSE(recover.report().error);
        const auto now = studio.values();
        if (recover.report().cut_off) {
            ++unfinished;
            CHECK_FALSE(ended);
            CHECK(same_mixer(now, finish ? planned : before));
        } else {
            CHECK(same_mixer(now, ended ? planned : before));
        }
        CHECK(studio.journal->unfinished("many strips").value().empty());
    }
    CHECK(unfinished > 5);
}
