#pragma once

#include "core/pan.hpp"
#include "mix/strip_facts.hpp"

#include <string>
#include <vector>

namespace kedge::mix {

/// One strip as the stereo picture sees it, at the level it will have.
struct PanStrip {
    StripFacts facts;
    Decibels
        place;  ///< where the table puts it: decides sides, so that the same song always gets the same sides
    Decibels energy;  ///< its mean level over the song after the moves: decides widths
    bool stereo = false;
    bool fixed = false;  ///< its pan is not ours to move: it stands at `stands`
    Pan stands;
};

/// Where nobody says how many channels a strip has: what is recorded or played in stereo more often than not,
/// unless its name says which side it is.
[[nodiscard]] bool may_be_stereo(const StripFacts& facts);

struct PanPlace {
    Pan pan;
    std::string reason;
};

/// Left minus right energy as a ratio in dB, equal-power panning.
[[nodiscard]] Decibels imbalance(const std::vector<PanStrip>& strips, const std::vector<Pan>& pans);

/// A place for every strip: low end, snare and lead vocal in the middle, sides in names obeyed, doubles left
/// and right, strips without a partner against each other, narrowed until left and right energy are within
/// the profile's imbalance.
[[nodiscard]] std::vector<PanPlace> pan_places(const std::vector<PanStrip>& strips,
                                               const BalanceProfile& profile);

}  // namespace kedge::mix
