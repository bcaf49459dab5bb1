#pragma once

#include "cli/outcome.hpp"
#include "cli/workplace.hpp"
#include "control/control_target.hpp"
#include "core/pass.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kedge::cli {

/// What the buttons do that are kedge's own: the commands of the same names, as `kedge` alone would do them,
/// one at a time. On the connection that the controllers are on, so that hands go on meanwhile.
class KedgeKeys {
  public:
    /// `place` outlives it.
    explicit KedgeKeys(Workplace& place) : place_(place) {}

    /// Runs the command to its end. Not from within a run of the connection.
    Outcome carry_out(control::KedgeKey key);

  private:
    Outcome other_side();
    Result<std::optional<PassId>> newest_standing();

    Workplace& place_;
    std::optional<PassId> taken_back_;  ///< by other_side(), which brings it again
};

/// What a person is told that such a button does.
[[nodiscard]] std::string_view words_of(control::KedgeKey key);

}  // namespace kedge::cli
