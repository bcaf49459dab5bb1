#pragma once

#include "engine/line_reader.hpp"
#include "engine/live_ride_report.hpp"
#include "engine/live_writer.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// Writes rides while the song plays, as one pass: what the faders keep is read before and after, so that the
/// pass can be taken back exactly (HeardRideJob: where that cannot be). The pass is `applied` when every ride
/// was written from its first point to its last; `broken` when a fader was written in part, or a person took
/// it over: its verdict is `failed`, and a revert takes back what is there. A DAW that was lost leaves the
/// pass prepared, for `kedge recover`.
class LiveRideJob : public Job {
  public:
    /// `order.rides` are of strips of the mixer. The recorder outlives the job. Only with
    /// Capabilities::fader_lines and ::touch.
    LiveRideJob(LiveOrder order, std::string surface_name, WallTime created, surface::PassRecorder& recorder);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const override;
    [[nodiscard]] const LiveRideReport& report() const { return report_; }

  private:
    enum class Phase { idle, reading, writing, reading_again, done };

    void ask(Desk& desk, Phase phase);
    [[nodiscard]] bool is_reading() const;
    void read_on(Desk& desk);
    void begin(Desk& desk);
    [[nodiscard]] std::vector<Ride> free_rides(const MixerState& mixer);
    void go_on(Desk& desk);
    void settle();
    void end_without_pass(Error why);
    void cut_off(const Error& why);

    LiveOrder order_;
    std::string surface_name_;
    WallTime created_;
    surface::PassRecorder& recorder_;
    Phase phase_ = Phase::idle;
    std::vector<StripId> asked_;
    std::optional<LineReader> reader_;
    Pass pass_;
    std::unique_ptr<LiveWriter> writer_;
    LiveRideReport report_;
};

}  // namespace kedge::engine
