#pragma once

#include "engine/control_reader.hpp"
#include "engine/fader_modes.hpp"
#include "engine/faders_back.hpp"
#include "engine/live_order.hpp"
#include "engine/live_strip.hpp"
#include "engine/song_clock.hpp"
#include "engine/transport_roll.hpp"

#include <optional>
#include <vector>

namespace kedge::engine {

/// Writes rides as automation while the song plays: reads where the faders stand, sets the modes, rolls the
/// song from a little before the first point to the last one, and puts transport, modes and faders back.
/// Whoever runs it has journalled before what it is about to write.
///
/// However it ends, every fader it touched is let go and told in the report: how far it came, and what does
/// not stand as before. After a stop not one value of a ride is sent.
///
/// A fader in manual mode must stand where its ride was planned around, else it is left out. In the touch and
/// latch modes a DAW may give a fader without automation a point at either end of the song: these stay.
class LiveWriter : public Job {
  public:
    explicit LiveWriter(LiveOrder order);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const override;

    /// Final once done().
    [[nodiscard]] const LiveReport& report() const { return report_; }

  private:
    enum class Phase { idle, reading, arming, rolling, returning, restoring, done };

    /// One ride on its way: its place in order and report, and what writes it.
    struct Fader {
        std::size_t place;
        LiveStrip strip;
        bool mode_by_hand = false;  ///< somebody else set its mode: left alone
    };

    void begin_report(const Desk& desk);
    void judge_readings(Desk& desk);
    [[nodiscard]] std::optional<Error> unfit(std::size_t place) const;
    void arm(Desk& desk);
    void roll(Desk& desk);
    void run_all(Desk& desk);
    void heard_position(Desk& desk, SongTime at);
    void heard_control(Desk& desk, const surface::ControlReported& report);
    void heard_mode(const surface::AutomationReported& report);
    void heard_while_rolling(Desk& desk, const surface::Event& event);
    void strips_changed(const surface::StripsChanged& change);
    void jumped(Desk& desk, SongTime to);
    void go_on(Desk& desk);
    void end_pass(Desk& desk, Error why);
    void restore(Desk& desk);
    void lose(Desk& desk, const std::string& why);
    void finish(const Desk& desk);
    void tell_what_stands(const Desk& desk, const Fader& fader);
    [[nodiscard]] FadersBack::Wish way_back(const Fader& fader) const;
    [[nodiscard]] std::optional<SongPlace> place(Instant now) const;
    [[nodiscard]] SongRange part_of(const Ride& ride) const;
    [[nodiscard]] Fader* find(StripId strip);

    LiveOrder order_;
    LiveReport report_;
    Phase phase_ = Phase::idle;
    std::optional<ControlReader> reader_;
    std::vector<std::size_t> read_;  ///< the ride of each reading
    std::vector<Fader> faders_;
    FaderModes modes_;
    TransportRoll roll_;
    SongClock clock_;
    WireDelay wire_;
    std::optional<FadersBack> back_;
    std::optional<Instant> next_run_;
    bool unsettled_ = false;  ///< the strips are changing: nothing can be sent
    bool lost_ = false;
};

}  // namespace kedge::engine
