#pragma once

#include "ardour/ardour_session.hpp"
#include "cli/sim_in_memory.hpp"
#include "engine/engine.hpp"
#include "engine/observe_job.hpp"
#include "engine/virtual_loop.hpp"
#include "sim/faults.hpp"
#include "support/catch.hpp"
#include "support/pass_job.hpp"
#include "surface/same_value.hpp"

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace kedge::test {

/// Remembers how many records there were; the journal of passes that only the wire is to be tested with.
class CountingRecorder : public surface::PassRecorder {
  public:
    Result<PassId> record_prepared(const Pass&) override { return PassId{++prepared}; }
    Result<void> record_outcome(const Pass&) override {
        ++outcomes;
        return {};
    }
    std::int64_t prepared = 0;
    std::int64_t outcomes = 0;
};

/// Counts the values that are sent to a DAW.
class SetsCounted : public engine::VirtualDaw {
  public:
    explicit SetsCounted(engine::VirtualDaw& daw) : daw_(daw) {}
    void receive(Instant now, std::span<const std::byte> bytes, Datagrams& out) override {
        const auto message = osc::decode_message(bytes);
        if (message && message->address().starts_with("/strip/") && message->size() > 0) ++sets;
        daw_.receive(now, bytes, out);
    }
    void advance(Instant to, Datagrams& out) override {
        for (auto& bytes : std::exchange(waiting_, {})) out.push_back(std::move(bytes));
        daw_.advance(to, out);
    }
    [[nodiscard]] Instant next_wake() const override { return daw_.next_wake(); }
    void hand_over(const std::string& request) override { daw_.hand_over(request); }
    /// What the DAW says by itself.
    void say(std::vector<sim::Datagram> said) {
        for (auto& each : said)
            if (each.to == cli::SimInMemory<>::client) waiting_.push_back(std::move(each.bytes));
    }
    int sets = 0;

  private:
    engine::VirtualDaw& daw_;
    Datagrams waiting_;
};

using TrueMixer = std::map<std::pair<std::string, Control>, ControlValue>;

/// A simulated DAW of a few silent tracks behind a wire that can be made as bad as a test wants, and a
/// session connected while the wire was good.
class FaultyStudio {
  public:
    /// `longest_detour` is what the session is told of the wire.
    FaultyStudio(int tracks, Duration longest_detour)
        : daw_(silent_song(tracks)), wire_(daw_, {}), session_(longest_detour) {
        engine::ObserveJob glance(Duration::zero());
        REQUIRE(loop_.run(glance));
    }

    void set_plan(const sim::FaultPlan& plan) { wire_.set_plan(plan); }
    [[nodiscard]] const sim::FaultCounts& counts() const { return wire_.counts(); }
    [[nodiscard]] sim::SimulatedArdour& daw() { return daw_; }
    [[nodiscard]] engine::VirtualLoop& loop() { return loop_; }
    void rename(std::size_t strip, const std::string& name) {
        std::vector<sim::Datagram> said;
        daw_.rename_strip(strip, name, said);
        counted_.say(std::move(said));
    }
    [[nodiscard]] const MixerState& mixer() const { return session_.mixer(); }
    [[nodiscard]] const ardour::ArdourSession& session() const { return session_; }

    /// Values that left for the DAW so far.
    [[nodiscard]] int sets() const { return counted_.sets; }
    /// What the DAW itself holds, by strip name.
    [[nodiscard]] TrueMixer truth() const {
        TrueMixer truth;
        for (const sim::SimStrip& strip : daw_.engine().strips())
            for (const Control control : all_controls)
                truth.emplace(std::pair(strip.name, control), strip.value(control));
        return truth;
    }
    /// Where the two differ by more than the DAW shows; empty when they are the same.
    [[nodiscard]] std::string difference(const TrueMixer& a, const TrueMixer& b) const {
        std::string all;
        for (const auto& [key, value] : a)
            if (!surface::same_value(value, b.at(key), session_.capabilities()))
                all += key.first + " " + std::string(to_string(key.second)) + ": " + to_string(value) +
                       " against " + to_string(b.at(key)) + "; ";
        return all;
    }

  private:
    static sim::Song silent_song(int tracks) {
        sim::Song song;
        song.name = "Silence";
        const auto samples = std::make_shared<const std::vector<float>>(480, 0.0F);
        for (int i = 0; i < tracks; ++i) song.stems.push_back({"Track " + std::to_string(i + 1), 1, samples});
        return song;
    }

    sim::SimulatedArdour daw_;
    sim::FaultyWire wire_;
    cli::SimInMemory<sim::FaultyWire> in_memory_{wire_};
    ardour::ArdourSession session_;
    engine::Engine engine_{session_};
    SetsCounted counted_{in_memory_};
    engine::VirtualLoop loop_{engine_, counted_};
};

}  // namespace kedge::test
