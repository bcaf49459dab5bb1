#pragma once

#include "core/pan.hpp"

#include <optional>
#include <string_view>

/// What stands beneath a strip's name, where the DAW says pans there in shares of both sides.
namespace kedge::banked {

/// How exactly a text says a pan: by a whole percent of the way, in units of Pan.
inline constexpr double pan_text_step = 0.02;

/// "L33R67": percents that add up to a hundred, to one. nullopt for anything else.
[[nodiscard]] std::optional<Pan> pan_in(std::string_view text);
/// A pan that was told before still stands: nothing, or the word for what the knob turns.
[[nodiscard]] bool is_resting_pan(std::string_view text);

}  // namespace kedge::banked
