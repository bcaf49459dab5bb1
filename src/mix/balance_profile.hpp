#pragma once

#include "core/decibels.hpp"
#include "core/pan.hpp"
#include "core/result.hpp"
#include "core/role.hpp"
#include "measure/statistics.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kedge::mix {

/// Where one role stands in the balance. Levels in dBFS sample peak; see profiles/balances for the numbers
/// and their source.
struct RoleBalance {
    Decibels staging;  ///< robust peak before the fader, reached by trim
    Decibels fader;    ///< fader position on the grid, a multiple of the step from unity
    LevelRange
        below_kick;  ///< how far below the kick the strip lands, both positive ("3 to 6"); for the kick 0..0
    std::string range_words;  ///< for reasons: "bass sits 3 to 6 dB below the kick"
};

/// A balance (genre) profile: every number of the mix. Loaded from TOML; see profiles/balances/README.md.
struct BalanceProfile {
    std::string name;
    Decibels step = Decibels(3.0);  ///< the grid
    LevelRange kick_range;          ///< absolute range of the kick after the fader
    LevelRange bus_range;
    Decibels clipping;                             ///< a peak here or above is named as clipped
    Decibels second_microphone;                    ///< a second microphone stands this far under the first
    Decibels hottest_before_fader;                 ///< nothing ought to peak above this before the fader
    measure::Share thin_evidence;                  ///< less of the song heard than this is said in the plan
    double fewest_anchor_onsets_per_second = 0.0;  ///< a kick heard less often is no anchor
    measure::ActivityRule activity;
    std::map<Role, RoleBalance> roles;  ///< roles without an entry are not moved
    std::vector<std::pair<Role, Decibels>>
        fallback_anchors;              ///< without a kick: role and the level it is put at, in order
    Decibels loudest_anchor_level;     ///< and else the loudest active strip
    std::map<Role, double> pan_width;  ///< how far from the centre a role's strips are spread, 0..1
    double lone_width = 0.0;           ///< a strip without a partner stands this part of its role's width out
    Decibels most_imbalance;           ///< left and right energy within this
};

/// Reads a profile. One that says `base = "rock"` has only shifts and takes everything else from that shipped
/// profile. Errors name origin, line and column and what was expected.
[[nodiscard]] Result<BalanceProfile> load_balance(std::string_view origin, std::string_view toml);

}  // namespace kedge::mix
