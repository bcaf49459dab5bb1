#pragma once

#include "engine/fader_levels.hpp"
#include "engine/heard_pass.hpp"
#include "engine/line_listener.hpp"
#include "engine/live_ride_report.hpp"
#include "engine/probed_writer.hpp"
#include "engine/recorded_lines.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// Rides to be written where automation can be heard and not read.
struct HeardRideOrder {
    LiveOrder live;
    Pass header;  ///< kind, surface, created, what it reapplies; without lines. The session is filled in
    /// What an earlier pass of ours may have left in a fader's list: it is written over, all of it.
    std::map<StripId, FaderLine> ours;
    std::vector<LeftLine> gone{};  ///< told in the report
};

/// Rides planned now, over what passes that were taken back left in the faders' lists.
[[nodiscard]] Result<HeardRideOrder> heard_order(LiveOrder live, Pass header, const journal::Journal& journal,
                                                 const MixerState& mixer);
/// The rides of a pass, to be written once more from the record (`again` goes the way LineWay::again).
[[nodiscard]] Result<HeardRideOrder> heard_order(const LineReturn& again, const journal::Journal& journal,
                                                 const MixerState& mixer, const Capabilities& capabilities);

/// What such a pass does that cannot be taken back exactly: sentences, to be said before it begins.
[[nodiscard]] std::vector<std::string> cannot_restore(const LiveOrder& order);

/// Writes rides while the song plays where the DAW's automation cannot be read, as one pass. The pass is
/// recorded first, with every fader that is to be touched. Then the faders are heard over the stretch of
/// their rides: one with automation of its own is left alone. Then it is tried out how the DAW writes, on a
/// stretch that is written over, then the rides are written; and at last modes and faders are read.
///
/// Only faders in manual mode are written: there what stays in the list after the way back does not play. The
/// pass ends as that of LiveRideJob does; one of which nothing was written is rolled back, and `stays` names
/// what a fader's list has of it.
class HeardRideJob : public Job {
  public:
    /// `order.live.rides` are of strips of the mixer. `known` and the recorder outlive the job. Only with
    /// Capabilities::touch and ::read_back.
    HeardRideJob(HeardRideOrder order, KnownStyle& known, surface::PassRecorder& recorder);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const override;
    [[nodiscard]] const LiveRideReport& report() const { return report_; }

  private:
    enum class Phase { idle, reading, listening, writing, proving, done };

    [[nodiscard]] Result<void> check(const Desk& desk) const;
    void go_on(Desk& desk);
    void choose_faders(const MixerState& mixer);
    void begin(Desk& desk);
    void listen(Desk& desk);
    void judge_heard(Desk& desk);
    [[nodiscard]] std::optional<std::string> not_free(const HeardLine& heard) const;
    void write(Desk& desk, std::vector<HeardLine> heard);
    void written(Desk& desk);
    void prove(Desk& desk, std::optional<Error> why);
    void settle(const Desk& desk);
    void end_without_pass(Error why);
    void cut_off(const Error& why);

    HeardRideOrder order_;
    KnownStyle& known_;
    surface::PassRecorder& recorder_;
    Phase phase_ = Phase::idle;
    std::vector<StripId> strips_;  ///< of the pass's lines
    Pass pass_;
    std::optional<FaderLevels> levels_;
    std::optional<LineListener> ear_;
    std::optional<ProbedWriter> writer_;
    std::optional<Error> why_;
    LiveRideReport report_;
};

}  // namespace kedge::engine
