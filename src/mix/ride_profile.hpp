#pragma once

#include "core/result.hpp"
#include "core/role.hpp"
#include "measure/phrases.hpp"
#include "measure/statistics.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kedge::mix {

/// Steps that bring a whole section's level against the backing back to the song's.
struct SectionRule {
    Decibels within;  ///< a section this near to the song is left alone
    double slew_beats = 1.0;
    Duration beat{};    ///< where the tempo is not known
    Duration window{};  ///< sections are judged by levels of this length
    Duration shortest{};
    Duration reach{};  ///< a boundary inside a phrase moves to the phrase's nearer end, if that is this near
};

/// What is ridden of a single phrase, and when.
struct PhraseRideRule {
    measure::Share part;  ///< of its deviation from its section
    Decibels least;       ///< a smaller deviation is left alone
    Decibels alone;       ///< a phrase this far above the song's level has no backing: left alone
    Duration shortest_ramp{};
    Duration longest_ramp{};
    Duration lead{};  ///< the fader is there this long before the phrase
};

struct ThinningRule {
    Decibels most_error;
    double most_points_per_second = 4.0;
};

/// Sections from density, where there are no markers.
struct SectionGuessRule {
    Duration half{};  ///< what is before a boundary is held against what is after it, over this long
    measure::Share least_change;  ///< of the strips' activity
};

/// Every number of the rides. Loaded from TOML; see profiles/rides/README.md.
struct RideProfile {
    std::string name;
    measure::PhraseRule phrases;
    Decibels most;        ///< a ride never goes further from the static mix than this, up or down
    Decibels step;        ///< of section rides
    Decibels strip_peak;  ///< dBFS after the fader; no strip is lifted past it
    SectionRule section;
    PhraseRideRule phrase;
    ThinningRule thinning;
    SectionGuessRule guess;
    std::vector<Role> vocals;
    std::vector<Role> solos;
    std::vector<Role> fills;
    std::vector<Role> returns;
    std::vector<Role> not_backing;
    measure::Share solo_share;
    Duration longest_fill{};
    double transition_beats = 4.0;
};

/// Reads a profile. Errors name origin, line and column and what was expected.
[[nodiscard]] Result<RideProfile> load_rides(std::string_view origin, std::string_view toml);

}  // namespace kedge::mix
