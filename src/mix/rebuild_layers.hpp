#pragma once

#include "core/mixer_state.hpp"
#include "core/plan.hpp"
#include "core/result.hpp"
#include "mix/mix.hpp"
#include "mix/rebuild_profile.hpp"

#include <span>
#include <string>
#include <vector>

namespace kedge::mix {

/// Tracks that come in together.
struct RebuildLayer {
    std::string name;
    std::vector<StripId> strips;  ///< in mixer order; never empty
};

/// What a rebuild mutes and brings in again.
struct RebuildLayers {
    std::vector<RebuildLayer> layers;   ///< in the profile's order, what no layer names last; never empty
    std::vector<LeftAlone> left_alone;  ///< tracks that are neither muted nor opened, in mixer order
};

/// Every track that sounds stands in one layer. Buses, VCAs and the master are in none: they carry what the
/// tracks send. A track that is muted already, whose mute follows automation or is not told, or whose name
/// another strip has (it could not be found again after a crash) is left alone and named. Refused while
/// something is soloed, and when no track sounds.
[[nodiscard]] Result<RebuildLayers> rebuild_layers(const MixerState& mixer, std::span<const RoledStrip> roles,
                                                   const RebuildProfile& profile);

}  // namespace kedge::mix
