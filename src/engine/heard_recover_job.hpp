#pragma once

#include "engine/fader_levels.hpp"
#include "engine/faders_back.hpp"
#include "engine/line_recover_job.hpp"
#include "engine/probed_writer.hpp"
#include "engine/recorded_lines.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace kedge::engine {

/// LineRecoverJob's twin where automation can only be heard, for a pass that was written so: modes and faders
/// are told apart, points cannot be. Either way each fader is first put back as it was before the pass, and
/// that is proven. To finish, the rides that were heard to be free are then written once more, from their
/// first point to their last, while the song plays.
///
/// A fader in manual mode at a level that its ride does not go through was moved by a person: left alone
/// unless forced, and counts as perhaps written.
class HeardRecoverJob : public Job {
  public:
    /// The newest unfinished pass of the session is_heard. Journal and `known` outlive the job. Only with
    /// Capabilities::touch and ::read_back.
    HeardRecoverJob(Recovery recovery, bool force, journal::Journal& journal, KnownStyle& known);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const override;
    [[nodiscard]] const LineRecoverReport& report() const { return report_; }

  private:
    enum class Phase { idle, reading, setting, writing, done };
    /// A line of the pass that is not left alone.
    struct Taken {
        std::size_t place;
        StripId strip;
        bool to_write = false;  ///< only while the song plays can it be finished
    };

    [[nodiscard]] Result<void> look_up(const Desk& desk);
    void go_on(Desk& desk);
    void judge(const Desk& desk);
    void take(const Desk& desk);
    [[nodiscard]] bool finishes(const PassLine& line) const;
    void set(Desk& desk);
    void write(Desk& desk);
    void settle();
    void note_verdict(const Taken& taken, PassLine& line);
    [[nodiscard]] std::optional<Error> what_is_left() const;
    void still_unfinished(const Error& why);

    Recovery recovery_;
    bool force_;
    journal::Journal& journal_;
    KnownStyle& known_;
    Phase phase_ = Phase::idle;
    RecordedLines recorded_;
    std::optional<FaderLevels> levels_;
    std::vector<Taken> taken_;
    std::optional<FadersBack> back_;
    std::optional<ProbedWriter> writer_;
    LineRecoverReport report_;
};

}  // namespace kedge::engine
