#pragma once

#include "core/decibels.hpp"

#include <optional>
#include <string_view>

namespace kedge::banked {

/// The level that a text of a surface's display says, as DAWs write one: "-12.3", "+3.0dB", "-6,0 dB", "-oo",
/// "-inf"; blanks around it count for nothing, and a unit may be cut off. Nullopt for anything else, be it
/// ever so near to a number: pans ("L30", "<C>"), words, levels that no fader has (above +40 or below -200
/// dB), numbers with more than three digits before the point or two behind it. That a bare number is a level
/// and no pan, no single text tells.
[[nodiscard]] std::optional<Decibels> read_level_text(std::string_view text);

}  // namespace kedge::banked
