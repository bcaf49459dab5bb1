#pragma once

#include "cli/outcome.hpp"
#include "cli/reaper_settings.hpp"
#include "cli/settings.hpp"

#include <vector>

/// `kedge doctor` where the DAW is REAPER.
namespace kedge::cli {

/// What the files of this user's REAPER say, before anything is sent to it.
[[nodiscard]] std::vector<Finding> look_at_reaper(const Settings& settings);

/// Puts kedge's pattern file and companion script where REAPER offers them, and says what to click next. A
/// usage error for another surface than REAPER.
[[nodiscard]] Outcome install_reaper(const Settings& settings);

}  // namespace kedge::cli
