#pragma once

#include "core/result.hpp"
#include "io/process_lock.hpp"

#include <optional>
#include <string>

/// One process of this user's at a time listens to, or writes to, a DAW: a daemon and a command beside it
/// would take each other's moves for a person's.
namespace kedge::io {

/// The right to work until it is given back. An error of kind refused names the process that has it.
[[nodiscard]] Result<ProcessLock> take_work_turn();
/// The process that has it at this moment, if one has.
[[nodiscard]] std::optional<std::string> who_works();

}  // namespace kedge::io
