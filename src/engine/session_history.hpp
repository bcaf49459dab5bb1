#pragma once

#include "engine/control_history.hpp"
#include "journal/standing.hpp"

#include <map>
#include <optional>
#include <vector>

namespace kedge::engine {

/// The passes of one session and every control they touched.
class SessionHistory {
  public:
    /// `passes`: of one session, in journal order.
    SessionHistory(std::vector<Pass> passes, const Capabilities& capabilities);

    [[nodiscard]] const std::vector<Pass>& passes() const { return passes_; }
    [[nodiscard]] const Capabilities& capabilities() const { return capabilities_; }
    /// nullptr when the session has no such pass.
    [[nodiscard]] const Pass* find(PassId id) const;
    /// The pass that the chain is named by, and those that continue it, in journal order.
    [[nodiscard]] std::vector<const Pass*> chain(PassId first) const;
    /// nullptr for a control that no pass touched.
    [[nodiscard]] const ControlHistory* of(const journal::ControlName& control) const;
    [[nodiscard]] const std::map<journal::ControlName, ControlHistory>& controls() const { return controls_; }
    /// The newest chain that stands on a control which it moved, or which its revert would move: what "take
    /// it back" means. Reverts apart. nullopt when there is none.
    [[nodiscard]] std::optional<PassId> newest_standing() const;
    /// The same, as it was when the last pass of this chain had ended.
    [[nodiscard]] SessionHistory until(PassId chain) const;

  private:
    [[nodiscard]] bool counts(const Pass& pass) const;

    std::vector<Pass> passes_;
    Capabilities capabilities_;
    std::map<journal::ControlName, ControlHistory> controls_;
};

}  // namespace kedge::engine
