#pragma once

#include "cli/finding.hpp"
#include "cli/settings.hpp"

#include <vector>

/// `kedge doctor` where kedge is a control surface.
namespace kedge::cli {

/// Which MIDI ports there are, and what is known of the DAW that is named: how it is set up, what it cannot
/// do there, and what of its profile nobody has checked.
[[nodiscard]] std::vector<Finding> look_at_control_surface(const Settings& settings);

}  // namespace kedge::cli
