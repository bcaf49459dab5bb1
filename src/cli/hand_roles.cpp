#include "cli/hand_roles.hpp"

namespace kedge::cli {

Result<std::map<StripName, Role>> hand_roles(const journal::Journal& journal, const SessionInfo& session) {
    const auto stored = journal.roles(session.name);
    if (!stored) return tl::unexpected(stored.error());
    std::map<StripName, Role> roles;
    for (const auto& [strip, word] : *stored)
        if (const auto role = role_from_string(word)) roles.emplace(strip, *role);
    return roles;
}

}  // namespace kedge::cli
