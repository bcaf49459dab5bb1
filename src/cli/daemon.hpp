#pragma once

#include "cli/method_words.hpp"
#include "cli/settings.hpp"

#include <vector>

namespace kedge::cli {

/// `kedge daemon`: stays connected to one DAW and serves commands over a Unix socket until SIGTERM, SIGHUP or
/// Ctrl-C, which end the command at work first. Prints one line when it is up, and gives the exit code.
int daemon_command(const Settings& settings);

/// The daemon's own methods, all of them answered at once.
[[nodiscard]] const std::vector<Method>& daemon_methods();

}  // namespace kedge::cli
