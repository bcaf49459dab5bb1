#pragma once

#include "core/mixer_state.hpp"
#include "core/strip_label.hpp"
#include "mix/mix.hpp"
#include "mix/role_book.hpp"

#include <map>
#include <optional>
#include <vector>

namespace kedge::engine {

/// What a strip is taken for by its name and group, or where names are but labels by what the label may stand
/// for. `labels` as in `Capabilities`.
[[nodiscard]] mix::RoleGuess guess_role(const Strip& strip, const std::optional<StripLabels>& labels,
                                        const mix::RoleBook& book);

/// What every strip of the mixer is taken for, in its order: set by hand, else by name and group; what is
/// neither track nor bus is no source and counts as a bus.
[[nodiscard]] std::vector<mix::RoledStrip> roles_of(const MixerState& mixer,
                                                    const std::optional<StripLabels>& labels,
                                                    const mix::RoleBook& book,
                                                    const std::map<StripName, Role>& by_hand);

}  // namespace kedge::engine
