#include "abletonosc/live_session.hpp"
#include "ardour/ardour_session.hpp"
#include "cli/demo_stage.hpp"
#include "cli/sim_in_memory.hpp"
#include "engine/engine.hpp"
#include "engine/virtual_loop.hpp"
#include "sim/built_in_song.hpp"
#include "sim/simulated_ardour.hpp"
#include "sim/simulated_live.hpp"

namespace kedge::cli {

namespace {

struct DemoWords {
    std::string surface_name;
    std::string introduction;
};

template <typename Daw, typename Session>
class DemoInMemory : public DemoStage {
  public:
    template <typename... DawSettings>
    explicit DemoInMemory(DemoWords words, sim::Song song, const DawSettings&... settings)
        : words_(std::move(words)), daw_(std::move(song), settings...) {}
    Result<void> run(engine::Job& job) override { return loop_.run(job); }
    Result<sim::AudioEngine> look() override { return daw_.engine(); }
    [[nodiscard]] std::string surface_name() const override { return words_.surface_name; }
    [[nodiscard]] std::string introduction() const override { return words_.introduction; }

  private:
    DemoWords words_;
    Daw daw_;
    SimInMemory<Daw> wire_{daw_};
    Session session_{Duration{}};  // in memory everything keeps its order
    engine::Engine engine_{session_};
    engine::VirtualLoop loop_{engine_, wire_};
};

sim::Song song_of(const DemoOptions& options) {
    return sim::with_tracks(sim::built_in_song(options.seed), options.tracks);
}

}  // namespace

std::unique_ptr<DemoStage> demo_in_memory(const DemoOptions& options) {
    return std::make_unique<DemoInMemory<sim::SimulatedArdour, ardour::ArdourSession>>(
        DemoWords{"sim in memory",
                  "A simulated DAW plays a song of its own; the levels of its tracks are scrambled."},
        song_of(options));
}

std::unique_ptr<DemoStage> demo_on_live(const DemoOptions& options) {
    sim::LiveSettings live;
    live.reply_port = SimInMemory<sim::SimulatedLive>::client.port;
    return std::make_unique<DemoInMemory<sim::SimulatedLive, abletonosc::LiveSession>>(
        DemoWords{"live in memory",
                  "A simulated Live with AbletonOSC plays a song of its own; the levels of its tracks are "
                  "scrambled. It looks ten times a second at what came in."},
        song_of(options), live);
}

}  // namespace kedge::cli
