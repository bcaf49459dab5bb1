#include "cli/banked_in_memory.hpp"
#include "cli/banked_surface.hpp"
#include "cli/demo_stage.hpp"
#include "cli/profiles.hpp"
#include "engine/engine.hpp"
#include "engine/virtual_loop.hpp"
#include "sim/built_in_song.hpp"
#include "sim/simulated_hui.hpp"
#include "sim/simulated_mackie.hpp"

#include <memory>
#include <utility>

#include <fmt/format.h>

namespace kedge::cli {

namespace {

constexpr int strips_of_a_unit = 8;

/// A DAW behind a control surface, in virtual time.
class DemoOnSurface : public DemoStage {
  public:
    DemoOnSurface(std::unique_ptr<sim::BankedHost> daw, std::unique_ptr<banked::BankedSession> session,
                  std::string name)
        : daw_(std::move(daw)),
          session_(std::move(session)),
          wire_(*daw_, session_->ports()),
          name_(std::move(name)) {}

    Result<void> run(engine::Job& job) override { return loop_.run(job); }
    Result<sim::AudioEngine> look() override {
        loop_.idle(std::chrono::seconds(1));
        return daw_->engine();
    }
    [[nodiscard]] std::string surface_name() const override { return name_ + " in memory"; }
    [[nodiscard]] std::string introduction() const override {
        return fmt::format(
            "A simulated DAW plays a song of its own, of {} tracks; their levels are scrambled. kedge is its "
            "{}, "
            "which shows {} strips at a time: the song is played once for each bank of them.",
            daw_->engine().strips().size(), name_, session_->ports() * strips_of_a_unit);
    }

    /// Surfaces have faders of a thousand places.
    [[nodiscard]] Decibels exactness() const override { return session_->capabilities().level_tolerance; }

  private:
    std::unique_ptr<sim::BankedHost> daw_;
    std::unique_ptr<banked::BankedSession> session_;
    BankedInMemory wire_;
    std::string name_;
    engine::Engine engine_{*session_};
    engine::VirtualLoop loop_{engine_, wire_};
};

}  // namespace

Result<std::unique_ptr<DemoStage>> demo_on_surface(const Settings& settings, const DemoOptions& options) {
    const bool hui = settings.surface == "hui";
    const auto profile = load_daw_profile(hui ? "pro-tools" : "ardour");
    if (!profile) return tl::unexpected(profile.error());
    auto daw = *profile;
    // Where the profile does not know it the simulated DAW does.
    if (!daw.fader.scale) daw.fader.scale = FaderScale(FaderCurve::reaper);
    auto session = banked_surface(daw, 1);
    auto song = sim::with_tracks(sim::built_in_song(options.seed), options.tracks);
    std::unique_ptr<sim::BankedHost> host;
    if (hui) {
        host = std::make_unique<sim::SimulatedHui>(std::move(song), sim::hui_as_pro_tools());
    } else {
        host = std::make_unique<sim::SimulatedMackie>(std::move(song), sim::as_ardour());
    }
    return std::make_unique<DemoOnSurface>(std::move(host), std::move(session),
                                           hui ? "HUI" : "Mackie Control");
}

}  // namespace kedge::cli
