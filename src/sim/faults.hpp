#pragma once

#include "core/time.hpp"
#include "sim/chance.hpp"
#include "sim/simulated_daw.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace kedge::sim {

/// How often a datagram of one direction meets with what; shares of all, 0 .. 1.
struct FaultRates {
    double drop = 0.0;
    double duplicate = 0.0;
    double delay = 0.0;    ///< held back for up to `longest_delay`: those behind it overtake it
    double reorder = 0.0;  ///< the next one overtakes it (or `longest_delay` passes)
    Duration longest_delay = std::chrono::milliseconds(50);
    Duration latency{};  ///< of every datagram, before any fault

    /// Nothing arrives later than this after it was sent.
    [[nodiscard]] Duration latest() const {
        return latency + (delay > 0.0 || reorder > 0.0 ? longest_delay + Duration(1) : Duration{});
    }
};

struct FaultPlan {
    std::uint32_t seed = 1;
    FaultRates to_daw;
    FaultRates to_client;
};

/// How many datagrams met with a fault.
struct FaultCounts {
    int dropped = 0;
    int duplicated = 0;
    int delayed = 0;
    int reordered = 0;
};

/// A wire that loses, doubles, delays and reorders datagrams on the way to and from a simulated DAW. It
/// stands where the DAW would: same calls, virtual time, the same faults for the same seed.
class FaultyWire {
  public:
    /// `daw` outlives the wire.
    FaultyWire(SimulatedDaw& daw, const FaultPlan& plan);

    void receive(Instant now, Peer from, std::span<const std::byte> bytes, std::vector<Datagram>& out);
    void advance(Instant to, std::vector<Datagram>& out);
    [[nodiscard]] Instant next_wake() const;
    /// A file, not a datagram: nothing happens to it.
    void hand_over(std::string request) { daw_.hand_over(std::move(request)); }
    [[nodiscard]] std::optional<std::string> take_answer() { return daw_.take_answer(); }

    /// From here on; what is under way arrives as planned.
    void set_plan(const FaultPlan& plan) { plan_ = plan; }
    [[nodiscard]] const FaultCounts& counts() const { return counts_; }

  private:
    struct UnderWay {
        Instant due;
        bool to_daw = false;
        bool until_next = false;  ///< goes as soon as another one has passed
        Datagram datagram;        ///< to the DAW: `to` is the sender
    };
    /// Lets faults happen to what was said at `now`; what goes through is appended to `through`.
    void pass(Instant now, bool to_daw, std::vector<Datagram>& said, std::vector<Datagram>& through);
    void late_or_not(Instant now, bool to_daw, Datagram datagram, std::vector<Datagram>& through);
    void hold_back(UnderWay late);
    void let_overtaken_go(Instant now, bool to_daw, std::vector<Datagram>& through);
    void deliver(Instant now, std::vector<Datagram>& arrived, std::vector<Datagram>& out);

    SimulatedDaw& daw_;
    FaultPlan plan_;
    Chance chance_;
    FaultCounts counts_;
    std::vector<UnderWay> under_way_;  ///< by the time they are due
};

}  // namespace kedge::sim
