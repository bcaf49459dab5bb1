#pragma once

#include "engine/job.hpp"
#include "engine/live_order.hpp"
#include "engine/sent_values.hpp"
#include "engine/wire_delay.hpp"

#include <optional>
#include <vector>

namespace kedge::engine {

/// Where the song is, for one who sends something now.
struct SongPlace {
    SongTime lands;  ///< where it will be when that arrives
    Instant steady;  ///< when it was last seen to roll on as it should
};

/// Writes one ride on its fader while the song rolls: touches it shortly before, sends what the curve asks
/// for, repeats what is not confirmed, and lets go at the end. A value reported that is none of ours stops it
/// at once; the DAW is then asked, and if that value stands the fader is a person's.
class LiveStrip {
  public:
    /// Writes `stretch` of the ride.
    LiveStrip(Ride ride, SongRange stretch, const LiveHands& hands, const Capabilities& capabilities);

    /// Does what is due. nullopt: the song's place is not known just now, and no value is sent.
    void run(Desk& desk, const std::optional<SongPlace>& place, const WireDelay& wire);
    void reported(Desk& desk, const surface::ControlReported& report, const std::optional<SongPlace>& place,
                  WireDelay& wire);
    /// A hand on a controller of kedge's has the fader, whatever the DAW says of it.
    void taken(Desk& desk, const std::optional<SongPlace>& place);
    /// It has let go: the ride goes on by a ramp, unless it was to be left for good.
    void handed_back(Desk& desk, const WireDelay& wire);
    /// Not one more value: the strip is gone, refuses values, or somebody else set its mode.
    void give_up(LiveEnd end, Error why);
    /// The pass of the song is over before the ride was. Lets go of the fader, where that is possible.
    void stop(Desk& desk, bool can_send, const Error& why);

    [[nodiscard]] bool done() const { return phase_ == Phase::done; }
    /// In how long run() is due again, should nothing happen before.
    [[nodiscard]] Duration due_in(SongTime lands) const;
    /// Whether a value left since this instant.
    [[nodiscard]] bool sent_since(Instant when) const { return values_ > 0 && sent_at_ >= when; }
    [[nodiscard]] LiveEnd end() const { return end_; }
    [[nodiscard]] StripId strip() const { return ride_.strip; }
    /// What the strip itself knows of the report.
    void tell(LiveStripReport& report) const;

  private:
    enum class Phase {
        waiting,
        touched,  ///< and nothing sent yet
        writing,
        doubting,  ///< a strange value was reported: the DAW is asked
        theirs,
        releasing,  ///< told several times, as one may be lost
        done
    };
    /// From where a person left the fader back to the curve.
    struct WayBack {
        Decibels from;
        SongRange over;
    };

    void touch(Desk& desk);
    void write(Desk& desk, SongTime lands, const WireDelay& wire);
    void send(Desk& desk, Decibels value, const WireDelay& wire);
    void ask(Desk& desk, const WireDelay& wire);
    void release(Desk& desk, LiveEnd end);
    void release_again(Desk& desk);
    void heard_while_writing(Desk& desk, Decibels value, const std::optional<SentValues::Echo>& echo,
                             const WireDelay& wire);
    void heard_in_doubt(Desk& desk, const surface::ControlReported& report,
                        const std::optional<SentValues::Echo>& echo);
    void settle_doubt(Desk& desk, const SongPlace& place);
    void heard_of_hand(Desk& desk, Decibels value, bool asked, const std::optional<SongPlace>& place);
    void take_over(Desk& desk, SongTime at);
    void watch_hand(Desk& desk, SongTime lands, const WireDelay& wire);
    void begin_way_back(Desk& desk, SongTime lands);
    void end_theirs(SongTime at);
    void note_gap(SongTime lands);
    [[nodiscard]] bool is_over(SongTime lands) const;
    [[nodiscard]] Decibels wanted_at(SongTime at) const;
    /// Until when the curve is level from here on; nullopt where it moves.
    [[nodiscard]] std::optional<SongTime> level_until(SongTime at) const;

    Ride ride_;
    SongRange stretch_;
    LiveHands hands_;
    Capabilities capabilities_;
    SentValues sent_;

    Phase phase_ = Phase::waiting;
    LiveEnd end_ = LiveEnd::untouched;
    bool held_ = false;
    bool confirmed_ = false;  ///< what was sent last
    Instant sent_at_{};
    Instant touched_at_{};  ///< or let go, when told last
    Instant ask_at_{};      ///< when what is not confirmed is asked for
    Instant doubt_since_{};
    bool strange_ = false;  ///< the DAW itself says that it holds none of our values
    int in_vain_ = 0;
    int releases_left_ = 0;
    Decibels hand_;      ///< where the person's fader was reported
    Instant hand_at_{};  ///< when it was reported elsewhere than before
    bool still_asked_ = false;
    bool in_hand_ = false;      ///< of a controller of kedge's
    bool handed_back_ = false;  ///< by it: where it left the fader is asked
    std::optional<WayBack> way_back_;

    std::optional<SongTime> first_;
    SongTime last_;  ///< where the song was when the ride was seen to last
    std::optional<SongTime> theirs_from_;
    std::vector<SongRange> missed_;
    std::vector<SongRange> theirs_;
    std::size_t values_ = 0;
    std::size_t repeated_ = 0;
    std::optional<Error> why_;
};

}  // namespace kedge::engine
