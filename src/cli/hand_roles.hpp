#pragma once

#include "core/mixer_state.hpp"
#include "core/role.hpp"
#include "journal/journal.hpp"

#include <map>

namespace kedge::cli {

/// The roles a person set for the strips of this session. A word that is no role any more is passed over.
[[nodiscard]] Result<std::map<StripName, Role>> hand_roles(const journal::Journal& journal,
                                                           const SessionInfo& session);

}  // namespace kedge::cli
