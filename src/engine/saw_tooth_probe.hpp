#pragma once

#include "engine/line_listener.hpp"
#include "engine/live_writer.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kedge::engine {

/// Where it may be tried out how a DAW writes automation.
struct ProbeSpot {
    StripId strip;
    Decibels base;    ///< where the fader stands there, by its old curve
    SongRange range;  ///< of at least `probe_length`
};

/// What a probe needs of the song.
inline constexpr Duration probe_length = std::chrono::milliseconds(1800);

/// The spot that is harmed least: on a fader that is to be ridden anyway, within what will be written over by
/// its ride, where ride and old curve are level. `old_lines` are those of these faders, as heard; a fader
/// without one counts as one without automation. nullopt when no ride has such a stretch.
[[nodiscard]] std::optional<ProbeSpot> choose_probe_spot(std::span<const Ride> rides,
                                                         std::span<const HeardLine> old_lines);

/// The ride with a level stretch in which a probe has room: where it has none, its first level is held for
/// longer before it (or its last one after it, where the song has no room before).
[[nodiscard]] Ride with_room_for_probe(Ride ride);
/// The same with room outside of all that it has, as it goes over an old line.
[[nodiscard]] Ride with_room_around(Ride ride);

enum class WritingStyle {
    unknown,    ///< the probe could not be carried out: `error` says why
    staircase,  ///< what is written holds until the next value: rides can be written live
    saw_tooth,  ///< between two values it falls back to the old curve: `error` refuses
};

/// Why a ride is refused in a DAW in which it would become a saw-tooth.
[[nodiscard]] Error saw_tooth_refusal();

/// What is known of how a connection's DAW writes; forgotten once the DAW was lost in between, as it may be
/// another one then.
class KnownStyle {
  public:
    void keep(WritingStyle style, const surface::Surface& surface);
    [[nodiscard]] WritingStyle of(const surface::Surface& surface) const;

  private:
    WritingStyle style_ = WritingStyle::unknown;
    std::uint64_t reconnects_ = 0;
};

struct ProbeReport {
    StripId strip{};  ///< on whose fader it was tried
    WritingStyle style = WritingStyle::unknown;
    std::optional<Error> error;
    SongRange stretch;                      ///< of the song in which it wrote
    std::vector<std::string> not_restored;  ///< sentences
};

/// Finds out whether automation that is written live holds between two values, by what the DAW does: dips a
/// fader by a third of a decibel for a second, listens to what it plays there, and writes the old level over
/// it. (A headless Ardour runs no automation watch: each value is a spike out of the old curve.) Once for a
/// connection, before the first live writing.
///
/// Where automation falls back the dip leaves a few spikes of one block each, which cannot be taken away
/// live; elsewhere the list has more points than before, all on the old level.
class SawToothProbe : public Job {
  public:
    explicit SawToothProbe(ProbeSpot spot);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return step_ == Step::done; }
    [[nodiscard]] Progress progress() const override;

    /// Final once done().
    [[nodiscard]] const ProbeReport& report() const { return report_; }

  private:
    enum class Step { dipping, hearing, levelling, done };
    [[nodiscard]] LiveOrder order(Decibels dip) const;
    [[nodiscard]] Job* at_work();
    void go_on(Desk& desk);
    void judge();
    void note_what_stays(const LiveReport& written);
    [[nodiscard]] bool wrote(const LiveReport& report) const;

    ProbeSpot spot_;
    Step step_ = Step::dipping;
    AutomationMode mode_before_ = AutomationMode::manual;
    std::optional<LiveWriter> dip_;
    std::optional<LineListener> ear_;
    std::optional<LiveWriter> level_;
    ProbeReport report_;
};

}  // namespace kedge::engine
