// How long a pass takes over real UDP, from the first question to the recorded outcome: the faders of 64
// strips read, journalled, set, and confirmed by the DAW. On the simulator, or with
// KEDGE_BENCH_DAW=HOST:PORT on a DAW that is running: its faders are moved by a tenth of a decibel and put
// back.

#include "ardour/ardour_session.hpp"
#include "engine/engine.hpp"
#include "engine/journal_recorder.hpp"
#include "engine/observe_job.hpp"
#include "io/daw_loop.hpp"
#include "io/udp_simulator.hpp"
#include "sim/simulated_ardour.hpp"
#include "sim/song.hpp"
#include "support/pass_job.hpp"
#include "support/scratch_folder.hpp"

#include <cmath>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

using namespace kedge;

namespace {

constexpr std::size_t strips_of_a_pass = 64;

sim::Song silent_song(std::size_t tracks) {
    sim::Song song;
    song.name = "Bench";
    const auto samples = std::make_shared<const std::vector<float>>(48'000, 0.0F);
    for (std::size_t i = 0; i < tracks; ++i)
        song.stems.push_back({"Track " + std::to_string(i + 1), 1, samples});
    return song;
}

template <typename T>
T or_throw(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

/// The simulated DAW on a thread and a port of its own.
class ServedSimulator {
  public:
    ServedSimulator()
        : daw_(silent_song(strips_of_a_pass)), served_(or_throw(io::UdpSimulator::open(daw_, 0))) {
        thread_ = std::thread([this] { served_->run(); });
    }
    ~ServedSimulator() {
        served_->stop();
        thread_.join();
    }
    ServedSimulator(const ServedSimulator&) = delete;
    ServedSimulator& operator=(const ServedSimulator&) = delete;
    [[nodiscard]] io::DawAddress address() const { return {"127.0.0.1", served_->port()}; }

  private:
    sim::SimulatedArdour daw_;
    std::unique_ptr<io::UdpSimulator> served_;
    std::thread thread_;
};

/// A connection to the DAW, and its faders as they were found.
class Console {
  public:
    Console() {
        const char* real = std::getenv("KEDGE_BENCH_DAW");
        if (real == nullptr) simulator_.emplace();
        const auto address = real != nullptr ? or_throw(io::parse_address(real, {})) : simulator_->address();
        session_.emplace(io::is_this_machine(address) ? Duration{} : std::chrono::seconds(1));
        engine_.emplace(*session_);
        loop_ = or_throw(io::DawLoop::over_udp(*engine_, address));
        engine::ObserveJob glance(Duration::zero());
        if (auto ran = loop_->run(glance); !ran) throw std::runtime_error(ran.error().message);
        for (const Strip& strip : session_->mixer().strips)
            if (strip.fader && !strip.fader->is_silence() && found_.size() < strips_of_a_pass)
                found_.push_back(strip);
    }
    ~Console() { loop_->close(); }
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    /// One pass: every fader so far below where it was found.
    surface::PassRunner::Wish wish(const Strip& strip, double below_db) const {
        return {strip.id, Control::fader, Decibels(strip.fader->db() - below_db), {}, "bench", "a bench"};
    }
    bool apply(double below_db, surface::PassRecorder& recorder) {
        std::vector<surface::PassRunner::Wish> wishes;
        for (const Strip& strip : found_) wishes.push_back(wish(strip, below_db));
        test::PassJob job(std::move(wishes), recorder);
        const auto ran = loop_->run(job);
        return ran && !job.runner().refused() && job.runner().pass().state == PassState::applied;
    }
    [[nodiscard]] std::size_t strips() const { return found_.size(); }

  private:
    std::optional<ServedSimulator> simulator_;
    std::optional<ardour::ArdourSession> session_;
    std::optional<engine::Engine> engine_;
    std::unique_ptr<io::DawLoop> loop_;
    std::vector<Strip> found_;
};

/// No journal at all: what is left is the wire.
class NoRecorder : public surface::PassRecorder {
  public:
    Result<PassId> record_prepared(const Pass&) override { return PassId{1}; }
    Result<void> record_outcome(const Pass&) override { return {}; }
};

void run_passes(benchmark::State& state, surface::PassRecorder& recorder) {
    Console console;
    bool lowered = false;
    for (auto _ : state) {
        lowered = !lowered;
        if (!console.apply(lowered ? 0.1 : 0.0, recorder)) {
            state.SkipWithError("a pass was not applied");
            break;
        }
    }
    if (lowered && !console.apply(0.0, recorder)) state.SkipWithError("the faders were not put back");
    state.counters["strips"] = static_cast<double>(console.strips());
}

void apply_and_verify(benchmark::State& state) {
    const test::ScratchFolder folder;
    const auto journal = or_throw(journal::open_journal(folder.file("journal.db")));
    engine::JournalRecorder recorder(*journal);
    run_passes(state, recorder);
}

void apply_and_verify_without_journal(benchmark::State& state) {
    NoRecorder recorder;
    run_passes(state, recorder);
}

/// What the journal adds to a pass: both commits wait for the disk.
void journal_of_a_pass(benchmark::State& state) {
    const test::ScratchFolder folder;
    const auto journal = or_throw(journal::open_journal(folder.file("journal.db")));
    engine::JournalRecorder recorder(*journal);
    Pass pass;
    for (std::size_t i = 0; i < strips_of_a_pass; ++i)
        pass.entries.push_back({{StripKind::audio_track, "Track " + std::to_string(i + 1), 0},
                                Control::fader,
                                Decibels(-3.0),
                                Decibels(-6.0),
                                Verdict::pending,
                                "balance",
                                "bass sits 3 to 6 dB below the kick; it was 0.4 below"});
    for (auto _ : state) {
        pass.state = PassState::prepared;
        const auto id = recorder.record_prepared(pass);
        if (!id) {
            state.SkipWithError(id.error().message.c_str());
            break;
        }
        pass.id = *id;
        pass.state = PassState::applied;
        if (const auto settled = recorder.record_outcome(pass); !settled) {
            state.SkipWithError(settled.error().message.c_str());
            break;
        }
    }
}

BENCHMARK(apply_and_verify)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(apply_and_verify_without_journal)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(journal_of_a_pass)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
