#pragma once

#include "control/arbiter.hpp"
#include "core/result.hpp"
#include "engine/engine_guest.hpp"
#include "engine/engine_observer.hpp"
#include "engine/job.hpp"
#include "surface/surface.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kedge::engine {

/// The one owner of a surface: passes bytes and wake-ups to it, its events to the job at work, and the job's
/// commands back. What remains for the loop is datagrams to send and instants to be woken at.
class Engine {
  public:
    /// The surface outlives the engine.
    explicit Engine(surface::Surface& surface);

    /// One more who looks on; outlives the engine's use.
    void observe(EngineObserver& observer) { observers_.push_back(&observer); }
    /// One more who acts; outlives the engine's use.
    void invite(EngineGuest& guest) { guests_.push_back({&guest, {}}); }
    /// Who has a control just now: what guests do is a hand's, what the job does a pass's or a ride's.
    [[nodiscard]] control::ControlOwner owner(surface::StripControl control) const;
    /// A guest that was invited does something of its own accord.
    void act(EngineGuest& guest, Instant now, const std::function<void(Desk&)>& what, surface::Effects& out);

    void start(Instant now, surface::Effects& out);
    void receive(Instant now, std::size_t port, std::span<const std::byte> bytes, surface::Effects& out);
    void wire_changed(Instant now, std::size_t port, bool plugged_in, surface::Effects& out);
    /// What a companion script left as its answer.
    void answered(Instant now, std::string_view answer, surface::Effects& out);
    void wake(Instant now, surface::Effects& out);
    void close(Instant now, surface::Effects& out);

    /// Begins a job as soon as the surface is ready; the job outlives its work. One job at a time (asserted).
    /// While nobody answers a job is turned away at once, as is one that waits when the surface is lost: it
    /// never starts, busy() is false, and turned_away() says why.
    void begin(Job& job, Instant now, surface::Effects& out);
    void interrupt(Instant now, surface::Effects& out);

    /// True while a job waits or works.
    [[nodiscard]] bool busy() const { return job_ != nullptr; }
    /// Why the job that began last never started; nullopt when it waits, works, or came to an end of its own.
    [[nodiscard]] const std::optional<Error>& turned_away() const { return turned_away_; }
    /// Set from when the surface is lost, whether or not it ever was ready, until it is ready again: the
    /// cause and since when.
    [[nodiscard]] std::optional<Error> lost(Instant now) const;
    [[nodiscard]] const surface::Surface& surface() const { return surface_; }
    [[nodiscard]] std::optional<Progress> progress() const;

  private:
    void digest(Instant now, surface::Effects fresh, surface::Effects& out);
    struct Guest {
        EngineGuest* guest;
        std::set<Instant> wakes;
    };

    using Refusals = std::vector<std::pair<surface::Command, Error>>;

    void carry_out(Instant now, const surface::Command& command, std::deque<surface::Effect>& queue,
                   Refusals& refusals);
    void after_guest(Instant now, Guest& guest, Desk& desk, std::deque<surface::Effect>& queue);
    void hand_moves(Instant now, control::Arbiter::Key control, std::deque<surface::Effect>& queue);
    void hand_touches(Instant now, const surface::TouchControl& touch, std::deque<surface::Effect>& queue);
    void hand_took(Instant now, control::Arbiter::Key control, control::ControlOwner from,
                   std::deque<surface::Effect>& queue);
    void hand_left(Instant now, control::Arbiter::Key control, std::deque<surface::Effect>& queue);
    void job_knows_left(Instant now, const surface::ControlLetGo& left, std::deque<surface::Effect>& queue);
    void watch_hands(Instant now, std::deque<surface::Effect>& queue);
    void touch_in_daw(Instant now, control::Arbiter::Key control, bool held,
                      std::deque<surface::Effect>& queue);
    [[nodiscard]] bool job_may(const surface::Command& command, std::deque<surface::Effect>& queue);
    void after_job(Instant now, Desk& desk, std::deque<surface::Effect>& queue);
    void handle(Instant now, const surface::Event& event, std::deque<surface::Effect>& queue);
    void start_job(Instant now, std::deque<surface::Effect>& queue);
    void turn_away(Instant now);
    void end_job();

    surface::Surface& surface_;
    std::vector<EngineObserver*> observers_;
    std::vector<Guest> guests_;
    Job* job_ = nullptr;
    bool job_started_ = false;
    std::set<Instant> job_wakes_;
    struct Loss {
        std::string why;
        Instant since;
    };
    std::optional<Loss> loss_;
    control::Arbiter arbiter_;
    std::set<control::Arbiter::Key> touched_in_daw_;  ///< for hands
    std::set<control::Arbiter::Key> told_taken_;      ///< to the job
    std::optional<Instant> hands_looked_at_;          ///< the next time
    std::optional<Error> turned_away_;
};

}  // namespace kedge::engine
