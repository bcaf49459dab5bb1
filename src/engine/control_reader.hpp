#pragma once

#include "engine/job.hpp"
#include "surface/errands.hpp"

#include <optional>
#include <string>

namespace kedge::engine {

/// Asks the DAW for controls and waits for its answers: what is stored or judged is read, never assumed.
/// Part of a job, which passes on what happens.
class ControlReader {
  public:
    explicit ControlReader(const Capabilities& capabilities);
    ControlReader(const ControlReader&) = delete;
    ControlReader& operator=(const ControlReader&) = delete;

    /// One question for each control (asserted). Returns its number for `answer`.
    std::size_t add(StripId strip, Control control);
    /// Starts asking; call once, after the last `add`.
    void start(Desk& desk);
    void event(Desk& desk, const surface::Event& event);
    void wake(Desk& desk);
    /// The surface would not carry out a question.
    void refused(Desk& desk, const surface::Command& command);

    /// Every question is answered or given up.
    [[nodiscard]] bool done() const { return lost_.has_value() || errands_.finished(); }
    /// nullopt for a control that did not answer.
    [[nodiscard]] std::optional<ControlValue> answer(std::size_t number) const;
    /// Why nobody answers any more.
    [[nodiscard]] const std::optional<std::string>& lost() const { return lost_; }
    [[nodiscard]] double share() const;

  private:
    void pump(Desk& desk, surface::RunnerOutbox& out);

    surface::RunnerPacing pacing_;
    surface::WirePace pace_{pacing_};
    surface::Errands errands_;
    std::optional<std::string> lost_;
};

}  // namespace kedge::engine
