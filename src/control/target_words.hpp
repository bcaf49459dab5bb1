#pragma once

#include "control/control_target.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>

namespace kedge::control {

/// The words of a profile for a target: "strip 3 fader", "strip 'Lead Vox' mute", "selected pan", "master
/// fader", "role lead-vocal fader", "bank right", "channel left", "page vocals", "play", "next marker",
/// "fine", "kedge mix". Strips count from 1.
[[nodiscard]] std::string to_string(const Target& target);

/// A usage error says which word is wrong, and what may stand there.
[[nodiscard]] Result<Target> target_from_words(std::string_view words);

}  // namespace kedge::control
