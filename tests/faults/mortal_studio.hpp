#pragma once

#include "cli/sim_in_memory.hpp"
#include "engine/job.hpp"
#include "engine/journal_recorder.hpp"
#include "journal/journal.hpp"
#include "scenario/mixing_room.hpp"
#include "sim/built_in_song.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace kedge::test {

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
    explicit MortalStudio(sim::Song song = sim::many_strips_song(4)) : daw(std::move(song)) {}

    /// Runs a job in a process of its own; false when that was killed at its so-manieth datagram.
    bool run(engine::Job& job, std::size_t lives_for = std::numeric_limits<std::size_t>::max()) {
        wire.new_process(lives_for);
        MixingRoom<> room{wire};
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

    sim::SimulatedArdour daw;
    cli::SimInMemory<> memory{daw};
    MortalWire wire{memory};
    std::unique_ptr<journal::Journal> journal = std::move(*journal::open_journal(":memory:"));
    engine::JournalRecorder recorder{*journal};
};

}  // namespace kedge::test
