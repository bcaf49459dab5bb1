#pragma once

#include "core/pass.hpp"
#include "surface/surface.hpp"
#include "surface/wire_pace.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kedge::surface {

/// For a message: the fader of "Kick In".
[[nodiscard]] std::string control_in_words(const StripName& strip, Control control);

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

/// Applies one pass: reads every before-value from the DAW, records the pass as prepared, sends paced,
/// confirms each control only by the DAW's own report within tolerance, asks and sends again what stays
/// silent, and rolls the whole pass back when one control cannot be confirmed. A state machine: no clock, no
/// socket, no surface call of its own.
///
/// A control that a hand takes meanwhile (ControlTaken) is left to it, and the pass goes on with the others:
/// a value that was not confirmed by then is a conflict, and nothing of it is taken back any more.
///
/// Any datagram may be lost, come twice, late, and after others, but no later than
/// Capabilities::longest_detour after it left: that much is assumed of the wire, and longer delays within
/// the DAW are not, as it reads in order. When the runner is done, nothing that it sent is under way any
/// more, so that passes may follow on each other at once. While the strips are unsettled nothing is sent.
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
    /// For a pass that is only for a while; call before start(). Once all of it is confirmed it is *held*,
    /// and stays `prepared` in the journal, so that a crash leaves it to a recovery. Only take_back() ends
    /// it.
    void hold_when_applied();
    /// Puts what these strips hold of a held pass back, and reads it back: `rolled_back`, or `failed` or
    /// `unheard` for what could not be. What was put back before is left as it is now. The pass is held on.
    void put_back(Instant now, std::span<const StripId> strips, RunnerOutbox& out);
    /// Ends a held pass: puts back what is not yet, and records it as rolled back, or as broken when not all
    /// of it could be.
    void take_back(Instant now, RunnerOutbox& out);
    /// The user pressed Ctrl-C: rolls back what was sent.
    void interrupt(Instant now, const MixerState& mixer, RunnerOutbox& out);

    [[nodiscard]] bool done() const;
    /// All of it is confirmed and is held; nothing is settled.
    [[nodiscard]] bool held() const;
    /// Held, and nothing that was put back is under way.
    [[nodiscard]] bool at_rest() const;
    /// Controls settled (confirmed, failed, rolled back …) of all, for the progress bar.
    [[nodiscard]] std::size_t settled() const;
    [[nodiscard]] std::size_t total() const;
    /// The pass with its verdicts so far; final once done(). Entries appear once every before-value is read.
    /// In a pass that was rolled back or broken, `pending` is a control that was never sent and `confirmed`
    /// one that holds its after-value. When the DAW was lost in the middle the pass stays `prepared`, in the
    /// journal as here: cut off. Without wishes there is nothing to do: `applied`, and not in the
    /// journal (its id stays 0).
    [[nodiscard]] const Pass& pass() const;
    /// Set when nothing was sent at all: the journal refused, or a before-value could not be read. Such a
    /// pass is not in the journal.
    [[nodiscard]] const std::optional<Error>& refused() const;
    /// Why the pass was rolled back, is broken, or was cut off; for an applied one set only when its outcome
    /// could not be recorded.
    [[nodiscard]] const std::optional<Error>& cause() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kedge::surface
