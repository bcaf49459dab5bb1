#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace kedge::io {

/// What only one process at a time may hold, as long as this lives; the kernel takes it back however the
/// process ends.
class ProcessLock {
  public:
    /// Why it is not to be had: told the process that holds it ("?" when that has not said).
    using Taken = std::function<Error(const std::string& process)>;
    /// `path`: the file that is locked; made if missing. An error of kind storage names it.
    [[nodiscard]] static Result<ProcessLock> take(const std::filesystem::path& path, const Taken& taken);
    ~ProcessLock();
    ProcessLock(ProcessLock&& other) noexcept;
    ProcessLock& operator=(ProcessLock&&) = delete;
    ProcessLock(const ProcessLock&) = delete;
    ProcessLock& operator=(const ProcessLock&) = delete;

  private:
    explicit ProcessLock(int file) : file_(file) {}
    int file_;
};

}  // namespace kedge::io
