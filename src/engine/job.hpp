#pragma once

#include "surface/surface.hpp"

#include <optional>
#include <string>
#include <vector>

/// The engine ties surface, listening, rules, runner and journal together. Everything here runs on the one
/// loop thread; time comes in as an argument.
namespace kedge::engine {

/// What a job may look at and do at one moment. Valid only during the call it is handed to.
class Desk {
  public:
    Desk(Instant now, const surface::Surface& surface) : now_(now), surface_(surface) {}

    [[nodiscard]] Instant now() const { return now_; }
    [[nodiscard]] const surface::Surface& surface() const { return surface_; }
    [[nodiscard]] const MixerState& mixer() const { return surface_.mixer(); }
    /// Commands are carried out in order once the job returns.
    void send(surface::Command command) { commands_.push_back(std::move(command)); }
    /// Wakes the job at this instant (or soon after); the earliest one asked for counts, later ones are
    /// remembered too.
    void wake_at(Instant when) { wakes_.push_back(when); }
    void wake_in(Duration span) { wake_at(now_ + span); }

    [[nodiscard]] const std::vector<surface::Command>& commands() const { return commands_; }
    [[nodiscard]] const std::vector<Instant>& wakes() const { return wakes_; }

  private:
    Instant now_;
    const surface::Surface& surface_;
    std::vector<surface::Command> commands_;
    std::vector<Instant> wakes_;
};

/// How far a job is, for a progress bar.
struct Progress {
    std::string doing;   ///< "listening 0:12.3 of 0:45.2"
    double share = 0.0;  ///< 0..1
    /// What is worth a line of its own, all of it since the work began; only ever longer.
    std::vector<std::string> said{};
};

/// A piece of work on a connected surface: a state machine fed with events and wake-ups until it is done.
class Job {
  public:
    virtual ~Job() = default;
    virtual void start(Desk& desk) = 0;
    virtual void event(Desk& desk, const surface::Event& event) = 0;
    virtual void wake(Desk& desk) = 0;
    /// The surface would not carry out a command of this job.
    virtual void refused(Desk& desk, const surface::Command& command, const Error& error) = 0;
    /// The user wants to stop (Ctrl-C): put things back and come to an end.
    virtual void interrupt(Desk& desk) = 0;
    [[nodiscard]] virtual bool done() const = 0;
    [[nodiscard]] virtual Progress progress() const = 0;
};

}  // namespace kedge::engine
