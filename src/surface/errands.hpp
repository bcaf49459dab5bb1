#pragma once

#include "core/capabilities.hpp"
#include "surface/pass_runner.hpp"
#include "surface/wire_pace.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace kedge::surface {

/// What became of an errand.
enum class ErrandEnd {
    open,         ///< not started or not answered yet
    reached,      ///< the DAW reported the wanted value (any value, for a reading)
    other_value,  ///< the DAW keeps reporting another value
    refused,      ///< the DAW said no
    silent,       ///< the DAW did not answer
    gone,         ///< the strip is no more
    left,         ///< left to a hand that took the control
};

/// One control on its way: read, or sent and read back, or put back and read back.
///
/// A value counts as reached when the DAW answers it to a question that left once everything sent to this
/// control in this pass had arrived: behind it on a wire that keeps order, a longest detour later on another.
/// So neither an old report nor an old value still under way can prove it wrong afterwards.
struct Errand {
    enum class Kind {
        read,     ///< asks until answered
        write,    ///< sends and awaits the DAW's own report, which is proof enough on a wire that keeps
                  ///< order, as the control held another value before; silence is asked, then sent again
        restore,  ///< sends and asks at once
        check,    ///< asks, and sends only what proves to stand elsewhere
    };

    Kind kind = Kind::read;
    StripId strip{};
    Control control = Control::fader;
    ControlValue target{};             ///< not for a reading
    int tries = 1;                     ///< sends and questions in vain before it is given up
    bool may_send = true;              ///< a control that the DAW refused is only asked
    std::optional<Instant> sent_at{};  ///< when a value last left for the control, in this pass

    ErrandEnd end = ErrandEnd::open;
    bool started = false;                  ///< something may have left for the DAW
    std::optional<ControlValue> answer{};  ///< the last value the DAW gave when asked
};

/// Whether the errand is over and did not reach what it was for.
[[nodiscard]] inline bool failed(const Errand& errand) {
    return errand.end != ErrandEnd::open && errand.end != ErrandEnd::reached && errand.end != ErrandEnd::left;
}

/// Errands on the same surface, run in order, so many at a time. Each ends by itself; nothing here knows what
/// a pass is.
///
/// Where a control may have to wait for its turn (Capabilities::longest_turn), none is missed as long as
/// others are answered: patience is as long as they are many.
class Errands {
  public:
    /// `pace` outlives the errands.
    Errands(const Capabilities& capabilities, WirePace& pace) : capabilities_(capabilities), pace_(&pace) {}

    /// One errand for each control (asserted). Returns its index in `all`.
    std::size_t add(const Errand& errand);
    [[nodiscard]] const Errand* find(StripId strip, Control control) const;
    /// Something of ours may have reached the control until now: what it holds has to be asked again.
    void doubt(Instant now, StripId strip, Control control);

    /// Starts what may start; call after anything else here, and at first.
    void pump(Instant now, RunnerOutbox& out);
    void reported(Instant now, const ControlReported& report, RunnerOutbox& out);
    void refused(Instant now, const ControlRefused& refusal, RunnerOutbox& out);
    void removed(std::span<const StripId> strips);
    /// Nothing more is sent to this control, or asked of it: it is a hand's.
    void leave(StripId strip, Control control);
    void wake(Instant now, RunnerOutbox& out);
    /// After a time in which nothing could be sent or heard: asks for everything under way.
    void resume(Instant now, RunnerOutbox& out);

    [[nodiscard]] std::span<const Errand> all() const { return errands_; }
    [[nodiscard]] bool finished() const { return next_ == errands_.size() && in_flight_.empty(); }

  private:
    enum class Awaits {
        report,  ///< of the DAW's own accord
        answer,
        quiet,  ///< the value was seen: asked again once nothing of ours can be under way any more
        turn,   ///< another value was answered, and not for the first time: sent again in a while
    };
    struct InFlight {
        std::size_t index;
        Instant since;
        Instant deadline;
        Awaits awaits = Awaits::report;
        bool seen = false;  ///< the wanted value was reported since it was last sent
        int waits_in_vain = 0;
    };

    void start(Instant now, std::size_t index, RunnerOutbox& out);
    void ask(Instant now, InFlight& flight, RunnerOutbox& out) const;
    void send(Instant now, InFlight& flight, RunnerOutbox& out);
    void try_again(Instant now, InFlight& flight, RunnerOutbox& out);
    void overdue(Instant now, InFlight& flight, RunnerOutbox& out);
    void hear_target(Instant now, InFlight& flight, const ControlReported& report);
    void hear_other(Instant now, InFlight& flight, const ControlReported& report, RunnerOutbox& out);
    [[nodiscard]] bool everything_arrived(const Errand& errand, Instant by) const;
    [[nodiscard]] Duration patience(int waits_in_vain) const;
    bool waits_for_turn(Instant now, InFlight& flight) const;
    [[nodiscard]] std::size_t under_way() const;
    InFlight* flight_of(StripId strip, Control control);
    void drop_ended();

    Capabilities capabilities_;
    WirePace* pace_;
    std::vector<Errand> errands_;
    std::map<std::pair<StripId, Control>, std::size_t> by_control_;
    std::size_t next_ = 0;  ///< the first that was not started
    std::vector<InFlight> in_flight_;
    std::optional<Instant> moved_on_;  ///< when the DAW last answered for one of them
};

}  // namespace kedge::surface
