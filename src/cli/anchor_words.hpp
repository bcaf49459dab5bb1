#pragma once

#include "core/mixer_state.hpp"
#include "core/result.hpp"
#include "core/role.hpp"

#include <optional>
#include <string>

namespace kedge::cli {

/// What --anchor names: a role, or a strip by its name.
struct AnchorWish {
    std::optional<Role> role;
    std::optional<std::string> strip;
};

/// A usage error when it is neither a role nor a strip of this mixer: said before anything is listened to.
[[nodiscard]] Result<AnchorWish> anchor_wish(const std::string& words, const MixerState& mixer);

}  // namespace kedge::cli
