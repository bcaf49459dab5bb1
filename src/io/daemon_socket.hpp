#pragma once

#include "core/result.hpp"
#include "io/process_lock.hpp"

#include <filesystem>
#include <optional>

namespace kedge::io {

/// Where this user's daemon listens: $XDG_RUNTIME_DIR/kedge/daemon.sock, or the same in the state folder when
/// there is no such variable. The folder is made if missing, for the user alone. An error says which folder
/// and why.
[[nodiscard]] Result<std::filesystem::path> daemon_socket();

/// The right to be this user's one daemon, which the state folder holds whatever XDG_RUNTIME_DIR says: two
/// daemons would work on one journal and one DAW. `socket` is what it will listen on. An error of kind
/// refused names the process that has it, the socket that listens on, and how to end it.
[[nodiscard]] Result<ProcessLock> be_the_daemon(const std::filesystem::path& socket);

/// Where the daemon of this state folder said that it listens; nullopt when none ever ran. It may be gone.
[[nodiscard]] std::optional<std::filesystem::path> socket_of_the_daemon();

}  // namespace kedge::io
