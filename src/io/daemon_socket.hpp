#pragma once

#include "core/result.hpp"
#include "io/process_lock.hpp"

#include <filesystem>

namespace kedge::io {

/// Where this user's daemon listens: $XDG_RUNTIME_DIR/kedge/daemon.sock, or the same in the state folder when
/// there is no such variable. The folder is made if missing, for the user alone. An error says which folder
/// and why.
[[nodiscard]] Result<std::filesystem::path> daemon_socket();

/// The right to be this user's one daemon. `socket` is what it will listen on: the lock is a file beside it.
/// An error of kind refused names the process that has it, and how to end it.
[[nodiscard]] Result<ProcessLock> be_the_daemon(const std::filesystem::path& socket);

}  // namespace kedge::io
