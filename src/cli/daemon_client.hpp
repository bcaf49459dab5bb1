#pragma once

#include "cli/outcome.hpp"
#include "cli/progress_bar.hpp"
#include "cli/settings.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>

#include <boost/json.hpp>

namespace kedge::cli {

/// What a key on the terminal is for while a command is at work.
enum class Keys { nothing, end_it };

/// Has a command done by this user's daemon, if one runs for the DAW and the state folder of this command;
/// nullopt when none does. Ctrl-C stops the command there, and so does a key where keys are to end it; a
/// second one leaves it to the daemon, which is an error of kind interrupted. An error when a daemon is there
/// but cannot be talked to.
[[nodiscard]] Result<std::optional<Outcome>> through_daemon(const Settings& settings,
                                                            const std::string& method,
                                                            const boost::json::object& params, Keys keys,
                                                            ProgressView& progress);

/// `kedge cancel`.
Outcome cancel_command();

}  // namespace kedge::cli
