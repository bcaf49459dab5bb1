#pragma once

#include "engine/listener.hpp"
#include "surface/surface.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kedge::test {

/// A DAW's transport and meters in virtual time, with faults by script. It reports every 100 ms what changed,
/// as Ardour does, and speaks to one Listener directly.
class ScriptedTransport : public surface::Surface {
  public:
    ScriptedTransport();

    StripId add_strip(const std::string& name);
    void remove_strip(StripId strip);

    /// Starts the listener and lets time pass until it is done, or `patience` is over; false then.
    bool run(engine::Listener& listener, Duration patience = std::chrono::minutes(10));
    /// Does something so long after the start.
    void at(Duration when, std::function<void(engine::Listener&)> act) {
        acts_.emplace(when, std::move(act));
    }
    void tell(engine::Listener& listener, const surface::Event& event);
    void interrupt(engine::Listener& listener);
    /// A person at the DAW.
    void stop_by_hand() { rolling_now = false; }

    // --- the script
    SongTime position_now;
    bool rolling_now = false;
    std::function<Decibels(StripId, SongTime)> plays;  ///< what a strip's meter shows while the song is there
    std::set<int> lost_commands;                       ///< by their number, from 0: never arrive
    bool never_rolls = false;
    bool never_stops = false;
    bool stalled = false;  ///< says that it rolls, and stands still
    std::optional<SongTime> stops_by_itself_at;
    std::optional<SongTime> loops_at;  ///< jumps back to the start there
    Duration busy_after_stop{};        ///< a locate this soon after a stop is lost
    std::optional<Error> refuses_locate;
    std::string mentioned_marker;
    SongTime marker_at;

    /// "stop", "play", "locate 7.0", in the order they were sent.
    std::vector<std::string> log;
    [[nodiscard]] Instant now() const { return now_; }

    // --- Surface
    void start(Instant, surface::Effects&) override {}
    void receive(Instant, std::span<const std::byte>, surface::Effects&) override {}
    void wake(Instant, surface::Effects&) override {}
    Result<void> command(Instant now, const surface::Command& command, surface::Effects& out) override;
    void close(Instant, surface::Effects&) override {}
    [[nodiscard]] bool ready() const override { return true; }
    [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
    [[nodiscard]] const MixerState& mixer() const override { return mixer_; }
    [[nodiscard]] const surface::Counters& counters() const override { return counters_; }
    [[nodiscard]] std::optional<SongTime> position() const override { return told_position_; }
    [[nodiscard]] std::optional<bool> rolling() const override { return told_rolling_; }
    [[nodiscard]] std::optional<Decibels> meter(StripId strip) const override;

    Capabilities capabilities_;
    MixerState mixer_;

  private:
    void carry(engine::Listener& listener, const engine::Desk& desk);
    void locate(SongTime to);
    void tick(engine::Listener& listener);

    surface::Counters counters_;
    std::optional<SongTime> told_position_;
    std::optional<bool> told_rolling_;
    std::map<StripId, Decibels> meters_;
    std::multimap<Duration, std::function<void(engine::Listener&)>> acts_;
    std::multiset<Instant> wakes_;
    Instant now_{};
    Instant stopped_at_{};
    int sent_ = 0;
};

}  // namespace kedge::test
