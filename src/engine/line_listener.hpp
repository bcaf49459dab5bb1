#pragma once

#include "core/fader_line.hpp"
#include "engine/control_reader.hpp"
#include "engine/fader_modes.hpp"
#include "engine/faders_back.hpp"
#include "engine/song_clock.hpp"
#include "engine/transport_roll.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// One fader's automation as it was heard.
struct HeardLine {
    StripId strip;
    FaderLine line;         ///< mode and rest as found; points as reported, only those of the range
    bool followed = false;  ///< it was in play mode and answered; else nothing is known of its automation
    std::vector<std::string> not_restored;
};

/// Hears faders' automation by playing the song: sets play mode, rolls over the range and notes what is
/// reported with the song's place, then puts transport, modes and faders back. What is heard is as fine as
/// the DAW reports while it rolls (Ardour: about ten times a second), straight in decibels in between. A
/// fader of which nothing was reported but where it stands has a level automation or none: one to whoever
/// listens, and `points` is empty.
class LineListener : public Job {
  public:
    LineListener(const std::vector<StripId>& faders, SongRange range);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const override;

    /// Final once done(), in the order asked for.
    [[nodiscard]] const std::vector<HeardLine>& lines() const { return lines_; }
    /// What of the range was really heard; nullopt when nothing was.
    [[nodiscard]] const std::optional<SongRange>& heard() const { return heard_; }
    /// Why less was heard than asked for.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  private:
    enum class Phase { idle, reading, arming, rolling, returning, restoring, done };
    struct Hearing {
        std::optional<SongTime> last_at;
        Decibels last;
    };

    void go_on(Desk& desk);
    void judge_readings(Desk& desk);
    void heard_position(Desk& desk, SongTime at);
    void heard_control(Desk& desk, const surface::ControlReported& report);
    void end(Desk& desk, std::optional<Error> why);
    void restore(Desk& desk);
    void finish(const Desk& desk);
    [[nodiscard]] FadersBack::Wish way_back(const HeardLine& line) const;

    SongRange range_;
    Phase phase_ = Phase::idle;
    std::vector<HeardLine> lines_;
    std::map<StripId, std::size_t> place_of_;
    std::vector<Hearing> hearings_;
    std::optional<ControlReader> reader_;
    std::vector<bool> answered_;
    FaderModes modes_;
    TransportRoll roll_;
    SongClock clock_;
    std::optional<FadersBack> back_;
    std::optional<SongRange> heard_;
    std::optional<Error> error_;
    bool lost_ = false;
};

}  // namespace kedge::engine
