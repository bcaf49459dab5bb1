#pragma once

#include "core/pass.hpp"
#include "core/strip.hpp"
#include "core/time.hpp"
#include "engine/tape_taker.hpp"
#include "journal/journal.hpp"
#include "mix/mix.hpp"

#include <map>
#include <optional>
#include <string>

namespace kedge::engine {

/// How far a mix goes.
enum class MixDepth { listen, plan, apply };

/// What the user asked for.
struct MixOrder {
    MixDepth depth = MixDepth::apply;
    bool refine = false;  ///< only whole steps of the faders from where they stand
    TapeWishes listen;
    bool fresh_tape = false;  ///< listen anew even when a tape fits
    std::optional<Role> anchor_role;
    std::optional<std::string> anchor_strip;  ///< by name
    std::map<StripName, Role> roles_by_hand;
    std::string surface_name;  ///< for the journal: "ardour 127.0.0.1:3819"
    WallTime created;
    /// Asked before the song is rolled whether a pass of the session was cut off: then nothing is applied.
    /// Outlives the job; nullptr asks nobody.
    const journal::Journal* journal = nullptr;
};

}  // namespace kedge::engine
