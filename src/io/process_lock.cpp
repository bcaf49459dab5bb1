#include "io/process_lock.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace kedge::io {

namespace fs = std::filesystem;

namespace {

/// What the holder of the lock wrote into it: its process id.
std::string holder_of(int file) {
    std::array<char, 32> text{};
    const auto size = ::pread(file, text.data(), text.size(), 0);
    const std::string words(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    const std::string holder = words.substr(0, words.find('\n'));
    return holder.empty() ? "?" : holder;
}

tl::unexpected<Error> cannot_lock(const fs::path& path) {
    return fail(ErrorKind::storage,
                fmt::format("The lock {} cannot be taken: {}.", path.string(), std::strerror(errno)),
                "Make its folder one that you may write to.");
}

}  // namespace

Result<ProcessLock> ProcessLock::take(const fs::path& path, const Taken& taken) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return cannot_lock(path);
    ProcessLock lock(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return cannot_lock(path);
        return tl::unexpected(taken(holder_of(file)));
    }
    // Only for the message: on a full disk nobody learns who holds it.
    const std::string words = fmt::format("{}\n", ::getpid());
    if (::ftruncate(file, 0) == 0) static_cast<void>(!::pwrite(file, words.data(), words.size(), 0));
    return lock;
}

ProcessLock::ProcessLock(ProcessLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

ProcessLock::~ProcessLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace kedge::io
