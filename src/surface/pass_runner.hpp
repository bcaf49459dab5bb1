#pragma once

#include "core/pass.hpp"
#include "surface/surface.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace kedge::surface {

/// The journal as the runner sees it: every call returns only once the record is durable.
class PassRecorder {
  public:
    virtual ~PassRecorder() = default;
    /// Commits the pass as `prepared` before the first byte leaves; fills in its id.
    virtual Result<PassId> record_prepared(const Pass& pass) = 0;
    /// Commits the outcome: state and verdicts.
    virtual Result<void> record_outcome(const Pass& pass) = 0;
};

/// What the runner wants the loop to do: commands for the surface, and when to be woken.
struct RunnerOutbox {
    std::vector<Command> commands;
    std::optional<Instant> wake_at;
};

/// How patient the runner is. Defaults from the behaviour of a real Ardour: 120 faders confirmed within 14
/// ms.
struct RunnerPacing {
    std::size_t most_in_flight = 64;                        ///< controls sent and not yet confirmed
    Duration answer_time = std::chrono::milliseconds(250);  ///< then the value is asked for, then sent again
    /// Then the control is `failed` or `unheard`: 4 s, as a DAW on a busy machine was seen to pause for 2.
    int most_sends = 8;
    int most_restores =
        20;  ///< sends of a before-value while rolling back, where giving up leaves a broken pass
};

/// Applies one pass: reads every before-value from the DAW, records the pass as prepared, sends paced,
/// confirms each control only by the DAW's own report within tolerance, asks and sends again what stays
/// silent, and rolls the whole pass back when one control cannot be confirmed. A state machine: no clock, no
/// socket, no surface call of its own.
class PassRunner {
  public:
    /// What the caller wants of a control.
    struct Wish {
        StripId strip;
        Control control = Control::fader;
        ControlValue to;
        /// For a revert: the value the control is expected to hold. Another value is a conflict and is left
        /// alone, unless the pass is forced.
        std::optional<ControlValue> expected;
        std::string rule;
        std::string reason;
    };

    /// `header` gives kind, surface, session, created and reverts; its entries are made here. `recorder`
    /// outlives the runner.
    PassRunner(Pass header, std::vector<Wish> wishes, bool force, const Capabilities& capabilities,
               RunnerPacing pacing, PassRecorder& recorder);
    ~PassRunner();
    PassRunner(PassRunner&&) noexcept;
    PassRunner& operator=(PassRunner&&) noexcept;

    /// `mixer` is the surface's, read anew at each call.
    void start(Instant now, const MixerState& mixer, RunnerOutbox& out);
    /// A command of ours that the surface itself refuses comes back as ControlRefused.
    void event(Instant now, const Event& event, const MixerState& mixer, RunnerOutbox& out);
    void wake(Instant now, const MixerState& mixer, RunnerOutbox& out);
    /// The user pressed Ctrl-C: rolls back what was sent.
    void interrupt(Instant now, const MixerState& mixer, RunnerOutbox& out);

    [[nodiscard]] bool done() const;
    /// Controls settled (confirmed, failed, rolled back …) of all, for the progress bar.
    [[nodiscard]] std::size_t settled() const;
    [[nodiscard]] std::size_t total() const;
    /// The pass with its verdicts so far; final once done(). Entries appear once every before-value is read.
    /// In a pass that was rolled back or broken, `pending` is a control that was never sent and `confirmed`
    /// one that holds its after-value. Without wishes there is nothing to do: `applied`, and not in the
    /// journal (its id stays 0).
    [[nodiscard]] const Pass& pass() const;
    /// Set when nothing was sent at all: the journal refused, or a before-value could not be read. Such a
    /// pass is not in the journal.
    [[nodiscard]] const std::optional<Error>& refused() const;
    /// Why the pass was rolled back or is broken; for an applied one set only when its outcome could not be
    /// recorded.
    [[nodiscard]] const std::optional<Error>& cause() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kedge::surface
