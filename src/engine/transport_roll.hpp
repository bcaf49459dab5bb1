#pragma once

#include "engine/job.hpp"
#include "engine/lifted_loop.hpp"

#include <optional>

namespace kedge::engine {

/// Rolls the DAW from a place of the song, and afterwards puts the transport back where it was, rolling if it
/// did. Part of a job, which says when it has rolled enough. Every command may be lost on the way: the
/// transport is told again until it is seen to do so, a few times. A loop in the way is off meanwhile.
class TransportRoll {
  public:
    void start(Desk& desk, SongTime from);
    void event(Desk& desk, const surface::Event& event);
    void wake(Desk& desk);
    /// The surface would not carry out Play, Stop or Locate.
    void refused(Desk& desk, const Error& error);
    /// Stops; with `back` the transport then goes to where it was. Call once, after start().
    void end(Desk& desk, bool back);

    [[nodiscard]] bool rolling() const { return phase_ == Phase::rolling; }
    [[nodiscard]] bool done() const { return phase_ == Phase::done; }
    /// Why it does not roll, or not any more: end() is due. On the way back: what could not be done.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    /// The transport was stopped, and not by end().
    [[nodiscard]] bool stopped_by_hand() const { return stopped_by_hand_; }
    /// Where the song was seen last.
    [[nodiscard]] SongTime last_position() const { return last_position_; }

  private:
    enum class Phase {
        idle,
        stopping_first,
        resting_first,
        locating,
        starting,
        rolling,
        broken,  ///< error() says why
        stopping_last,
        resting_last,
        returning,
        done
    };

    void wait(Desk& desk, Duration span);
    void locate(Desk& desk);
    void play(Desk& desk);
    void rest(Desk& desk, Phase phase);
    void stop(Desk& desk, Phase phase);
    void start_over(Desk& desk);
    [[nodiscard]] Error does_not_go() const;
    void go_back(Desk& desk);
    void finish(Desk& desk);
    void fail_with(Error error);
    void position(Desk& desk, SongTime at);
    void stop_overdue(Desk& desk);
    void locate_overdue(Desk& desk);
    void play_overdue(Desk& desk);
    void return_overdue(Desk& desk);

    Phase phase_ = Phase::idle;
    LiftedLoop loop_;
    Instant deadline_{};
    Instant last_report_{};  ///< when a position came last
    int tries_ = 0;
    int start_overs_ = 0;
    SongTime from_;
    SongTime last_position_;
    SongTime original_;
    bool was_rolling_ = false;
    bool back_ = true;
    bool stopped_by_hand_ = false;
    std::optional<Error> error_;
};

}  // namespace kedge::engine
