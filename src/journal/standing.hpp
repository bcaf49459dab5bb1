#pragma once

#include "core/pass.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <tuple>
#include <utility>

/// What of the passes of one session stands, by the record alone: no values are compared here.
namespace kedge::journal {

/// One control of the mixer, in a form that outlives a connection.
using ControlName = std::pair<StripName, Control>;

/// The pass that a revert names to take this one back: a correction goes with the mix that it continues.
[[nodiscard]] PassId chain_of(const Pass& pass);

/// Whether the entry may have left its control changed (or, in a revert, surely took the other pass out): it
/// was confirmed, or written and not heard of again. A pass that is only prepared has no effect yet.
[[nodiscard]] bool took_effect(const Pass& pass, const PassEntry& entry);

/// The same for a fader's line.
[[nodiscard]] bool took_effect(const Pass& pass, const PassLine& line);

/// Which controls of which chains stand. A chain stands on a control that it wrote unless a later revert that
/// stands itself took it out there: so a revert of a revert puts it back, and so on.
/// A line stands under its fader's name: no chain has both.
class Standing {
  public:
    /// `passes`: of one session, in journal order.
    explicit Standing(std::span<const Pass> passes);

    /// `chain` stands on this control: its value counts, or, for a revert, what it names is out.
    [[nodiscard]] bool stands(PassId chain, const ControlName& control) const;
    /// What becomes of the state of a settled pass: `reverted`, `partly_reverted`, or as its verdicts say.
    [[nodiscard]] PassState state_of(const Pass& pass) const;

  private:
    std::map<std::pair<PassId, ControlName>, bool> stands_;
};

}  // namespace kedge::journal
