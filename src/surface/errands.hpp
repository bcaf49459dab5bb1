#pragma once

#include "core/capabilities.hpp"
#include "surface/pass_runner.hpp"

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
};

/// One control on its way: read, or sent and read back, or put back and read back.
struct Errand {
    enum class Kind {
        read,     ///< asks until answered
        write,    ///< sends; any report of the value confirms; silence is asked, then sent again
        restore,  ///< sends and asks at once; only an answer confirms, so that a late report of old proves
                  ///< nothing
    };

    Kind kind = Kind::read;
    StripId strip{};
    Control control = Control::fader;
    ControlValue target{};  ///< not for a reading
    int tries = 1;          ///< sends (asks, for a reading) before it is given up
    bool may_send = true;   ///< a control that the DAW refused is only asked

    ErrandEnd end = ErrandEnd::open;
    bool started = false;                  ///< something may have left for the DAW
    std::optional<ControlValue> answer{};  ///< the last value the DAW gave when asked
};

/// Errands on the same surface, run in order, so many at a time. Each ends by itself; nothing here knows what
/// a pass is.
class Errands {
  public:
    Errands(const Capabilities& capabilities, const RunnerPacing& pacing)
        : capabilities_(capabilities), pacing_(pacing) {}

    /// One errand for each control (asserted). Returns its index in `all`.
    std::size_t add(const Errand& errand);

    /// Starts what may start; call after anything else here, and at first.
    void pump(Instant now, RunnerOutbox& out);
    void reported(Instant now, const ControlReported& report, RunnerOutbox& out);
    void refused(Instant now, const ControlRefused& refusal, RunnerOutbox& out);
    void removed(std::span<const StripId> strips);
    void wake(Instant now, RunnerOutbox& out);

    [[nodiscard]] std::span<const Errand> all() const { return errands_; }
    [[nodiscard]] bool finished() const { return next_ == errands_.size() && in_flight_.empty(); }
    [[nodiscard]] std::size_t ended() const { return next_ - in_flight_.size(); }

  private:
    struct InFlight {
        std::size_t index;
        Instant deadline;
        bool asked;  ///< waiting for an answer, not for a report
    };

    void start(Instant now, std::size_t index, RunnerOutbox& out);
    void ask(Instant now, InFlight& flight, RunnerOutbox& out) const;
    void try_again(Instant now, InFlight& flight, RunnerOutbox& out);
    void send(Instant now, InFlight& flight, RunnerOutbox& out);
    void overdue(Instant now, InFlight& flight, RunnerOutbox& out);
    InFlight* flight_of(StripId strip, Control control);
    void drop_ended();

    Capabilities capabilities_;
    RunnerPacing pacing_;
    std::vector<Errand> errands_;
    std::map<std::pair<StripId, Control>, std::size_t> by_control_;
    std::size_t next_ = 0;  ///< the first that was not started
    std::vector<InFlight> in_flight_;
};

}  // namespace kedge::surface
