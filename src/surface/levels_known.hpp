#pragma once

#include "core/capabilities.hpp"
#include "core/result.hpp"

namespace kedge::surface {

/// Refused where at which levels the faders stand is not known: names the way to find out.
[[nodiscard]] Result<void> check_levels_known(const Capabilities& capabilities);

}  // namespace kedge::surface
