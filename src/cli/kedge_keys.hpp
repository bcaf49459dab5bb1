#pragma once

#include "cli/commands.hpp"
#include "cli/outcome.hpp"
#include "cli/workplace.hpp"
#include "control/control_target.hpp"
#include "control/hands.hpp"
#include "control/suggestion.hpp"
#include "core/pass.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kedge::cli {

/// What the buttons do that are kedge's own: the commands of the same names, as `kedge` alone would do them,
/// one at a time. On the connection that the controllers are on, so that hands go on meanwhile.
class KedgeKeys {
  public:
    /// `place` outlives it.
    explicit KedgeKeys(Workplace& place) : place_(place) {}

    /// Runs the command to its end. Not from within a run of the connection. Accept is `accept()`.
    Outcome carry_out(control::KedgeKey key);
    /// Does what was suggested, as a pass.
    Outcome accept(StripId strip, const control::Suggestion& suggestion);
    /// For the next `ride`.
    void set_ride_depths(control::RideDepths depths) { ride_depths_ = std::move(depths); }
    /// What `listen` found that faders may go to, in steps of 3 dB from where they stood then.
    [[nodiscard]] const control::Suggestions& suggestions() const { return suggestions_; }

  private:
    Outcome listen(MixOptions options);
    Outcome ride();
    Outcome other_side();
    Result<std::optional<PassId>> newest_standing();

    Workplace& place_;
    control::Suggestions suggestions_;
    control::RideDepths ride_depths_;
    std::optional<PassId> taken_back_;  ///< by other_side(), which brings it again
};

/// What a person is told that such a button does.
[[nodiscard]] std::string_view words_of(control::KedgeKey key);

}  // namespace kedge::cli
