#pragma once

#include "core/mixer_state.hpp"
#include "mix/mix.hpp"
#include "mix/role_book.hpp"

#include <map>
#include <vector>

namespace kedge::engine {

/// What every strip of the mixer is taken for, in its order: set by hand, else by name and group; what is
/// neither track nor bus is no source and counts as a bus.
[[nodiscard]] std::vector<mix::RoledStrip> roles_of(const MixerState& mixer, const mix::RoleBook& book,
                                                    const std::map<StripName, Role>& by_hand);

}  // namespace kedge::engine
