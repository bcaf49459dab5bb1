#pragma once

#include "engine/job.hpp"
#include "engine/pass_report.hpp"
#include "journal/journal.hpp"
#include "surface/pass_runner.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// Where a fader is tried next, after all that was shown so far; nullopt once that is enough.
using NextPosition = std::function<std::optional<FaderPosition>(const std::vector<surface::FaderText>&)>;

/// What to learn by.
struct LearnFaderOrder {
    StripId strip;
    NextPosition next;
    /// Where the fader is sent before it is tried: as the DAW tells that back it tells how finely it reads.
    /// Somewhere else where it stands there already.
    Decibels first = Decibels::silence();
};

/// What the DAW's display said. Its pass is rolled back when the fader stands as it did.
struct LearnFaderReport : PassReport {
    StripName strip;
    std::vector<surface::FaderText> shown;  ///< in the order in which it was tried
    bool whole = false;                     ///< nothing was left to be tried
    /// What was sent first, and what the DAW then told.
    struct ToldBack {
        Decibels sent;
        Decibels told;
    };
    std::optional<ToldBack> first;
    bool exactly = false;  ///< it is told to stand where it stood; else within the DAW's own steps of that
};

/// Moves one fader from position to position and notes what the DAW's display says at each. All of it is one
/// pass, `prepared` in the journal before the first byte leaves, and only held: at the end, when interrupted,
/// or when strips change meanwhile, the fader goes back to where it stood, is read back, and the pass is
/// settled as rolled back. When the DAW is lost, or the process killed, the pass stays cut off and a recovery
/// rolls it back, wherever the fader was left. Refused while the song plays.
class LearnFaderJob : public Job {
  public:
    /// Journal and recorder outlive the job.
    LearnFaderJob(LearnFaderOrder order, std::string surface_name, WallTime created,
                  const journal::Journal& journal, surface::PassRecorder& recorder);
    ~LearnFaderJob() override;

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const override;
    [[nodiscard]] const LearnFaderReport& report() const { return report_; }

  private:
    enum class Phase { idle, taking_hold, trying, taking_back, done };

    [[nodiscard]] Result<void> check(const Desk& desk) const;
    void advance(Desk& desk);
    void taken_hold(Desk& desk);
    void try_next(Desk& desk);
    void take_back(Desk& desk, std::optional<Error> why);
    void conclude(const Desk& desk);
    static void pump(Desk& desk, const surface::RunnerOutbox& out);

    LearnFaderOrder order_;
    std::string surface_name_;
    WallTime created_;
    const journal::Journal& journal_;
    surface::PassRecorder& recorder_;
    Phase phase_ = Phase::idle;
    bool interrupted_ = false;
    std::optional<surface::PassRunner> runner_;
    std::optional<Instant> answer_due_;  ///< a position is tried
    std::optional<Error> failure_;       ///< why it ended before its time
    LearnFaderReport report_;
};

}  // namespace kedge::engine
