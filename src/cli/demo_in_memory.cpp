#include "ardour/ardour_session.hpp"
#include "cli/demo_stage.hpp"
#include "cli/sim_in_memory.hpp"
#include "engine/engine.hpp"
#include "engine/virtual_loop.hpp"
#include "sim/built_in_song.hpp"
#include "sim/simulated_ardour.hpp"

namespace kedge::cli {

namespace {

class DemoInMemory : public DemoStage {
  public:
    explicit DemoInMemory(sim::Song song) : daw_(std::move(song)) {}
    Result<void> run(engine::Job& job) override { return loop_.run(job); }
    Result<sim::AudioEngine> look() override { return daw_.engine(); }
    [[nodiscard]] std::string surface_name() const override { return "sim in memory"; }
    [[nodiscard]] std::string introduction() const override {
        return "A simulated DAW plays a song of its own; the levels of its tracks are scrambled.";
    }

  private:
    sim::SimulatedArdour daw_;
    SimInMemory<> wire_{daw_};
    ardour::ArdourSession session_{Duration{}};  // in memory everything keeps its order
    engine::Engine engine_{session_};
    engine::VirtualLoop loop_{engine_, wire_};
};

}  // namespace

std::unique_ptr<DemoStage> demo_in_memory(const DemoOptions& options) {
    return std::make_unique<DemoInMemory>(sim::with_tracks(sim::built_in_song(options.seed), options.tracks));
}

}  // namespace kedge::cli
