#pragma once

#include "engine/fader_levels.hpp"
#include "engine/faders_back.hpp"
#include "engine/line_report.hpp"
#include "engine/recorded_lines.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// Takes a pass that was written where automation can only be heard back, where it still can only be heard:
/// automation mode, then fader, each believed once the DAW reports it. The points stay in the fader's list,
/// and do not play; `stays` names them. A fader that was moved or set to another mode since is a person's:
/// left alone and named, unless forced.
///
/// The revert of such a revert would have to write, and is refused: a reapply does.
class HeardReturnJob : public Job {
  public:
    /// `order` goes back, and its pass is_heard (asserted). Journal and recorder outlive the job. Only with
    /// Capabilities::touch and ::read_back.
    HeardReturnJob(LineReturn order, journal::Journal& journal, surface::PassRecorder& recorder);

    void start(Desk& desk) override;
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    /// Before anything is set the job ends; after that it takes a moment only, and goes on to its end.
    void interrupt(Desk& desk) override;
    [[nodiscard]] bool done() const override { return phase_ == Phase::done; }
    [[nodiscard]] Progress progress() const override;
    [[nodiscard]] const LineReport& report() const { return report_; }

  private:
    enum class Phase { idle, reading, setting, done };

    [[nodiscard]] Result<RecordedLines> look_up(const Desk& desk) const;
    void go_on(Desk& desk);
    [[nodiscard]] std::vector<FadersBack::Wish> take_lines(const Desk& desk);
    void begin(Desk& desk);
    [[nodiscard]] std::optional<std::string> changed_since(const PassLine& recorded, const Strip& strip,
                                                           std::optional<Decibels> level,
                                                           const Capabilities& capabilities) const;
    void settle();
    void lose(const std::string& why);
    void end(LineEnd end);

    LineReturn order_;
    journal::Journal& journal_;
    surface::PassRecorder& recorder_;
    Phase phase_ = Phase::idle;
    RecordedLines recorded_;
    std::optional<FaderLevels> levels_;
    std::optional<FadersBack> back_;
    std::vector<StripId> strips_;  ///< of the pass's lines
    Pass pass_;
    LineReport report_;
};

}  // namespace kedge::engine
