#pragma once

#include "core/result.hpp"
#include "engine/job.hpp"

#include <optional>

namespace kedge::engine {

/// Lets the song play on from where it stands, and afterwards stops it and goes back there. A transport that
/// rolls already is left rolling, and one that a person stopped meanwhile is left where they have it. Part of
/// a job. Every command may be lost on the way: it is given again until the DAW is seen to obey, a few times.
class BorrowedTransport {
  public:
    void start(Desk& desk);
    void event(Desk& desk, const surface::Event& event);
    void wake(Desk& desk);
    /// The surface would not carry out Play, Stop or Locate.
    void refused(const Error& error);
    /// Gives it back. Call once, after start().
    void end(Desk& desk);

    /// The song was seen to move.
    [[nodiscard]] bool played() const { return played_; }
    [[nodiscard]] bool done() const { return phase_ == Phase::done; }
    /// Why the song does not play: end() is due. On the way back: what could not be done.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  private:
    enum class Phase { idle, starting, playing, broken, stopping, resting, returning, done };

    void wait(Desk& desk, Duration span);
    void play(Desk& desk);
    void stop(Desk& desk);
    void rest(Desk& desk);
    void go_back(Desk& desk);
    void position(SongTime at);
    void play_overdue(Desk& desk);
    void stop_overdue(Desk& desk);
    void return_overdue(Desk& desk);
    void fail_with(Error error);

    Phase phase_ = Phase::idle;
    bool found_rolling_ = false;
    bool played_ = false;
    int tries_ = 0;
    Instant deadline_{};
    Instant last_report_{};  ///< when a position came last
    SongTime original_;
    std::optional<Error> error_;
};

}  // namespace kedge::engine
