#pragma once

#include "core/fader_scale.hpp"
#include "core/result.hpp"
#include "surface/surface.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// A fader's law, learned by what a DAW's display says of it. Pure functions of all that was shown so far.
namespace kedge::banked {

/// A law as it was read.
struct LearnedLaw {
    std::vector<FaderAnchor> anchors;  ///< from the bottom up
    FaderScale scale;                  ///< through them
    std::size_t positions = 0;         ///< that were tried
    std::size_t left_out = 0;          ///< of those, by texts that no curve through the others has
};

/// Where to try a fader next: all along its way, upward at every other place and downward between them, so
/// that texts which lag behind contradict each other; then between neighbours where the curve bends.
/// Positions are such as mean the same where the DAW reads all 14 bits and where it reads 10. Nullopt once
/// what was shown tells the law to the rounding of its texts, or tells that there is none to be had.
[[nodiscard]] std::optional<FaderPosition> next_to_try(const std::vector<surface::FaderText>& shown);

/// The law that the texts tell. Levels rise with the position: those that do not fit the others are left out,
/// if they are few. An error says why there is none, and the next step: no text at all, texts that are no
/// levels (a pan that stays, say), levels that contradict each other, levels of a part of the way only.
[[nodiscard]] Result<LearnedLaw> learn_law(const std::vector<surface::FaderText>& shown);

/// The scale of a fader whose law is not known: a hundredth of a decibel for each position, 0 dB at the top.
/// It tells positions apart, and each level of it is one of them, exactly; it says nothing of any DAW.
[[nodiscard]] FaderScale nominal_scale();

/// A position that a DAW tells back differently, by how finely it reads positions.
[[nodiscard]] FaderPosition telling_position();
/// How many of a position's bits a DAW makes use of that told the telling position back so: 9, 10, or 14
/// for more; nullopt for a position that is none of its roundings.
[[nodiscard]] std::optional<int> bits_told(FaderPosition told);

}  // namespace kedge::banked
