#pragma once

#include "engine/mix_order.hpp"
#include "measure/fresh_readings.hpp"
#include "mix/mix.hpp"
#include "mix/role_book.hpp"

#include <optional>
#include <span>
#include <vector>

namespace kedge::engine {

/// What is known when moves are planned. References outlive the call.
struct MixFacts {
    const MixerState& mixer;
    const Capabilities& capabilities;
    std::span<const measure::StripStatistics> statistics;
    std::optional<Duration> song_length;
    std::optional<measure::TruePeak> bus_over_sum;  ///< from an earlier check, see StoredTape
    bool bus_reckoned = false;                      ///< no check heard it: from the tape's strips
};

/// Puts the rules their question: roles from the book or by hand, wishes from the order.
class MixPlanner {
  public:
    /// All outlive the planner.
    MixPlanner(const MixOrder& order, const mix::RoleBook& roles, const mix::BalanceProfile& profile)
        : order_(order), roles_(roles), profile_(profile) {}

    /// The whole mix, or with order.refine its faders' steps; with the bus rule in it when the bus can be
    /// foreseen. A usage error when the wished anchor is not there.
    [[nodiscard]] Result<Plan> plan(const MixFacts& facts) const;
    [[nodiscard]] const mix::BalanceProfile& profile() const { return profile_; }

  private:
    [[nodiscard]] mix::MixQuestion question(const MixFacts& facts,
                                            std::span<const mix::RoledStrip> roles) const;

    const MixOrder& order_;
    const mix::RoleBook& roles_;
    const mix::BalanceProfile& profile_;
};

}  // namespace kedge::engine
