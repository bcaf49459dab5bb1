#pragma once

#include "mix/anchor.hpp"

#include <string>

namespace kedge::mix {

/// Where one strip belongs, its family taken into account.
struct Place {
    Decibels staging;   ///< robust peak before the fader
    Decibels fader;     ///< on the grid
    LevelRange range;   ///< after the fader, dBFS
    std::string words;  ///< the rule as a sentence
    [[nodiscard]] Decibels lands() const { return staging + fader; }
};

/// The strip's place when the (virtual) kick stands at anchor.kick_level.
[[nodiscard]] Place place_of(const StripFacts& facts, const Anchor& anchor, const BalanceProfile& profile);

/// "bass sits 3 to 6 dB below the kick; it was 0.4 dB below". `kick_before` is the (virtual) kick before the
/// moves.
[[nodiscard]] std::string balance_reason(const Place& place, const StripFacts& facts, Decibels kick_before,
                                         const Anchor& anchor);

/// Where the (virtual) kick stands now, by the anchor's own level; silence when the anchor cannot be heard.
[[nodiscard]] Decibels kick_now(const Examination& examined, const Anchor& anchor);

}  // namespace kedge::mix
