#include "banked/daw_profile.hpp"

namespace kedge::banked {

Certainty DawProfile::certainty_of(std::string_view key) const {
    const auto found = certainties.find(key);
    return found == certainties.end() ? Certainty::unknown : found->second;
}

}  // namespace kedge::banked
