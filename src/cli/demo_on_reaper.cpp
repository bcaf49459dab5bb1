#include "cli/connection.hpp"
#include "cli/demo_stage.hpp"
#include "cli/profiles.hpp"
#include "engine/observe_job.hpp"
#include "io/udp_simulator.hpp"
#include "sim/built_in_song.hpp"
#include "sim/simulated_reaper.hpp"

#include <future>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

// The selection is put back a second after the last value.
constexpr Duration until_all_is_said = std::chrono::milliseconds(1'500);

/// While its thread runs, the simulated REAPER belongs to that.
class DemoOnReaper : public DemoStage {
  public:
    DemoOnReaper(sim::Song song, sim::ReaperSettings reaper) : daw_(std::move(song), std::move(reaper)) {}
    ~DemoOnReaper() override {
        connection_.reset();
        if (simulator_) simulator_->stop();
        if (thread_.joinable()) thread_.join();
    }
    DemoOnReaper(const DemoOnReaper&) = delete;
    DemoOnReaper& operator=(const DemoOnReaper&) = delete;

    void select_every_other_track() {
        for (std::size_t i = 0; i < daw_.engine().strips().size(); i += 2) daw_.select_track(i, true);
        selected_ = (daw_.engine().strips().size() + 1) / 2;
    }

    Result<void> open(const Settings& settings, ProgressView& progress) {
        auto simulator = io::UdpSimulator::open(daw_, 0);
        if (!simulator) return tl::unexpected(simulator.error());
        simulator_ = std::move(*simulator);
        thread_ = std::thread([this] { simulator_->run(); });
        settings_ = settings;
        settings_.at = fmt::format("127.0.0.1:{}", simulator_->port());
        settings_.feedback_port = 0;
        auto connection = Connection::open(settings_, progress);
        if (!connection) return tl::unexpected(connection.error());
        connection_ = std::move(*connection);
        return {};
    }

    Result<void> run(engine::Job& job) override { return connection_->run(job); }

    Result<sim::AudioEngine> look() override {
        engine::ObserveJob rest(until_all_is_said);
        if (const auto rested = connection_->run(rest); !rested) return tl::unexpected(rested.error());
        std::promise<sim::AudioEngine> told;
        auto seen = told.get_future();
        simulator_->meddle([&](std::vector<sim::Datagram>&) { told.set_value(daw_.engine()); });
        return seen.get();
    }

    [[nodiscard]] std::string surface_name() const override { return connection_->name(); }
    [[nodiscard]] std::string introduction() const override {
        return fmt::format(
            "A simulated REAPER on UDP port {} plays a song of its own, of {} tracks, {} of them selected; "
            "their "
            "levels are scrambled. It sends packets of at most 1,024 bytes, 10 ms apart, and uses {}.",
            simulator_->port(), tracks_, selected_ == 0 ? "none" : std::to_string(selected_),
            settings_.pattern.empty() ? "kedge's pattern file" : settings_.pattern);
    }

  private:
    sim::SimulatedReaper daw_;
    std::size_t tracks_ = daw_.engine().strips().size();
    std::size_t selected_ = 0;
    std::unique_ptr<io::UdpSimulator> simulator_;
    std::thread thread_;
    Settings settings_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace

Result<std::unique_ptr<DemoStage>> demo_on_reaper(const Settings& settings, const DemoOptions& options,
                                                  ProgressView& progress) {
    auto patterns = load_patterns(settings.pattern);
    if (!patterns) return tl::unexpected(patterns.error());
    sim::ReaperSettings reaper;
    reaper.patterns = std::move(*patterns);
    reaper.to_last_sender = true;
    auto stage = std::make_unique<DemoOnReaper>(
        sim::with_tracks(sim::built_in_song(options.seed), options.tracks), std::move(reaper));
    if (options.selected) stage->select_every_other_track();
    if (const auto opened = stage->open(settings, progress); !opened) return tl::unexpected(opened.error());
    return stage;
}

}  // namespace kedge::cli
