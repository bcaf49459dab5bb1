#pragma once

#include "core/capabilities.hpp"
#include "mix/balance.hpp"

#include <optional>
#include <string>

namespace kedge::mix {

/// Trim and fader that bring a source to its place.
struct Staged {
    std::optional<Decibels> trim;  ///< nullopt where there is none
    Decibels fader;
    Decibels peak;          ///< the robust peak after the fader
    std::string shortfall;  ///< what trim and fader cannot reach; empty when nothing
};

/// Trim is continuous and brings the source exactly to the place's staging; the fader stands on the grid.
/// Where the trim's range ends, the fader takes whole steps (and the trim gives back what makes them whole)
/// as far as it goes; what then remains is the shortfall. Without a trim, staging and grid are one exact
/// fader position. `source` is not silence.
[[nodiscard]] Staged stage(Decibels source, const Place& place, bool has_trim,
                           const Capabilities& capabilities, Decibels step);

}  // namespace kedge::mix
