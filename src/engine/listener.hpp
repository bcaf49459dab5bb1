#pragma once

#include "engine/job.hpp"
#include "engine/lifted_loop.hpp"
#include "engine/tick_phase.hpp"
#include "measure/tape.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace kedge::engine {

/// What to listen to.
struct ListenWishes {
    std::optional<SongTime> from;     ///< the song's start when absent
    std::optional<SongTime> to;       ///< the session's end when absent
    std::optional<Duration> at_most;  ///< stop after so much (--listen 45s)
};

/// Rolls the DAW over a range and records the tape: remembers where the transport was, locates, plays, notes
/// every strip's meter at every position, stops and goes back. A loop in the way is off meanwhile. Strips are
/// recorded as if faders and trims stood as at the beginning.
///
/// Where meters are shown of some strips at a time (Surface::meter_windows), it rolls once for each of those.
/// Strips that come, go or change places meanwhile may have slipped from one window to another: then all are
/// heard once more, and what was heard already stays on the tape.
///
/// The end of the song: the session's end where the surface tells it or finds it; else the first `silent_end`
/// of silence after something was heard. Of several windows the one that sounds last tells the end: each is
/// listened to up to the latest that is known, those that were left before it once more.
///
/// Where the playhead goes only to the start (Capabilities::locates), it is left there, standing; a range
/// that begins elsewhere is a usage error.
///
/// Every command may be lost on the way: the transport is told again until it is seen to do so, a few times.
class Listener {
  public:
    explicit Listener(ListenWishes wishes);

    void start(Desk& desk);
    void event(Desk& desk, const surface::Event& event);
    void wake(Desk& desk);
    void refused(Desk& desk, const Error& error);
    /// Stops the DAW, puts the transport back and ends; the tape keeps what was heard.
    void interrupt(Desk& desk);

    [[nodiscard]] bool done() const { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const;
    /// Why it ended early, if it did. The tape up to there is good.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] const measure::Tape& tape() const { return tape_; }
    [[nodiscard]] measure::Tape take_tape() { return std::move(tape_); }
    /// What was really heard: from where the DAW began to roll to where it was stopped.
    /// Through several windows: what was heard of all of them.
    [[nodiscard]] SongRange heard() const;
    /// The playhead stood elsewhere, or rolled, and was left at the start of the song.
    [[nodiscard]] bool left_at_start() const { return left_at_start_; }
    /// Where the ticks fell that the tape was read at.
    [[nodiscard]] const TickPhase& tick_phase() const { return tick_phase_; }
    /// From telling the DAW to play until its song moved; nullopt when it never did.
    [[nodiscard]] std::optional<Duration> start_delay() const { return start_delay_; }
    /// The whole song as far as known: the session's end, or where the silence began.
    [[nodiscard]] std::optional<SongTime> song_end() const { return song_end_ ? song_end_ : silent_from_; }

  private:
    /// A DAW that stops by itself this near to the end has played the song.
    static constexpr Duration near_the_end = std::chrono::seconds(1);

    enum class Phase {
        idle,
        stopping_first,
        resting_first,
        finding_end,
        showing_meters,
        locating,
        starting,
        rolling,
        stopping_last,
        resting_last,
        returning,
        done
    };

    void begins_elsewhere();
    void enter_finding_end(Desk& desk);
    void enter_showing_meters(Desk& desk);
    void enter_locating(Desk& desk);
    void enter_starting(Desk& desk);
    void play(Desk& desk);
    void rest(Desk& desk, Phase phase);
    void start_over(Desk& desk);
    void returned(Desk& desk);
    void enter_stopping(Desk& desk);
    void enter_returning(Desk& desk);
    void rolled(Desk& desk);
    void round_heard(Desk& desk);
    [[nodiscard]] bool next_window();
    [[nodiscard]] bool slipped(const Desk& desk) const;
    [[nodiscard]] bool ends_by_silence() const;
    void does_not_stop(Desk& desk);
    void finish();
    void wait(Desk& desk, Duration span);
    void position(Desk& desk, SongTime at);
    void close_tick(Desk& desk, SongTime next);
    void record_tick(const surface::Surface& surface, SongTime next);
    bool ends_in_silence(const surface::Surface& surface, SongTime at);
    [[nodiscard]] std::string bank_in_words() const;
    void begin_tracks(Desk& desk);
    void add_missing_tracks(const MixerState& mixer);
    void fail_and_stop(Desk& desk, Error error);
    bool stop_again(Desk& desk, Phase then);
    bool locate_again(Desk& desk, SongTime to);
    [[nodiscard]] bool stands_still_now(const Desk& desk) const;
    [[nodiscard]] bool near_end() const;
    [[nodiscard]] bool ending() const;
    [[nodiscard]] bool everything_silent(const surface::Surface& surface) const;
    [[nodiscard]] Decibels without_tail(std::size_t track, Decibels reading, Duration since_roll,
                                        const MeterLaw& law);

    ListenWishes wishes_;
    Phase phase_ = Phase::idle;
    LiftedLoop loop_;
    Instant deadline_{};
    Instant last_report_{};  ///< when a position came last
    int tries_ = 0;
    int jumps_back_ = 0;
    std::size_t window_ = 0;                         ///< of strips whose meters are shown
    std::size_t windows_ = 1;                        ///< there are so many
    std::vector<std::optional<SongTime>> heard_to_;  ///< by window
    bool strips_changed_ = false;                    ///< since the first window was shown
    int rounds_ = 0;                                 ///< through all windows anew, as strips changed

    SongTime original_;  ///< where the playhead goes at last
    bool left_at_start_ = false;
    bool was_rolling_ = false;
    SongTime from_;
    std::optional<SongTime> to_;
    std::optional<SongTime> song_end_;     ///< as the surface tells it
    std::optional<SongTime> silent_from_;  ///< where the song ends by what was heard, of all windows so far
    std::optional<SongTime> last_position_;
    std::optional<SongTime> silent_since_;
    bool anything_heard_ = false;  ///< in this roll

    Instant play_sent_{};
    std::optional<Duration> start_delay_;
    TickPhase tick_phase_;

    measure::Tape tape_;
    std::unordered_map<StripId, std::size_t> track_of_;
    std::vector<std::optional<Decibels>> tails_;  ///< by track: the meter's remains from before the roll
    std::optional<Error> error_;
    std::optional<Error> refusal_;  ///< of a command on the way back
};

}  // namespace kedge::engine
