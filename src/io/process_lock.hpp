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
    /// Who has it.
    struct Holder {
        std::string process = "?";  ///< "?" when it has not said
        std::string note;           ///< what else it said, on one line
    };
    /// Why it is not to be had.
    using Taken = std::function<Error(const Holder& holder)>;
    /// `path`: the file that is locked; made if missing. An error of kind storage names it. `note`: one line
    /// for who comes later.
    [[nodiscard]] static Result<ProcessLock> take(const std::filesystem::path& path, const Taken& taken,
                                                  const std::string& note = {});
    /// What the one who holds it, or held it last, said.
    [[nodiscard]] static Holder last_holder(const std::filesystem::path& path);
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
