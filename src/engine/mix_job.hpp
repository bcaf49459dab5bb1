#pragma once

#include "engine/calibration.hpp"
#include "engine/job.hpp"
#include "engine/listener.hpp"
#include "engine/mix_order.hpp"
#include "engine/mix_planner.hpp"
#include "engine/mix_report.hpp"
#include "engine/tape_taker.hpp"
#include "surface/pass_runner.hpp"

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace kedge::engine {

/// How the check after applying is done; from mixing-rules: loudest part, at most three rounds, moves of 1.5
/// dB or more.
struct CheckRules {
    Duration length = std::chrono::seconds(10);
    Duration shortest = std::chrono::seconds(3);  ///< when less of the budget is left there is no check
    Duration roll_in =
        std::chrono::seconds(1);  ///< played before the part, not judged: meters still fall from before
    Decibels worth_a_move = Decibels(1.5);
    int most_rounds = 3;
    /// For all checks together: one click costs one listen and 20 s; where listening takes a roll for each
    /// window of strips, so does a check.
    Duration budget = std::chrono::seconds(17);
};

/// The one click: listen (or take the stored tape, if a short check of it holds), plan, apply as one pass,
/// listen to the loudest part, correct, report. With a smaller depth it ends earlier.
class MixJob : public Job {
  public:
    /// Everything referred to outlives the job.
    MixJob(MixOrder order, const mix::RoleBook& roles, const mix::BalanceProfile& profile, TapeShelf& shelf,
           surface::PassRecorder& recorder, CheckRules check = {});
    MixJob(const MixJob&) = delete;  // its planner looks at its order
    MixJob& operator=(const MixJob&) = delete;

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const override;

    [[nodiscard]] const MixReport& report() const { return report_; }

  private:
    enum class Phase { idle, hearing, applying, checking, done };

    void tape_taken(Desk& desk);
    void plan(Desk& desk);
    void apply(Desk& desk, const Plan& plan, PassKind kind);
    void pump_runner(Desk& desk, const surface::RunnerOutbox& out);
    void runner_ended(Desk& desk);
    void note_left_to_hands(const Pass& pass);
    void begin_check(Desk& desk);
    void check_heard(Desk& desk);
    /// Keeps a tape of the whole song, with what the checks found out.
    void store_tape(Desk& desk);
    bool calibrate(Desk& desk, const measure::Tape& heard, SongRange judged);
    void correct(Desk& desk);
    void finish(Desk& desk);
    void finish_with(Desk& desk, Error error);
    [[nodiscard]] MixFacts facts(const Desk& desk) const;
    void take_statistics(Desk& desk);
    void hear_bus(Desk& desk, const measure::Tape& heard);
    [[nodiscard]] bool bus_is_unheard(const Desk& desk) const;
    [[nodiscard]] Decibels reckoned_bus(const MixerState& mixer) const;
    void reckon_bus(const Desk& desk, const Plan& plan);
    void take_known(const measure::Tape& tape, const std::vector<StripDifference>& differences,
                    Correction& correction, const MeterLaw& law);
    [[nodiscard]] Duration time_for_a_roll(const Desk& desk) const;
    [[nodiscard]] std::optional<SongRange> part_to_check(const Desk& desk) const;
    [[nodiscard]] Decibels sum_heard(const Desk& desk) const;
    [[nodiscard]] SongTime out_of_step(SongTime from) const;
    [[nodiscard]] Duration time_to_listen(const Desk& desk) const;
    void listen_to(Desk& desk, SongRange part);
    [[nodiscard]] std::vector<measure::StripGain> gains_in_force(const MixerState& mixer) const;

    MixOrder order_;
    MixPlanner planner_;
    TapeShelf& shelf_;
    surface::PassRecorder& recorder_;
    CheckRules check_;

    Phase phase_ = Phase::idle;
    TapeTaker taker_;
    std::optional<Listener> listener_;  ///< of a check
    std::optional<surface::PassRunner> runner_;
    measure::Tape tape_;
    TickPhase tape_phase_;
    std::optional<Duration> start_delay_;
    SongRange judged_;  ///< the part the running check judges
    Instant checks_began_{};
    int round_ = 0;
    std::set<std::pair<StripId, Control>> in_hands_;  ///< taken since the first pass began
    bool recalibrated_ = false;
    bool settled_ = false;     ///< the last step moved all nearly alike: nothing to listen for
    bool keeps_tape_ = false;  ///< the tape is of the whole song
    std::optional<measure::TruePeak> bus_over_sum_;
    bool bus_reckoned_ = false;          ///< from the strips
    std::map<StripId, Decibels> known_;  ///< of a meter of steps, from what the check saw
    MixReport report_;
};

}  // namespace kedge::engine
