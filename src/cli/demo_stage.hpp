#pragma once

#include "cli/commands.hpp"
#include "cli/progress_bar.hpp"
#include "cli/settings.hpp"
#include "engine/job.hpp"
#include "sim/audio_engine.hpp"

#include <memory>
#include <string>

namespace kedge::cli {

/// A simulated DAW with a song, and kedge connected to it, for a demo: jobs are run on it, and it can be
/// looked into as nobody can into a real one.
class DemoStage {
  public:
    virtual ~DemoStage() = default;
    virtual Result<void> run(engine::Job& job) = 0;
    /// The DAW's own mixer and audio, once nothing of ours is under way any more.
    virtual Result<sim::AudioEngine> look() = 0;
    /// For the journal and the document.
    [[nodiscard]] virtual std::string surface_name() const = 0;
    /// What stands there, in a sentence or more.
    [[nodiscard]] virtual std::string introduction() const = 0;
    /// How exactly a level can be put back; less than can be heard, or measured in the song.
    [[nodiscard]] virtual Decibels exactness() const { return Decibels(0.01); }
};

/// Ardour's dialect in memory and in virtual time: over at once.
[[nodiscard]] std::unique_ptr<DemoStage> demo_in_memory(const DemoOptions& options);

/// Ableton Live with AbletonOSC, the same way.
[[nodiscard]] std::unique_ptr<DemoStage> demo_on_live(const DemoOptions& options);

/// A DAW that kedge is the control surface of (`--surface mackie` or `hui`), in memory and in virtual time.
[[nodiscard]] Result<std::unique_ptr<DemoStage>> demo_on_surface(const Settings& settings,
                                                                 const DemoOptions& options);

/// REAPER's OSC over UDP on this machine, in real time: packets of at most 1,024 bytes, 10 ms apart, as
/// REAPER sends them unless told otherwise. Its surface and kedge use the pattern file of the settings.
/// `progress` outlives it.
[[nodiscard]] Result<std::unique_ptr<DemoStage>> demo_on_reaper(const Settings& settings,
                                                                const DemoOptions& options,
                                                                ProgressView& progress);

}  // namespace kedge::cli
