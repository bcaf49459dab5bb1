#pragma once

#include "core/result.hpp"
#include "engine/job.hpp"
#include "surface/surface.hpp"

#include <deque>
#include <optional>
#include <set>

namespace kedge::engine {

/// The one owner of a surface: passes bytes and wake-ups to it, its events to the job at work, and the job's
/// commands back. What remains for the loop is datagrams to send and instants to be woken at.
class Engine {
  public:
    /// The surface outlives the engine.
    explicit Engine(surface::Surface& surface);

    void start(Instant now, surface::Effects& out);
    void receive(Instant now, std::span<const std::byte> bytes, surface::Effects& out);
    void wake(Instant now, surface::Effects& out);
    void close(Instant now, surface::Effects& out);

    /// Begins a job as soon as the surface is ready; the job outlives its work. One job at a time (asserted).
    void begin(Job& job, Instant now, surface::Effects& out);
    void interrupt(Instant now, surface::Effects& out);

    /// True while a job waits or works.
    [[nodiscard]] bool busy() const { return job_ != nullptr; }
    /// Set when the surface was lost before it ever was ready.
    [[nodiscard]] const std::optional<Error>& unreachable() const { return unreachable_; }
    [[nodiscard]] const surface::Surface& surface() const { return surface_; }
    [[nodiscard]] std::optional<Progress> progress() const;

  private:
    void digest(Instant now, surface::Effects fresh, surface::Effects& out);
    void after_job(Instant now, Desk& desk, std::deque<surface::Effect>& queue);
    void handle(Instant now, const surface::Event& event, std::deque<surface::Effect>& queue);
    void start_job(Instant now, std::deque<surface::Effect>& queue);

    surface::Surface& surface_;
    Job* job_ = nullptr;
    bool job_started_ = false;
    bool ever_ready_ = false;
    std::set<Instant> job_wakes_;
    std::optional<Error> unreachable_;
};

}  // namespace kedge::engine
