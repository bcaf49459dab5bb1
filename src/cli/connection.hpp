#pragma once

#include "ardour/ardour_session.hpp"
#include "cli/progress_bar.hpp"
#include "cli/settings.hpp"
#include "core/result.hpp"
#include "engine/engine.hpp"
#include "engine/saw_tooth_probe.hpp"
#include "io/daw_loop.hpp"
#include "io/event_loop.hpp"
#include "reaper/reaper_session.hpp"
#include "surface/surface.hpp"

#include <memory>
#include <optional>
#include <string>

namespace kedge::cli {

/// A surface, its engine and its loop. The connection is made by the first run().
class Connection {
  public:
    /// `progress` outlives the connection.
    static Result<std::unique_ptr<Connection>> open(const Settings& settings, ProgressView& progress);
    /// The same on a loop that serves others too.
    static Result<std::unique_ptr<Connection>> open(const Settings& settings, ProgressView& progress,
                                                    io::EventLoop& loop);
    ~Connection();

    /// Runs a job, showing its progress. No answer from a DAW of which nothing was ever heard becomes an
    /// error that names the address and what to turn on; of one that was lost it says why.
    Result<void> run(engine::Job& job);
    /// The same; any key on this process's terminal ends the job as Ctrl-C does. Not on a loop that serves
    /// others too: its terminal is not that of who asked.
    Result<void> run_until_key(engine::Job& job);
    /// Makes the connection without a job, and keeps it as long as somebody pumps the loop.
    void start();
    /// Ends the job at work, which puts things back, and turns away every other until resume(). From within
    /// run(), or between two.
    void interrupt();
    void resume() { interrupted_ = false; }
    /// One who looks on; outlives the connection's use.
    void observe(engine::EngineObserver& observer) { engine_.observe(observer); }
    /// One who acts; outlives the connection's use.
    void invite(engine::EngineGuest& guest) { engine_.invite(guest); }
    /// For what else is to be on it.
    [[nodiscard]] io::DawLoop& loop() { return *loop_; }
    /// Tells the user of the work at hand, before it goes on.
    void say(const std::string& words) { progress_.say(words); }
    [[nodiscard]] const surface::Surface& surface() const { return *surface_; }
    /// Why a companion script that is there did not say what the DAW has open; nullopt where it did.
    [[nodiscard]] std::optional<Error> companion_trouble() const;
    /// What a probe found out about the DAW.
    [[nodiscard]] engine::KnownStyle& known_style() { return known_style_; }
    [[nodiscard]] io::LoopCounters loop_counters() const { return loop_->counters(); }
    /// "ardour 127.0.0.1:3819"
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    Connection(ProgressView& progress, SurfaceKind kind, io::DawAddress address, std::string place,
               std::unique_ptr<surface::Surface> surface);
    static Result<std::unique_ptr<Connection>> open_over_udp(const Settings& settings,
                                                             const SurfaceKind& kind, ProgressView& progress,
                                                             io::EventLoop* shared);
    static Result<std::unique_ptr<Connection>> open_over_midi(const Settings& settings,
                                                              const SurfaceKind& kind, ProgressView& progress,
                                                              io::EventLoop* shared);
    void find_companion_script();
    void find_reaper_companion();
    static Result<std::unique_ptr<Connection>> open(const Settings& settings, ProgressView& progress,
                                                    io::EventLoop* shared);

    ProgressView& progress_;
    SurfaceKind kind_;
    io::DawAddress address_;  ///< of a DAW that has one
    std::string place_;       ///< where it is, for a person
    std::string name_;
    std::unique_ptr<surface::Surface> surface_;
    ardour::ArdourSession* ardour_ = nullptr;  ///< the surface, where it speaks Ardour's OSC
    reaper::ReaperSession* reaper_ = nullptr;  ///< or REAPER's
    engine::Engine engine_;
    engine::KnownStyle known_style_;
    std::unique_ptr<io::DawLoop> loop_;
    bool own_terminal_ = false;  ///< of who asks for the work
    bool interrupted_ = false;
};

}  // namespace kedge::cli
