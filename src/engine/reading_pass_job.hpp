#pragma once

#include "engine/control_reader.hpp"
#include "engine/pass_job.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kedge::engine {

/// A pass job that asks the DAW for controls first, and judges by its answers what the pass is to be, or
/// whether there is to be one.
class ReadingPassJob : public PassJob {
  public:
    void event(Desk& desk, const surface::Event& event) override;
    void wake(Desk& desk) override;
    void refused(Desk& desk, const surface::Command& command, const Error& error) override;
    void interrupt(Desk& desk) override;

  protected:
    struct Question {
        StripId strip;
        Control control = Control::fader;
    };

    /// `untouched` says how all is left when the job ends before the answers are there: "nothing was
    /// changed".
    ReadingPassJob(std::string doing, surface::PassRecorder& recorder, std::string untouched);

    /// Asks; `all_read` follows, perhaps at once. Once for each job, one question for each control.
    void read(Desk& desk, const std::vector<Question>& questions);
    /// Of question number `number`; nullopt for a control that did not answer.
    [[nodiscard]] std::optional<ControlValue> answer(std::size_t number) const;
    /// Every question is answered or given up: ends the job, or applies the pass.
    virtual void all_read(Desk& desk) = 0;

  private:
    void advance(Desk& desk);

    std::string untouched_;
    std::optional<ControlReader> reader_;
};

}  // namespace kedge::engine
