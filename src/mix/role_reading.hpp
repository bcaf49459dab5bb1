#pragma once

#include "mix/role_book.hpp"
#include "mix/role_vocabulary.hpp"

#include <string_view>

namespace kedge::mix {

/// What a name has to say of a role.
enum class NameSays {
    nothing,         ///< no word of it is known, or none that has a role
    role,            ///< one; it may be `Role::other`, of what the balance leaves out on purpose
    contradictions,  ///< several that do not go together
};

struct RoleVerdict {
    RoleGuess guess;
    NameSays says = NameSays::nothing;
    int weight = 0;  ///< of the concepts that say so, up to `heaviest`; a rule's is that
};

/// Reads a full name by its words, the concepts behind them and the rules between those.
[[nodiscard]] RoleVerdict read_name(const RoleVocabulary& vocabulary, std::string_view name);

}  // namespace kedge::mix
