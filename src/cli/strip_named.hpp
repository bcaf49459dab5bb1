#pragma once

#include "core/mixer_state.hpp"
#include "core/result.hpp"

#include <string>

namespace kedge::cli {

/// The strip that a person means by a name, in the mixer handed in. A usage error for a name that no strip
/// has, with the nearest that one has, and for one that two have.
[[nodiscard]] Result<const Strip*> strip_named(const std::string& name, const MixerState& mixer);

}  // namespace kedge::cli
