#pragma once

#include "core/result.hpp"
#include "journal/journal.hpp"

#include <string>

namespace kedge::engine {

/// Refused when a pass of the session was cut off and waits to be settled: names it, and the way out. What
/// its controls hold is not known until then, so nothing else may write.
[[nodiscard]] Result<void> check_nothing_unfinished(const journal::Journal& journal,
                                                    const std::string& session);

}  // namespace kedge::engine
