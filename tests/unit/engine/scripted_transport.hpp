#pragma once

#include "core/song_places.hpp"
#include "engine/job.hpp"
#include "surface/surface.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kedge::test {

/// The part of a job that rolls the DAW, whichever it is.
class TransportUser {
  public:
    virtual ~TransportUser() = default;
    virtual void start(engine::Desk& desk) = 0;
    virtual void event(engine::Desk& desk, const surface::Event& event) = 0;
    virtual void wake(engine::Desk& desk) = 0;
    virtual void refused(engine::Desk& desk, const Error& error) = 0;
    virtual void interrupt(engine::Desk& desk) = 0;
    [[nodiscard]] virtual bool done() const = 0;
};

template <class Part>
class TransportUserOf : public TransportUser {
  public:
    explicit TransportUserOf(Part& part) : part_(part) {}
    void start(engine::Desk& desk) override { part_.start(desk); }
    void event(engine::Desk& desk, const surface::Event& event) override { part_.event(desk, event); }
    void wake(engine::Desk& desk) override { part_.wake(desk); }
    void refused(engine::Desk& desk, const Error& error) override { part_.refused(desk, error); }
    void interrupt(engine::Desk& desk) override { part_.interrupt(desk); }
    [[nodiscard]] bool done() const override { return part_.done(); }

  private:
    Part& part_;
};

/// A DAW's transport, markers and meters in virtual time, with faults by script. It reports every 100 ms what
/// changed, as Ardour does, and speaks to one Listener or MarkReader directly.
class ScriptedTransport : public surface::Surface {
  public:
    ScriptedTransport();

    StripId add_strip(const std::string& name);
    void remove_strip(StripId strip);

    /// Starts it and lets time pass until it is done, or `patience` is over; false then.
    template <class Part>
    bool run(Part& part, Duration patience = std::chrono::minutes(10)) {
        TransportUserOf<Part> user(part);
        return run_user(user, patience);
    }
    /// Does something so long after the start.
    void at(Duration when, std::function<void(TransportUser&)> act) { acts_.emplace(when, std::move(act)); }
    void tell(TransportUser& user, const surface::Event& event);
    void interrupt(TransportUser& user);
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
    std::optional<SongLoop> loop_now;  ///< a loop that is told and can be switched
    Duration busy_after_stop{};        ///< a locate this soon after a stop is lost
    std::optional<Error> refuses_locate;
    std::size_t window_size = 0;  ///< meters of so many strips are shown at a time; 0: of all
    std::size_t window_now = 0;
    bool never_shows = false;             ///< another window
    std::vector<SongMarker> marks;        ///< in the order of time
    bool names_are_lost = false;          ///< what is shown of them never arrives
    std::optional<SongTime> end_to_find;  ///< with Capabilities::finds_end; without it nobody answers

    /// "stop", "play", "locate 7.0", "mark 2", "find end", "loop off", "bank 2", in the order they were sent.
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
    [[nodiscard]] std::optional<SongLoop> loop() const override { return loop_now; }
    [[nodiscard]] std::optional<Decibels> meter(StripId strip) const override;
    [[nodiscard]] std::size_t meter_windows() const override;
    [[nodiscard]] bool shows_meter(StripId strip) const override;

    Capabilities capabilities_;
    MixerState mixer_;

  private:
    bool run_user(TransportUser& user, Duration patience);
    [[nodiscard]] std::string shown() const;
    void carry(TransportUser& user, const engine::Desk& desk);
    void locate(SongTime to);
    void tick(TransportUser& user);

    surface::Counters counters_;
    std::optional<SongTime> told_position_;
    std::optional<bool> told_rolling_;
    std::optional<std::string> told_mark_;
    std::map<StripId, Decibels> meters_;
    std::multimap<Duration, std::function<void(TransportUser&)>> acts_;
    std::multiset<Instant> wakes_;
    Instant now_{};
    Instant stopped_at_{};
    int sent_ = 0;
};

}  // namespace kedge::test
