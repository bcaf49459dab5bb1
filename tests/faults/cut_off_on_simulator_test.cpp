#include "cli/sim_in_memory.hpp"
#include "engine/recall_job.hpp"
#include "engine/recover_job.hpp"
#include "engine/revert_job.hpp"
#include "engine/snapshot_job.hpp"
#include "scenario/mixing_room.hpp"
#include "sim/built_in_song.hpp"
#include "support/catch.hpp"
#include "surface/same_value.hpp"

#include <limits>
#include <random>

using namespace kedge;

namespace {

/// What ends the process of kedge in mid-send.
struct Killed {};

/// The wire between a DAW that lives on and one process after the other: each counts its time from its own
/// start, and may be killed at a datagram.
class MortalWire : public engine::VirtualDaw {
  public:
    explicit MortalWire(engine::VirtualDaw& daw) : daw_(daw) {}

    void new_process(std::size_t lives_for = std::numeric_limits<std::size_t>::max()) {
        began_ = daw_.next_wake() - Instant{};
        left_ = lives_for;
        sent_ = 0;
    }
    [[nodiscard]] std::size_t sent() const { return sent_; }

    void receive(Instant now, std::span<const std::byte> bytes, Datagrams& out) override {
        if (left_ == 0) throw Killed{};
        --left_;
        ++sent_;
        daw_.receive(now + began_, bytes, out);
    }
    void advance(Instant to, Datagrams& out) override { daw_.advance(to + began_, out); }
    [[nodiscard]] Instant next_wake() const override { return daw_.next_wake() - began_; }
    void hand_over(const std::string& request) override { daw_.hand_over(request); }

  private:
    engine::VirtualDaw& daw_;
    Duration began_{};
    std::size_t left_ = 0;
    std::size_t sent_ = 0;
};

/// A DAW and a journal that outlive the processes of kedge.
struct MortalStudio {
    /// Runs a job in a process of its own; false when that was killed at its so-manieth datagram.
    bool run(engine::Job& job, std::size_t lives_for = std::numeric_limits<std::size_t>::max()) {
        wire.new_process(lives_for);
        test::MixingRoom<> room{wire};
        try {
            const auto ran = room.loop.run(job);
            REQUIRE(ran);
        } catch (const Killed&) {
            return false;
        }
        return true;
    }
    std::vector<std::vector<ControlValue>> values() {
        std::vector<std::vector<ControlValue>> all;
        for (const sim::SimStrip& strip : daw.engine().strips()) {
            all.emplace_back();
            for (const Control control : all_controls) all.back().push_back(strip.value(control));
        }
        return all;
    }
    void scramble() {
        for (auto& strip : daw.engine().strips()) {
            strip.fader = nearest_step(strip.fader - Decibels(3.0), Decibels(3.0));
            strip.trim = Decibels(2.0);
            strip.muted = !strip.muted;
        }
    }

    sim::SimulatedArdour daw{sim::many_strips_song(4)};
    cli::SimInMemory<> memory{daw};
    MortalWire wire{memory};
    std::unique_ptr<journal::Journal> journal = std::move(*journal::open_journal(":memory:"));
    engine::JournalRecorder recorder{*journal};
};

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
