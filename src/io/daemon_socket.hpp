#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <optional>

namespace kedge::io {

/// Where this user's daemon listens: $XDG_RUNTIME_DIR/kedge/daemon.sock, or the same in the state folder when
/// there is no such variable. The folder is made if missing, for the user alone. An error says which folder
/// and why.
[[nodiscard]] Result<std::filesystem::path> daemon_socket();

/// The right to be this user's one daemon, as long as this lives; the kernel takes it back however the
/// process ends.
class InstanceLock {
  public:
    /// `socket` is what the daemon will listen on: the lock is a file beside it. An error of kind refused
    /// names the process that holds it, and how to end it.
    [[nodiscard]] static Result<InstanceLock> take(const std::filesystem::path& socket);
    ~InstanceLock();
    InstanceLock(InstanceLock&& other) noexcept;
    InstanceLock& operator=(InstanceLock&&) = delete;
    InstanceLock(const InstanceLock&) = delete;
    InstanceLock& operator=(const InstanceLock&) = delete;

  private:
    explicit InstanceLock(int file) : file_(file) {}
    int file_;
};

}  // namespace kedge::io
